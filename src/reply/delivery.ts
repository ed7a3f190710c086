/** What happened to an edition, in words. */
import { assertNever } from '../errors.ts';
import type { Delivery } from '../model/delivery.ts';
import { when } from './time.ts';

const reasons: Readonly<Record<string, string>> = {
  gone: 'the channel is gone or archived',
  forbidden: 'I may not post there; invite me or give me the right to send messages',
  invalid: 'the platform refused the message',
  limited: 'the platform asked me to slow down',
  unavailable: 'the platform did not answer',
  interrupted: 'it was interrupted',
  superseded: 'a newer digest took its place',
};

/** `posted`, `nothing matched`, `not posted yet, because …`. */
export function deliveryWords(delivery: Delivery, timezone: string): string {
  const reason = ('reason' in delivery && delivery.reason) || '';
  const because = reasons[reason] ?? reason;
  switch (delivery.state) {
    case 'planned':
      return 'about to be posted';
    case 'sending':
      return 'being posted';
    case 'sent':
      return 'posted';
    case 'empty':
      return because ? `nothing posted: ${because}` : 'nothing new matched';
    case 'rejected':
      return `not posted, because ${because}`;
    case 'failed':
      return `not posted yet, because ${because}; the next try is ${when(delivery.retryAt, timezone)}`;
    case 'skipped':
      return `skipped, because ${because}`;
    default:
      return assertNever(delivery);
  }
}
