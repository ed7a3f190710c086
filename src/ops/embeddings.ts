/** Search by meaning, wired where an embeddings endpoint is configured: each paper's vector made once and kept. */
import { createHash, randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Embed } from '../embedding/embedder.ts';
import type { Log } from '../log.ts';
import type { Paper } from '../model/paper.ts';
import type { Job } from '../schedule/jobs.ts';
import type { Meaning } from '../search/near.ts';
import { Vectors } from '../search/vectors.ts';
import type { Database } from '../store/database.ts';
import type { Changes, PaperStore } from '../store/papers.ts';
import { createTurnStore } from '../store/turns.ts';
import { createVectorStore, type StoredVector } from '../store/vectors.ts';

export interface Embeddings extends Meaning {
  job: Job;
}

/** Papers of one look into the database, and texts of one request. */
const READ = 200;
const BATCH = 50;
/** Characters of a text: more than models take in would be cut there anyway. */
const TEXT_MAX = 4_000;
/** One request, its further tries included, in milliseconds. */
const REQUEST_MS = 120_000;
const RETRIES = 3;

/** Undefined where no endpoint is configured. */
export async function embeddingsOf(
  { EMBEDDING_BASE_URL: baseUrl, EMBEDDING_MODEL: model, EMBEDDING_API_KEY: apiKey }: Config,
  house: { db: Database; papers: PaperStore; signal: AbortSignal; log: Log },
): Promise<Embeddings | undefined> {
  if (!baseUrl || !model) return undefined;
  // The SDK takes a while to load: only where it is used.
  const [{ createEmbed }, { createMeaning }] = await Promise.all([
    import('../embedding/embedder.ts'),
    import('../embedding/meaning.ts'),
  ]);
  const embed = createEmbed({ baseUrl, model, apiKey });
  const vectors = new Vectors();
  return {
    vectors,
    of: createMeaning(embed),
    job: {
      name: 'embeddings',
      cron: '* * * * *',
      describe: 'Every minute: make the vectors of papers that are new or have changed.',
      run: alone(keeper({ ...house, vectors, embed, model }), house),
    },
  };
}

/** One run at a time; one that fails is told of in a line, and the next takes up where it stopped. */
function alone(
  run: () => Promise<void>,
  { signal, log }: { signal: AbortSignal; log: Log },
): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run()
      .catch((error: unknown) => {
        // Without the request, which holds what was sent.
        const reason = String(error).slice(0, 200);
        if (!signal.aborted) log.warn({ reason }, 'papers wait for their vectors');
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
}

/** Brings the vectors in memory and in the database in step with the papers, as far as the endpoint goes along. */
function keeper({
  db,
  papers,
  vectors,
  embed,
  model,
  signal,
}: {
  db: Database;
  papers: PaperStore;
  vectors: Vectors;
  embed: Embed;
  model: string;
  signal: AbortSignal;
}): () => Promise<void> {
  const store = createVectorStore(db);
  const turns = createTurnStore(db);
  const mine = { name: 'embeddings', holder: randomUUID(), everyMs: 0, leaseMs: 2 * REQUEST_MS };
  // Papers that were stored before changes had numbers have 0.
  let cursor: Changes['upTo'] = { revision: -1 };

  /** False when another instance is at it, whose vectors are read later. */
  async function make(missing: readonly Paper[]): Promise<boolean> {
    for (let i = 0; i < missing.length; i += BATCH) {
      if ((await turns.take(mine, new Date())) > 0) return false;
      const batch = missing.slice(i, i + BATCH);
      const late = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]);
      const made = await embed(batch.map(textOf), { signal: late, retries: RETRIES });
      const rows = batch.flatMap((paper, at): StoredVector[] => {
        const vector = made[at];
        return vector ? [{ paper: paper.id, model, textHash: hashOf(paper), vector }] : [];
      });
      await store.put(rows);
      for (const { paper, vector } of rows) vectors.put(paper, vector);
    }
    return true;
  }

  return async () => {
    try {
      while (!signal.aborted) {
        const { papers: changed, gone, upTo } = await papers.changes(cursor, READ);
        if (!changed.length) return;
        for (const id of gone) vectors.remove(id);
        const ids = changed.map(({ id }) => id);
        const stored = new Map((await store.get(model, ids)).map((each) => [each.paper, each]));
        const missing = changed.filter((paper) => {
          const known = stored.get(paper.id);
          if (known?.textHash !== hashOf(paper)) return true;
          vectors.put(paper.id, known.vector);
          return false;
        });
        if (!(await make(missing))) return;
        cursor = upTo;
        await setImmediate();
      }
    } finally {
      await turns.give(mine);
    }
  };
}

function textOf({ title, abstract }: Paper): string {
  return `${title}\n\n${abstract}`.slice(0, TEXT_MAX).toWellFormed();
}

function hashOf(paper: Paper): string {
  return createHash('sha256').update(textOf(paper)).digest('hex').slice(0, 32);
}
