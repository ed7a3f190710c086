/** What happened to an edition, in words. */
import { assertNever } from '../errors.ts';
import type { Delivery } from '../model/delivery.ts';
import { reasonWords } from './reason.ts';
import { when } from './time.ts';

/** `posted`, `nothing matched`, `not posted yet, because …`. */
export function deliveryWords(delivery: Delivery, timezone: string): string {
  switch (delivery.state) {
    case 'planned':
      return 'about to be posted';
    case 'sending':
      return 'being posted';
    case 'sent':
      return 'posted';
    case 'empty':
      return delivery.reason ? `nothing posted: ${delivery.reason}` : 'nothing new matched';
    case 'rejected':
      return `not posted, because ${reasonWords[delivery.reason].because}`;
    case 'failed':
      return `not posted yet, because ${reasonWords[delivery.reason].because}; the next try is ${when(delivery.retryAt, timezone)}`;
    case 'skipped':
      return `skipped, because ${reasonWords[delivery.reason].because}`;
    default:
      return assertNever(delivery);
  }
}
