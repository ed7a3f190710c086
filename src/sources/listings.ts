/** Makes pages of what a source read: good items in, flawed ones reported, each work once. */
import { setImmediate as breathe } from 'node:timers/promises';
import { Paper } from '../model/paper.ts';
import type { Flaw, Listing, Page } from './source.ts';

/** For the pages of one `list`: a list that moves while it is read repeats what an earlier page had. */
export function createPages(): (items: Iterable<Listing | Flaw>) => Page {
  const listed = new Set<string>();
  return (items) => {
    const here = new Map<string, Listing>();
    const flaws: Flaw[] = [];
    for (const item of items) {
      if ('reason' in item) {
        flaws.push(item);
        continue;
      }
      const { id } = item.paper;
      const checked = Paper.safeParse(item.paper);
      if (!checked.success) flaws.push({ item: id, reason: problems(checked.error) });
      else if (!listed.has(id) && !here.has(id)) here.set(id, item);
    }
    // Only now, since a page that is read again must not find itself.
    for (const id of here.keys()) listed.add(id);
    return { listings: [...here.values()], flaws };
  };
}

/** Items that are made pages of in some 10 ms. */
const PART = 100;

/** Pages of a long list that is here already, one at least, with a pause between in which the bot answers. */
export async function* pagesOf<T>(
  items: readonly T[],
  read: (item: T, place: number) => Listing | Flaw,
  pageOf: ReturnType<typeof createPages>,
): AsyncGenerator<Page> {
  for (let start = 0; start === 0 || start < items.length; start += PART) {
    if (start > 0) await breathe();
    const part = items.slice(start, start + PART);
    yield pageOf(part.map((item, index) => read(item, start + index + 1)));
  }
}

/** What zod found, in a line. */
export function problems(error: { issues: readonly { path: PropertyKey[]; message: string }[] }) {
  return error.issues
    .map(({ path, message }) => `${path.map(String).join('.')} ${message}`.trim())
    .join('; ');
}
