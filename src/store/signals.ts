/** What people say of papers: saves, votes, "not for us". Saying it twice is saying it once. */
import type { ChannelRef } from '../model/channel.ts';
import type { PaperId } from '../model/paper.ts';
import type { Signal } from '../model/signal.ts';
import type { Database } from './database.ts';

/** Votes of people on a paper in one channel. */
export interface Votes {
  up: number;
  down: number;
}

export interface SignalStore {
  /** False when it was there already. Of `up` and `down` the new one takes the other's place. */
  give(signal: Signal, now: string): Promise<boolean>;
  /** Takes it back; a save wherever it was made. False when there was none. */
  take(signal: Signal): Promise<boolean>;
  /** What the person saved, wherever it was, the newest first. */
  saved(person: string): Promise<PaperId[]>;
  votes(channel: ChannelRef, papers: readonly PaperId[]): Promise<Map<PaperId, Votes>>;
}

export function createSignalStore(db: Database): SignalStore {
  return {
    async give({ person, channel, paper, kind }, now) {
      return db.transaction().execute(async (tx) => {
        if (kind !== 'save') {
          await tx
            .deleteFrom('signals')
            .where('person', '=', person)
            .where('channel', '=', channel)
            .where('paper', '=', paper)
            .where('kind', '=', kind === 'up' ? 'down' : 'up')
            .execute();
        }
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('signals')
          .values({ person, channel, paper, kind, created_at: now })
          .onConflict((c) => c.columns(['person', 'channel', 'paper', 'kind']).doNothing())
          .executeTakeFirst();
        return numInsertedOrUpdatedRows === 1n;
      });
    },

    async take({ person, channel, paper, kind }) {
      const { numDeletedRows } = await db
        .deleteFrom('signals')
        .where('person', '=', person)
        .where('paper', '=', paper)
        .where('kind', '=', kind)
        .$if(kind !== 'save', (query) => query.where('channel', '=', channel))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async saved(person) {
      const rows = await db
        .selectFrom('signals')
        .select((eb) => ['paper', eb.fn.max('created_at').as('at')])
        .where('person', '=', person)
        .where('kind', '=', 'save')
        .groupBy('paper')
        .orderBy('at', 'desc')
        .orderBy('paper')
        .execute();
      return rows.map(({ paper }) => paper as PaperId);
    },

    async votes(channel, papers) {
      if (!papers.length) return new Map();
      const rows = await db
        .selectFrom('signals')
        .select((eb) => ['paper', 'kind', eb.fn.countAll<number | string>().as('n')])
        .where('channel', '=', channel)
        .where('paper', 'in', papers)
        .where('kind', 'in', ['up', 'down'])
        .groupBy(['paper', 'kind'])
        .execute();
      const votes = new Map<PaperId, Votes>();
      for (const { paper, kind, n } of rows) {
        const id = paper as PaperId;
        const of = votes.get(id) ?? { up: 0, down: 0 };
        votes.set(id, { ...of, [kind]: Number(n) });
      }
      return votes;
    },
  };
}
