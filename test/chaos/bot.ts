/** The real process, `src/main.ts`, under `preload.ts`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Order, Word } from './words.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Bot {
  /** The steps of the minute's work; undefined when the process died of it. */
  work(order: Order, killAfterMs?: number): Promise<number | undefined>;
  isAlive(): boolean;
  kill(): Promise<void>;
}

/** Starts it in a folder of its own, at this instant, and waits until it is connected. */
export async function startBot(
  cwd: string,
  env: Record<string, string>,
  now: string,
): Promise<Bot> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', `${root}test/chaos/preload.ts`, `${root}src/main.ts`],
    {
      cwd,
      env: {
        PATH: process.env.PATH,
        CHAOS_NOW: now,
        PAPERBOY_PORT: '0',
        PAPERBOY_SOURCES: 'none',
        PAPERBOY_SPREAD_SECONDS: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const ended = once(child, 'exit');
  let said = '';
  const listen = (chunk: unknown) => {
    said = `${said}${chunk}`.slice(-20_000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  await new Promise<void>((connected, failed) => {
    child.stdout?.on('data', () => {
      if (said.includes('Ctrl-C stops.')) connected();
    });
    void ended.then(() => failed(new Error(`The bot ended at its start:\n${said}`)));
  });
  if (/Not connected yet/.test(said)) throw new Error(said);

  return {
    async work(order, killAfterMs) {
      const timer =
        killAfterMs === undefined
          ? undefined
          : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      const done = once(child, 'message').then(([word]) => Word.parse(word).steps);
      child.send(order);
      const steps = await Promise.race([done, ended.then(() => undefined)]);
      clearTimeout(timer);
      return steps;
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
