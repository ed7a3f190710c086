/** New papers, as a source would bring them at the house's now. */
import { join } from 'node:path';
import { Paper } from '../../src/model/paper.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import type { House } from '../house.ts';

export interface NewPaper {
  /** Of arXiv. */
  id: string;
  title: string;
  upvotes?: number;
  abstract?: string;
  /** `new` where nobody says otherwise. */
  kind?: 'new' | 'update' | 'withdrawn';
}

export async function tell(
  { clock, stateDir, services }: House,
  papers: readonly NewPaper[],
): Promise<void> {
  const db = await openDatabase({ file: join(stateDir, 'paperboy.db') });
  const told = papers.map(({ id, kind = 'new', ...paper }) => ({
    paper: Paper.parse({
      abstract: '',
      authors: [],
      categories: [],
      ...paper,
      id: `arxiv:${id}`,
      ...(kind === 'withdrawn' && { withdrawn: 'An error in the proof.' }),
    }),
    kind,
  }));
  const by = { source: 'file', now: clock.now.toISOString() };
  await Array.fromAsync(createPaperStore(db).put(told, by));
  await db.destroy();
  for (const { paper } of told) await services.known(paper.id);
}
