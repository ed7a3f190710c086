/**
 * An index on disk, so that a start takes a fraction of a second. A convenience, never the truth: one that is
 * missing, damaged, of another version or of another database is as good as none.
 *
 * `PAPERBOY`, the length of the head, the head (JSON, padded), the arrays, a CRC-32 of all before it.
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { analysisMark } from './analysis-mark.ts';
import { aligned, pack, unpack } from './packed.ts';

/** Of the layout of segments and of this file. */
const VERSION = 5;
const MAGIC = new TextEncoder().encode('PAPERBOY');
const START = MAGIC.length + 8;
/** Read, written and summed at a time: a few milliseconds. */
const CHUNK = 1024 * 1024;
/** Nobody writes a snapshot for so long, in milliseconds. */
const LEFT_BEHIND_MS = 3_600_000;

interface Head {
  version: number;
  analysis: string;
  database: string;
  tree: unknown;
  size: number;
}

/** Writes a tree of arrays atomically; `database` names the one it was made of. */
export async function saveSnapshot(file: string, database: string, value: unknown) {
  // Whatever made the value was work enough for one turn.
  await breath();
  const analysis = await analysisMark();
  const { tree, arrays, size } = pack(value);
  await breath();
  const head: Head = { version: VERSION, analysis, database, tree, size };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const front = new Uint8Array(aligned(START + json.length));
  front.set(MAGIC);
  new DataView(front.buffer).setUint32(MAGIC.length, json.length);
  front.set(json, START);
  await mkdir(dirname(file), { recursive: true });
  await sweep(file);
  const fresh = `${file}.${randomUUID()}`;
  const handle = await open(fresh, 'w');
  try {
    let sum = await write(handle, front, 0);
    for (const { buffer, byteOffset, byteLength } of arrays) {
      sum = await write(handle, new Uint8Array(buffer, byteOffset, byteLength), sum);
      const gap = new Uint8Array(aligned(byteLength) - byteLength);
      sum = await write(handle, gap, sum);
    }
    const end = new Uint8Array(4);
    new DataView(end.buffer).setUint32(0, sum);
    await handle.write(end);
    await handle.sync();
    await handle.close();
    await rename(fresh, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(fresh, { force: true });
    throw error;
  }
}

/** Removes what processes left behind that ended while they wrote. */
async function sweep(file: string): Promise<void> {
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(`${basename(file)}.`)) continue;
    const left = join(dirname(file), name);
    const { mtimeMs } = await stat(left).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > LEFT_BEHIND_MS) await rm(left, { force: true });
  }
}

/** Writes bytes as they are now, whatever becomes of them meanwhile; gives the sum so far. */
async function write(handle: FileHandle, bytes: Uint8Array, sum: number): Promise<number> {
  let so = sum;
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = bytes.slice(at, at + CHUNK);
    so = crc32(chunk, so);
    await handle.write(chunk);
  }
  return so;
}

export type Loaded = { value: unknown } | { reason: string };

/** The tree of arrays, or why there is none that can be used. */
export async function loadSnapshot(file: string, database: string): Promise<Loaded> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch {
    return { reason: 'there is none' };
  }
  try {
    const { size } = await handle.stat();
    if (size < START + 4) return { reason: 'it is cut short' };
    const buffer = new ArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    const sum = await read(handle, bytes);
    const view = new DataView(buffer);
    if (!MAGIC.every((byte, i) => bytes[i] === byte)) return { reason: 'it is no snapshot' };
    if (sum !== view.getUint32(size - 4)) return { reason: 'it is damaged' };
    const length = view.getUint32(MAGIC.length);
    // The sum says that it was written as it is, by this function's counterpart.
    const head = JSON.parse(
      new TextDecoder().decode(bytes.subarray(START, START + length)),
    ) as Head;
    if (head.version !== VERSION || head.analysis !== (await analysisMark())) {
      return { reason: 'another version of Paperboy wrote it' };
    }
    if (head.database !== database) return { reason: 'it is of another database' };
    const from = aligned(START + length);
    return { value: unpack(head.tree, buffer, from) };
  } finally {
    await handle.close();
  }
}

/** Fills the bytes from the file; gives the sum of all but the last four. */
async function read(handle: FileHandle, bytes: Uint8Array): Promise<number> {
  let sum = 0;
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(CHUNK, bytes.length - at), at);
    if (!bytesRead) break;
    sum = crc32(bytes.subarray(at, Math.min(at + bytesRead, bytes.length - 4)), sum);
    at += bytesRead;
    await breath();
  }
  return sum;
}
