/** While papers are loading nothing is concluded from those that are not there. */
import { Refusal } from '../errors.ts';
import { number } from '../reply/build.ts';
import type { Services } from './context.ts';

/** Before anything is said of all papers. Throws `Refusal` until all are loaded. */
export function needsAll({ loading }: Pick<Services, 'loading'>): void {
  const now = loading();
  if (!now) return;
  const [done, total] = [now.done, now.total].map(number);
  throw new Refusal(`Still loading ${done} of ${total} papers; please ask again in a moment.`);
}
