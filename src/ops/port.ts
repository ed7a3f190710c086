/** The ops port: metrics, and whether the bot lives and is ready, for whoever keeps it running. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { UserError } from '../errors.ts';
import type { Metrics } from './metrics.ts';

/** Each gives what is missing, in words; undefined when nothing is. May throw, which is missing too. */
export type Checks = Readonly<
  Record<string, () => Promise<string | undefined> | string | undefined>
>;

/** A check that has not answered by then has failed. */
const CHECK_MS = 2_000;

/** `/healthz` (the process answers), `/readyz` (every check passes, or which does not) and `/metrics`. */
export function createOps({ metrics, checks }: { metrics: Metrics; checks: Checks }): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const all = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await missing(check)] as const),
    );
    const isReady = all.every(([, fault]) => fault === undefined);
    const said = Object.fromEntries(all.map(([name, fault]) => [name, fault ?? 'ok']));
    return c.json({ status: isReady ? 'ready' : 'not ready', checks: said }, isReady ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    return c.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });
  return app;
}

/** Listens there; gives the address and the way to close it. Throws `UserError` when the port is taken. */
export async function serveOps(
  app: Hono,
  { host, port }: { host: string; port: number },
): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer(getRequestListener(app.fetch));
  server.listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    throw new UserError(
      `The ops port ${host}:${port} cannot be opened. Set PAPERBOY_OPS_PORT to a free one.`,
      { cause },
    );
  });
  const bound = server.address();
  const shown = bound && typeof bound === 'object' ? bound.port : port;
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${shown}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function missing(check: Checks[string]): Promise<string | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(resolve, CHECK_MS, 'no answer in time');
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
