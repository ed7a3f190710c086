/** The durable half of the catalogue. */
import { Paper, type PaperId } from '../model/paper.ts';
import type { Database } from './database.ts';
import type { PapersTable } from './tables.ts';

export interface PaperStore {
  /** Adds papers or replaces those known by the same identity; says how many were new and how many differed. */
  put(papers: readonly Paper[], now: string): Promise<{ added: number; changed: number }>;
  count(): Promise<number>;
  /** Every paper in batches, in a stable order. */
  batches(size?: number): AsyncGenerator<Paper[]>;
  /** Identities of the papers the catalogue first knew at or after an instant. */
  addedSince(instant: string): Promise<PaperId[]>;
}

/** Fields a person can see change; `added_at` is not one of them. */
const fields = [
  'title',
  'abstract',
  'authors',
  'published',
  'categories',
  'upvotes',
  'url',
  'thumbnail',
] as const;
/** Rows of one statement: engines bound the number of parameters. */
const BATCH = 500;

export function createPaperStore(db: Database): PaperStore {
  return {
    async put(papers, now) {
      let added = 0;
      let changed = 0;
      for (let i = 0; i < papers.length; i += BATCH) {
        const rows = [
          ...new Map(papers.slice(i, i + BATCH).map((p) => [p.id, toRow(p, now)])).values(),
        ];
        await db.transaction().execute(async (tx) => {
          const known = await tx
            .selectFrom('papers')
            .selectAll()
            .where(
              'id',
              'in',
              rows.map((row) => row.id),
            )
            .execute();
          const before = new Map(known.map((row) => [row.id, row]));
          const fresh = rows.filter((row) => {
            const old = before.get(row.id);
            return !old || fields.some((field) => old[field] !== row[field]);
          });
          if (!fresh.length) return;
          await tx
            .insertInto('papers')
            .values(fresh)
            .onConflict((c) =>
              c
                .column('id')
                .doUpdateSet((eb) =>
                  Object.fromEntries(fields.map((field) => [field, eb.ref(`excluded.${field}`)])),
                ),
            )
            .execute();
          const replaced = fresh.filter((row) => before.has(row.id)).length;
          changed += replaced;
          added += fresh.length - replaced;
        });
      }
      return { added, changed };
    },

    async count() {
      const { n } = await db
        .selectFrom('papers')
        .select((eb) => eb.fn.countAll<number | string>().as('n'))
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async *batches(size = BATCH) {
      let after = '';
      for (;;) {
        const rows = await db
          .selectFrom('papers')
          .selectAll()
          .where('id', '>', after)
          .orderBy('id')
          .limit(size)
          .execute();
        const last = rows.at(-1);
        if (!last) return;
        after = last.id;
        yield rows.map(fromRow);
      }
    },

    async addedSince(instant) {
      const rows = await db
        .selectFrom('papers')
        .select('id')
        .where('added_at', '>=', instant)
        .execute();
      return rows.map((row) => row.id as PaperId);
    },
  };
}

function toRow(paper: Paper, now: string): PapersTable {
  return {
    id: paper.id,
    title: paper.title,
    abstract: paper.abstract,
    authors: JSON.stringify(paper.authors),
    published: paper.published ?? null,
    categories: JSON.stringify(paper.categories),
    upvotes: paper.upvotes ?? null,
    url: paper.url ?? null,
    thumbnail: paper.thumbnail ?? null,
    added_at: now,
  };
}

function fromRow({ added_at: _, authors, categories, ...row }: PapersTable): Paper {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return Paper.parse({
    ...Object.fromEntries(known),
    authors: JSON.parse(authors),
    categories: JSON.parse(categories),
  });
}
