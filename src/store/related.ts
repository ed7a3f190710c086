/** Which papers a service recommends beside one; what it said stays, whatever the papers are called later. */
import { z } from 'zod';
import { PaperId } from '../model/paper.ts';
import type { Database } from './database.ts';

export interface RelatedStore {
  /** Notes what is recommended beside a paper, best first; that there is nothing is an answer too. */
  put(paper: PaperId, others: readonly PaperId[], now: string): Promise<void>;
  /** The papers recommended beside one, under the identities they have now, best first. */
  related(paper: PaperId): Promise<PaperId[]>;
  /** Papers that a channel was shown at or after an instant and of which nothing is noted, newest first. */
  unasked(shownSince: string, limit: number): Promise<PaperId[]>;
}

const Others = z.array(PaperId);

export function createRelatedStore(db: Database): RelatedStore {
  return {
    async put(paper, others, now) {
      const row = { others: JSON.stringify(others), told_at: now };
      await db
        .insertInto('related')
        .values({ paper, ...row })
        .onConflict((c) => c.column('paper').doUpdateSet(row))
        .execute();
    },

    async related(paper) {
      const rows = await db
        .selectFrom('related')
        .innerJoin('aliases', 'aliases.alias', 'related.paper')
        .select('related.others')
        .where('aliases.paper', '=', paper)
        .orderBy('related.told_at', 'desc')
        .execute();
      const told = [...new Set(rows.flatMap((row) => Others.parse(JSON.parse(row.others))))];
      if (!told.length) return [];
      const names = await db
        .selectFrom('aliases')
        .select(['alias', 'paper'])
        .where('alias', 'in', told)
        .execute();
      const now = new Map(names.map((row) => [row.alias, row.paper]));
      // A name that two papers share is its own paper's.
      for (const row of names) if (row.alias === row.paper) now.set(row.alias, row.paper);
      const found = told.flatMap((id) => now.get(id) ?? []) as PaperId[];
      return [...new Set(found)].filter((id) => id !== paper);
    },

    async unasked(shownSince, limit) {
      const rows = await db
        .selectFrom('seen')
        .select((eb) => ['seen.paper', eb.fn.max('seen.slot').as('shown')])
        .where('seen.slot', '>=', shownSince)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('related')
                .innerJoin('aliases', 'aliases.alias', 'related.paper')
                .select('related.paper')
                .whereRef('aliases.paper', '=', 'seen.paper'),
            ),
          ),
        )
        .groupBy('seen.paper')
        .orderBy('shown', 'desc')
        .orderBy('seen.paper')
        .limit(limit)
        .execute();
      return rows.map((row) => row.paper as PaperId);
    },
  };
}
