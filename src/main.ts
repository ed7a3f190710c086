/** The bot process: reads the environment, starts, and stops cleanly on Ctrl-C or SIGTERM. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { foundIn, readConfig, secretsOf } from './config.ts';
import { UserError } from './errors.ts';
import { createLog } from './log.ts';

/** After this long an unfinished stop ends anyway, in milliseconds. */
const STOP_WITHIN_MS = 4_500;

// What Node has compiled it keeps for the next start, which takes half as long; so the rest is imported below.
const compiled = fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));
enableCompileCache(compiled);
// biome-ignore lint/style/noProcessEnv: threads look for it there; they start in half the time, with half the memory.
process.env.NODE_COMPILE_CACHE = compiled;

try {
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL, secretsOf(config));
  const { createPaperboy } = await import('./paperboy.ts');
  const paperboy = await createPaperboy(config, { log });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await paperboy.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  const found = foundIn(config);
  console.log(
    `Found in the environment: ${found.length ? found.join(', ') : 'no tokens; the local page needs none'}.`,
  );
  if (process.argv.includes('--check')) {
    await paperboy.loaded;
    console.log(`Ready with ${paperboy.services.catalogue.size} papers.`);
    await stop();
  }
  await paperboy.start((line) => console.log(line));
  console.log('Ctrl-C stops.');
  // Now, since not every process ends well.
  flushCompileCache();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exit(1);
}
