/** A page of found papers. */
import type { Hit, Results } from '../model/hit.ts';
import { pageButtons } from './build.ts';
import { paperBlock } from './paper.ts';
import type { Reply } from './reply.ts';
import { say, type Text, toPlain } from './text.ts';

/** Papers on one page: few enough for every platform to show each with its buttons. */
export const PAGE_SIZE = 5;

/** What to ask a search for, to show a page counted from 1. */
export function pageOf(page = 1): { offset: number; limit: number } {
  return { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
}

export function paperList(list: {
  title: Text;
  results: Results;
  page?: number | undefined;
  /** The command and arguments that show another page of it. */
  command: string;
  args: Readonly<Record<string, string | number | boolean>>;
  reason?: (hit: Hit) => Text;
}): Reply {
  const { title, results, page = 1, command, args, reason } = list;
  const pages = Math.max(1, Math.ceil(results.total / PAGE_SIZE));
  const where = pages > 1 ? say`${title} Page ${page} of ${pages}.` : title;
  return {
    visibility: 'asker',
    summary: toPlain(where),
    blocks: [
      { kind: 'text', text: where },
      ...results.hits.map((hit, i) =>
        paperBlock(hit.paper, {
          number: (page - 1) * PAGE_SIZE + i + 1,
          terms: hit.terms,
          ...(reason ? { reason: reason(hit) } : {}),
        }),
      ),
      ...pageButtons({ page, pages, command, args }),
    ],
  };
}
