/**
 * One PostgreSQL for a whole test run, started when the first test asks for it. The server belongs to
 * vitest's main process; the test files, each in a process of its own, ask over a small local door.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';
import { type Postgres, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for a database. */
    postgresDoor: string;
  }
}

/**
 * A new, empty database on the run's PostgreSQL: its connection string, for `DATABASE_URL`.
 * @throws when vitest was started without this project's configuration, or PostgreSQL cannot start
 */
export async function freshDatabase(): Promise<string> {
  const door = inject('postgresDoor');
  if (!door) throw new Error('Run tests through npm: `npm test -- test/store`');
  const response = await fetch(door, { method: 'POST' });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

/** Vitest's global setup: opens the door, and gives back what closes it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<Postgres> | undefined;
  const door = createServer((_request, response) => {
    postgres ??= startPostgres();
    postgres
      .then((server) => server.createDatabase())
      .then(
        (url) => response.end(url),
        (error) => response.writeHead(500).end(String(error.cause ?? error)),
      );
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const { port } = z.object({ port: z.number() }).parse(door.address());
  project.provide('postgresDoor', `http://127.0.0.1:${port}/`);
  return async () => {
    door.close();
    door.closeAllConnections();
    await (await postgres?.catch(() => undefined))?.stop();
  };
}
