/** `npm run simulate -- --papers <file> --from <date> --to <date> --channels <n> --seed <n> [--faults] [--out <file>]` */
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import { simulate } from './simulate.ts';

const Options = z.object({
  papers: z.string({ error: 'must name a file of papers, such as --papers papers.ndjson.gz' }),
  from: z.iso.date({ error: 'must be a day such as --from 2025-10-01' }),
  to: z.iso.date({ error: 'must be a day such as --to 2025-11-29' }),
  channels: z.coerce.number().int().min(1).max(10_000).default(200),
  seed: z.coerce.number().int().default(1),
  faults: z.boolean().default(false),
  out: z.string().default('data/state/simulate.ndjson'),
});

/** Violations that are named one by one. */
const NAMED = 20;

try {
  const options = optionsOf(process.argv.slice(2));
  const { out, ...replay } = options;
  mkdirSync(dirname(out), { recursive: true });
  const stream = createWriteStream(out);
  await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject));
  const isTerminal = process.stderr.isTTY;
  const started = process.cpuUsage();
  let named = 0;
  const { violations, ...summary } = await simulate({
    ...replay,
    write: (line) => stream.write(`${JSON.stringify(line)}\n`),
    onViolation(violation) {
      named += 1;
      if (named <= NAMED) console.error(`${isTerminal ? '\n' : ''}${violation}`);
    },
    onDay({ day, papers, delivered, violations }) {
      const line = `${day}: ${papers} papers, ${delivered} sent, ${violations} violations`;
      process.stderr.write(isTerminal ? `\r${line}` : `${line}\n`);
    },
  });
  await new Promise((resolve) => stream.end(resolve));
  if (isTerminal) process.stderr.write('\n');
  const { user, system } = process.cpuUsage(started);
  const cpuSeconds = Math.round((user + system) / 1e6);
  const seconds = Math.round(performance.now() / 1000);
  const counts = { ...summary, seconds, cpuSeconds, violations: violations.length };
  console.log(JSON.stringify(counts, null, 2));
  console.log(`Every edition and every day's state: ${out}`);
  if (violations.length > NAMED) console.error(`… and ${violations.length - NAMED} more`);
  process.exitCode = violations.length ? 1 : 0;
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function optionsOf(argv: string[]): z.infer<typeof Options> {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        papers: text,
        from: text,
        to: text,
        channels: text,
        seed: text,
        out: text,
        faults: { type: 'boolean' },
      },
    });
    return Options.parse(values);
  } catch (cause) {
    const why =
      cause instanceof z.ZodError
        ? cause.issues.map(({ path, message }) => `--${path.join('.')} ${message}`).join('\n')
        : String(cause instanceof Error ? cause.message : cause);
    throw new UserError(why, { cause });
  }
}
