/**
 * Runs in the bot's process before `src/main.ts`, and puts it into the hands of a chaos run without a change to
 * it: the clock reads what the run says, the minute's work starts when the run says, and the process kills itself
 * at the n-th step of that work. A step is the moment before and the moment after each statement of the database
 * and each request of the network, so that counting them up sweeps every await between them.
 */
import { subscribe } from 'node:diagnostics_channel';
import { StatementSync } from 'node:sqlite';
import cron from 'node-cron';
import pg from 'pg';
import { Order, type Word } from './words.ts';

const RealDate = Date;
// From its first moment: by the machine's own clock another day's digest might be due.
let ahead = Date.parse(process.env.CHAOS_NOW ?? '') - RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...args: [] | [number | string]) {
    if (args.length) super(...args);
    else super(RealDate.now() + ahead);
  }

  static override now(): number {
    return RealDate.now() + ahead;
  }
} as DateConstructor;

let steps = 0;
let last = Number.POSITIVE_INFINITY;

function step(): void {
  steps += 1;
  if (steps === last) process.kill(process.pid, 'SIGKILL');
}

// undici tells these of every request, of `fetch` and of discord.js's own copy alike.
for (const name of [
  'undici:client:sendHeaders',
  'undici:request:bodySent',
  'undici:request:headers',
])
  subscribe(name, step);

const { run, all } = StatementSync.prototype;
StatementSync.prototype.run = function (...args) {
  step();
  const result = Reflect.apply(run, this, args);
  step();
  return result;
};
StatementSync.prototype.all = function (...args) {
  step();
  const result = Reflect.apply(all, this, args);
  step();
  return result;
};

const { query } = pg.Client.prototype;
// Its overloads take callbacks too, which the bot does not use.
pg.Client.prototype.query = async function (this: pg.Client, ...args: unknown[]) {
  step();
  const result: unknown = await Reflect.apply(query, this, args);
  step();
  return result;
} as typeof query;

const say = (word: Word) => process.send?.(word);

process.on('message', async (message) => {
  const order = Order.parse(message);
  ahead = Date.parse(order.now) - RealDate.now();
  steps = 0;
  last = order.killAt ?? Number.POSITIVE_INFINITY;
  const task = [...cron.getTasks().values()].find(({ name }) => name === 'editions');
  if (!task) throw new Error('The bot has no job named editions');
  // Only when the run says so: a minute that passes meanwhile would be one step of the work too many.
  await task.stop();
  await task.execute();
  last = Number.POSITIVE_INFINITY;
  say({ kind: 'done', steps });
});

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
