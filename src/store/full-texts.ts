/** Whole texts of papers: the newest version read of each, by section. */
import type { FullText, Section } from '../model/full-text.ts';
import type { PaperId } from '../model/paper.ts';
import type { Database } from './database.ts';

export interface FullTextStore {
  /** Instead of what was stored of the paper before. */
  put(text: FullText): Promise<void>;
  /** Those of these papers whose text is stored. */
  get(papers: readonly PaperId[]): Promise<Map<PaperId, FullText>>;
  /** Whether a paper's text is stored. */
  has(paper: PaperId): Promise<boolean>;
}

/** Sections of one statement: engines bound the number of parameters. */
const BATCH = 100;

export function createFullTextStore(db: Database): FullTextStore {
  return {
    async put({ paper, version, from, readAt, sections }) {
      const row = { version: version ?? null, origin: from, read_at: readAt };
      const rows = sections.map(({ name, text, anchor }, ordinal) => {
        return { paper, ordinal, heading: name, text, anchor: anchor ?? null };
      });
      await db.transaction().execute(async (tx) => {
        // First, so that two who read the same paper take turns.
        await tx
          .insertInto('full_texts')
          .values({ paper, ...row })
          .onConflict((c) => c.column('paper').doUpdateSet(row))
          .execute();
        await tx.deleteFrom('sections').where('paper', '=', paper).execute();
        for (let i = 0; i < rows.length; i += BATCH) {
          await tx
            .insertInto('sections')
            .values(rows.slice(i, i + BATCH))
            .execute();
        }
      });
    },

    async get(papers) {
      const found = new Map<PaperId, FullText>();
      if (!papers.length) return found;
      const rows = await db
        .selectFrom('full_texts')
        .innerJoin('sections', 'sections.paper', 'full_texts.paper')
        .select(['full_texts.paper', 'version', 'origin', 'read_at', 'heading', 'text', 'anchor'])
        .where('full_texts.paper', 'in', papers)
        .orderBy('full_texts.paper')
        .orderBy('ordinal')
        .execute();
      for (const { heading, text, anchor, ...row } of rows) {
        // Only this file writes the columns, out of a FullText.
        const paper = row.paper as PaperId;
        const sections: Section[] = found.get(paper)?.sections ?? [];
        sections.push({ name: heading, text, ...(anchor !== null && { anchor }) });
        found.set(paper, {
          paper,
          ...(row.version !== null && { version: row.version }),
          from: row.origin as FullText['from'],
          readAt: row.read_at,
          sections,
        });
      }
      return found;
    },

    async has(paper) {
      const row = await db
        .selectFrom('full_texts')
        .select('paper')
        .where('paper', '=', paper)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
