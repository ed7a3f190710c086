/** `npm run chaos -- --runs 1000 --seed 1 --database sqlite`: kills the bot again and again, and counts. */
import { parseArgs } from 'node:util';
import { startPostgres } from '../fakes/postgres.ts';
import { type Count, runChain } from './chain.ts';

const RUNS_A_CHAIN = 50;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const { database } = values;
const [runs, seed, from] = [values.runs, values.seed, values.from].map(Number);
if (runs === undefined || seed === undefined || from === undefined || !(runs > 0))
  throw new Error('--runs, --seed and --from are numbers, for example --runs 100 --seed 1');
if (database !== 'sqlite' && database !== 'postgres')
  throw new Error('--database is sqlite or postgres');

const postgres = database === 'postgres' ? await startPostgres() : undefined;
const began = performance.now();
const tell = ({ runs, kills, lost, repeated }: Count, last: number) =>
  `${database}, seeds ${seed} to ${last}: ${runs} runs, ${kills} with a kill, ${lost} papers lost, ${repeated} repeated, ${Math.round((performance.now() - began) / 1_000)} s`;
const total: Count = { runs: 0, kills: 0, lost: 0, repeated: 0 };
try {
  // Each chain has a seed of its own, and with it its services, its layout and a new database.
  for (let chain = 0; total.runs < runs; chain += 1) {
    const databaseUrl = await postgres?.createDatabase();
    const some = Math.min(RUNS_A_CHAIN, runs - total.runs);
    const count = await runChain(
      { seed: seed + chain, runs: some, from, databaseUrl },
      console.error,
    );
    total.runs += count.runs;
    total.kills += count.kills;
    total.lost += count.lost;
    total.repeated += count.repeated;
    console.log(tell(total, seed + chain));
  }
  console.log(
    `One run again: npm run chaos -- --database ${database} --seed <seed> --from <run> --runs 1`,
  );
  process.exitCode = total.lost || total.repeated ? 1 : 0;
} finally {
  await postgres?.stop();
}
