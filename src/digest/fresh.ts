/**
 * The new papers, held between editions: a hundred channels ask for the same few thousand at nine o'clock. One
 * number in the database says whether any has changed; only those that have are read again.
 */
import { setImmediate as breath } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Paper, PaperId } from '../model/paper.ts';
import { keepProse } from '../query/prose.ts';
import type { PaperStore } from '../store/papers.ts';

interface Held {
  paper: Paper;
  addedAt: string;
  revision: number;
}

/** A paper, when it was first known (ISO 8601 instant), and the number of the change that wrote it last. */
export type New = Readonly<Held>;

export interface Fresh {
  /** Papers first known at or after an instant (ISO 8601); a paper that has not changed is the same object. */
  since(instant: string): Promise<New[]>;
}

/** Channels with a delay look further back: what one of them needs is held for the next, this far behind others. */
const FURTHER_MS = 15 * 24 * 3_600_000;

export function createFresh(papers: PaperStore): Fresh {
  let held = new Map<PaperId, Held>();
  /** All that is held, by when it was first known. */
  let sorted: Held[] = [];
  let read: { revision: number; since: string } | undefined;
  /** What one reads, whoever asks meanwhile need not. */
  const line = new PQueue({ concurrency: 1 });

  async function refresh(revision: number, since: string): Promise<void> {
    const rows = await papers.addedSince(since);
    const stale = rows.filter(({ id, revision }) => held.get(id)?.revision !== revision);
    const changed = new Map(
      (await papers.get(stale.map(({ id }) => id))).map((paper) => [paper.id, paper]),
    );
    const next = new Map<PaperId, Held>();
    for (const row of rows) {
      const before = held.get(row.id)?.paper;
      const paper = changed.get(row.id) ?? before;
      if (!paper) continue;
      if (before && before !== paper) keepProse(before, paper);
      next.set(row.id, { ...row, paper });
    }
    held = next;
    sorted = [...next.values()].sort((a, b) => compare(a.addedAt, b.addedAt));
    read = { revision, since };
  }

  return {
    since: (instant) =>
      line.add(async () => {
        // What those who waited go on with must not all come in one turn of the event loop.
        await breath();
        const revision = await papers.revision();
        const isNear = read && Date.parse(instant) - Date.parse(read.since) < FURTHER_MS;
        const from = read && isNear && read.since < instant ? read.since : instant;
        if (read?.revision !== revision || from < read.since) await refresh(revision, from);
        const first = sorted.findIndex(({ addedAt }) => addedAt >= instant);
        return first < 0 ? [] : sorted.slice(first);
      }),
  };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
