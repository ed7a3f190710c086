/** A page of found papers. */
import type { Hit, Results } from '../model/hit.ts';
import type { Invocation } from '../model/invocation.ts';
import { number, pageButtons } from './build.ts';
import { paperBlock } from './paper.ts';
import type { Block, Reply } from './reply.ts';
import { say, type Text, toPlain } from './text.ts';

/** Papers on one page: few enough for every platform to show each with its buttons. */
const PAGE_SIZE = 5;

/** A page of what a search finds, counted from 1; the last one for a number past it. */
export async function readPage(
  page = 1,
  search: (page: { offset: number; limit: number }) => Results | Promise<Results>,
): Promise<{ results: Results; page: number }> {
  const at = (nth: number) => search({ offset: (nth - 1) * PAGE_SIZE, limit: PAGE_SIZE });
  const results = await at(page);
  const last = Math.max(1, Math.ceil(results.total / PAGE_SIZE));
  return page > last ? { results: await at(last), page: last } : { results, page };
}

/** A page of results under its title, with buttons to the pages before and after. */
export function paperList(list: {
  title: Text;
  results: Results;
  page: number;
  /** The command and arguments that show another page of it. */
  command: string;
  args: Invocation['args'];
  reason?: (hit: Hit) => Text;
  /** How each of them is shown; as a paper by default. */
  show?: (hit: Hit) => Block;
}): Reply {
  const { title, results, page, command, args, reason, show } = list;
  const pages = Math.max(1, Math.ceil(results.total / PAGE_SIZE));
  const where = pages > 1 ? say`${title} Page ${number(page)} of ${number(pages)}.` : title;
  return {
    visibility: 'asker',
    summary: toPlain(where),
    blocks: [
      { kind: 'text', text: where },
      ...results.hits.map(
        (hit, i) =>
          show?.(hit) ??
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
