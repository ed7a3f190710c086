/** `npm run paper -- search "model merging"`: one command, in the terminal, on the bot's own database. */
import { styleText } from 'node:util';
import { formatLine } from '../command/grammar.ts';
import { readConfig, secretsOf } from '../config.ts';
import { UserError } from '../errors.ts';
import { createLog } from '../log.ts';
import { createPaperboy, type Paperboy } from '../paperboy.ts';
import { actor, place } from '../platforms/local/conversation.ts';
import { caret, QueryError } from '../query/complaint.ts';
import { count } from '../reply/build.ts';
import { readArgv, type Wanted } from './argv.ts';
import { progressBar } from './progress.ts';
import { renderReply } from './render.ts';
import { shellLine } from './shell.ts';

/** Longer lines tire the eye. */
const COLUMNS_MAX = 96;

const options = `--json             print the reply as data (with npm's own lines off: npm run --silent paper -- …)
--channel <name>   act in another channel of the local page than general
import <file>      bring papers in, one JSON record a line`;

// Whoever reads the output may stop early: `… | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  const config = readConfig();
  // The running bot tells how it fares; here only what is wrong matters.
  const level = config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL;
  const log = createLog(level, secretsOf(config));
  // The services are the bot's business: this process talks to the terminal alone.
  const offline = { ...config, SLACK_BOT_TOKEN: undefined, DISCORD_TOKEN: undefined };
  const paperboy = await createPaperboy(offline, { log });
  try {
    await paperboy.loaded;
    const wanted = readArgv(process.argv.slice(2), paperboy.desk.commands);
    process.stdout.write(
      wanted.file === undefined ? await run(wanted, paperboy) : await bring(wanted.file, paperboy),
    );
  } finally {
    await paperboy.stop();
  }
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  if (error instanceof QueryError) process.stderr.write(`${caret(error)}\n`);
  process.exitCode = 1;
}

async function run({ line, json, channel }: Wanted, { desk, messages }: Paperboy): Promise<string> {
  if (!(await messages.hasChannel(channel))) {
    const names = (await messages.channels()).map(({ name }) => name).join(', ');
    throw new UserError(`There is no channel “${channel}”; there are: ${names}.`);
  }
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const here = { ...place(channel), askingOn: undefined };
  const reply = await desk.dispatch.attempt(line, actor(timeZone), here);
  if (json) return `${JSON.stringify(reply, null, 2)}\n`;
  const { stdout } = process;
  const text = renderReply(reply, {
    columns: Math.min(stdout.columns ?? COLUMNS_MAX, COLUMNS_MAX),
    style: (format, text) => styleText(format, text, { stream: stdout }),
    links: stdout.isTTY && stdout.hasColors(),
    shell: (command) => shellLine(command, channel),
    format: (invocation) => formatLine(invocation, desk.commands),
  });
  return /^(help)?$/.test(line) ? `${text}\n${options}\n` : text;
}

async function bring(file: string, paperboy: Paperboy): Promise<string> {
  const bar = progressBar(process.stderr);
  const { added, changed, unchanged, faults } = await paperboy.intake
    .bring(file, { onProgress: bar.show })
    .finally(bar.end);
  for (const { line, reason } of faults) process.stderr.write(`${file}:${line}: ${reason}\n`);
  if (faults.length) process.exitCode = 1;
  return `${count(added, 'paper')} added, ${changed} changed, ${unchanged} known. A running Paperboy finds them within a minute.\n`;
}
