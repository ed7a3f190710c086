/** The language model that writes answers, wired where one is configured. */
import type { Writer } from '../answer/writer.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { createModelUse } from '../store/model-use.ts';

export async function writerOf(
  { MODEL_BASE_URL: baseUrl, MODEL_NAME: name, MODEL_API_KEY: apiKey, ...config }: Config,
  { db, log, now }: { db: Database; log: Log; now: () => Date },
): Promise<Writer | undefined> {
  if (!baseUrl || !name) return undefined;
  // The SDK takes a while to load: only where it is used.
  const [{ createChat }, { createWriter }] = await Promise.all([
    import('../answer/model/chat.ts'),
    import('../answer/model/writer.ts'),
  ]);
  const use = createModelUse(db, now);
  return createWriter({
    chat: createChat({ baseUrl, name, apiKey }),
    budget: { take: (workspace) => use.take(workspace, config.MODEL_ANSWERS_PER_DAY) },
    log,
  });
}
