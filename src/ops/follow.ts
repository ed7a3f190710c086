/**
 * Keeps the catalogue in memory in step with the papers in the database, whoever writes them. It begins with the
 * snapshot that an earlier process wrote, or where that is of no use, with every paper.
 */
import type { Log } from '../log.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Catalogue } from '../search/catalogue.ts';
import type { PapersAt } from '../search/index/build.ts';
import type { Changes, PaperStore, Put } from '../store/papers.ts';

export interface Follower {
  /** Resolves when every paper of the database is in the catalogue, or when nothing is followed any more. */
  loaded: Promise<void>;
  /** How far loading is; undefined once it is done. */
  loading(): { done: number; total: number } | undefined;
  /**
   * Takes what this process has just stored, without asking the database for it again; resolves when so few
   * papers wait to be found that more may come.
   */
  take(put: Put): Promise<void>;
  /** Resolves when all that was taken is found; throws what stood in the way. */
  found(): Promise<void>;
  /** What any process stored since; loads again where that failed. */
  catchUp(): Promise<void>;
  /** Writes the snapshot, where papers have changed since the last one; resolves when it is written. */
  save(): Promise<void>;
}

/** The thread that indexes takes longer to start than so many papers take here. */
const FEW = 2_000;
/** Changes that may wait to be found, each of 100 papers at most. */
const WAITING_MAX = 10;
/** More changed papers than these are sooner read with all others, in the thread. */
const MANY = 20_000;

/** Loading ends early, and nothing is followed any more, once `signal` aborts. */
export function follow({
  papers,
  catalogue,
  file,
  papersAt,
  signal,
  log,
}: {
  papers: PaperStore;
  catalogue: Catalogue;
  /** Where the snapshot lies. */
  file: string;
  /** The same papers, for a thread that indexes them. */
  papersAt: PapersAt;
  signal: AbortSignal;
  log: Log;
}): Follower {
  let cursor: Changes['upTo'] = { revision: 0 };
  let database = '';
  let progress: { done: number; total: number } | undefined = { done: 0, total: 0 };
  let isOpen = false;
  let isSaved = false;
  let writing: Promise<void> | undefined;
  let waiting: Put[] = [];
  let room = Promise.withResolvers<void>();
  let found: Promise<void> = Promise.resolve();
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
    if (changed.length) isSaved = false;
  }

  /** All that waits, together: few large segments of the index cost less than many small ones. */
  async function applyWaiting() {
    const puts = waiting;
    waiting = [];
    room.resolve();
    room = Promise.withResolvers();
    const follows = ({ revision }: Put, i: number) => revision === cursor.revision + 1 + i;
    if (!puts.every(follows)) return catchUp();
    const changed = new Map<PaperId, Paper>();
    const gone = new Set<PaperId>();
    for (const put of puts) {
      for (const id of put.gone) {
        changed.delete(id);
        gone.add(id);
      }
      for (const paper of put.changed) changed.set(paper.id, paper);
    }
    await apply({ papers: [...changed.values()], gone: [...gone] });
    cursor = { revision: cursor.revision + puts.length };
  }

  async function catchUp() {
    const revision = await papers.revision();
    if (revision === cursor.revision) return;
    for (;;) {
      const changes = await papers.changes(cursor);
      if (!changes.papers.length) break;
      await apply(changes);
      cursor = changes.upTo;
    }
    // A change of no paper leaves no trace but its number.
    cursor = { revision: Math.max(revision, cursor.revision) };
  }

  async function load() {
    const started = performance.now();
    const state = await papers.state();
    database = state.database;
    progress = { done: 0, total: state.papers };
    const opened = await catalogue.open({ file, database });
    const reason = 'reason' in opened ? opened.reason : await differs(opened.revision, state);
    if (reason) await readAll(reason);
    isOpen = true;
    await catchUp();
    progress = undefined;
    log.info(
      {
        papers: catalogue.size,
        from: reason ? 'database' : 'snapshot',
        ms: Math.round(performance.now() - started),
      },
      'catalogue loaded',
    );
    if (reason) save().catch((err: unknown) => log.warn({ err }, 'the index was not saved'));
  }

  /** Why a snapshot that fits the database by name is not of it; undefined when it is. */
  async function differs(revision: number, state: { revision: number }) {
    if (revision > state.revision) return 'it is newer than the database';
    if ((await papers.countChanged(revision)) > MANY) return 'too much has changed since';
    cursor = { revision };
    isSaved = true;
    for (;;) {
      await catchUp();
      const { papers: count, revision: now } = await papers.state();
      if (now !== cursor.revision) continue;
      return count === catalogue.size ? undefined : 'it has other papers than the database';
    }
  }

  async function readAll(reason: string) {
    log.info({ reason }, 'no snapshot of the index fits; every paper is read');
    // Whatever changes while they are read is read again after.
    const { revision, papers: total } = await papers.state();
    const done = (read: number) => {
      progress = { done: read, total };
    };
    if (total > FEW) await catalogue.build(papersAt, { onProgress: done, signal });
    else {
      catalogue.clear();
      for await (const batch of papers.batches()) {
        await catalogue.put(batch);
        done(catalogue.size);
      }
    }
    cursor = { revision };
    isSaved = false;
  }

  async function write() {
    isSaved = true;
    try {
      await catalogue.save({ file, database, revision: cursor.revision });
    } catch (error) {
      isSaved = false;
      throw error;
    }
  }

  async function save() {
    await inTurn(async () => {
      // It is of this moment: what comes later need not wait until it is written.
      if (isOpen && !isSaved) writing = write();
    });
    await writing;
  }

  const loaded = inTurn(load).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

  return {
    loaded,
    loading: () => progress,
    async take(put) {
      // Until then, loading reads it from the database.
      if (!isOpen) return;
      waiting.push(put);
      found = inTurn(applyWaiting);
      found.catch((err: unknown) => log.warn({ err }, 'what was stored is not found yet'));
      if (waiting.length > WAITING_MAX) await room.promise;
    },
    found: () => found,
    catchUp: () => inTurn(() => (isOpen ? catchUp() : load())),
    save,
  };
}
