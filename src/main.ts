/** The bot process: reads the environment, starts, and stops cleanly on Ctrl-C or SIGTERM. */
import { foundIn, readConfig, secretsOf } from './config.ts';
import { UserError } from './errors.ts';
import { createLog } from './log.ts';
import { createPaperboy } from './paperboy.ts';

/** After this long an unfinished stop ends anyway, in milliseconds. */
const STOP_WITHIN_MS = 4_500;

try {
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL, secretsOf(config));
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
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exit(1);
}
