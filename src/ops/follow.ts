/** Keeps the catalogue in memory in step with the papers in the database, whoever writes them. */
import type { Catalogue } from '../search/catalogue.ts';
import type { Changes, PaperStore, Put } from '../store/papers.ts';

export interface Follower {
  /** Resolves when every paper of the database is in the catalogue. */
  loaded: Promise<void>;
  /** What this process has just stored, without asking the database for it again. */
  applied(put: Put): Promise<void>;
  /** What any process stored since. */
  catchUp(): Promise<void>;
}

/** Loading ends early, and nothing is followed any more, once `signal` aborts. */
export function follow(papers: PaperStore, catalogue: Catalogue, signal: AbortSignal): Follower {
  let cursor: Changes['upTo'] = { revision: 0 };
  // One at a time: what is read first must not overwrite what is put later.
  let tail: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    const done = tail.then(work);
    tail = done.catch(() => {});
    return done;
  };

  async function apply({ papers: changed, gone }: Pick<Changes, 'papers' | 'gone'>) {
    for (const id of gone) catalogue.remove(id);
    await catalogue.put(changed);
  }

  async function catchUp() {
    for (;;) {
      const changes = await papers.changes(cursor);
      if (!changes.papers.length) return;
      await apply(changes);
      cursor = changes.upTo;
    }
  }

  return {
    loaded: inTurn(async () => {
      cursor = { revision: await papers.revision() };
      for await (const batch of papers.batches()) {
        if (signal.aborted) return;
        await catalogue.put(batch);
      }
      await catchUp();
    }),
    applied: (put) =>
      inTurn(async () => {
        if (put.revision !== cursor.revision + 1) return catchUp();
        await apply({ papers: put.changed, gone: put.gone });
        cursor = { revision: put.revision };
      }),
    catchUp: () =>
      inTurn(async () => {
        if ((await papers.revision()) !== cursor.revision) await catchUp();
      }),
  };
}
