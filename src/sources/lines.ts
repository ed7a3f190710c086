/**
 * A file of lines, streamed as bytes. Not node:readline, which also breaks lines at U+2028 and
 * U+2029: both may stand inside a JSON string, and a record would fall in two.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { UserError } from '../errors.ts';

/** Bytes a line may have; what is over is dropped, so that no file can fill the memory. */
export const LINE_MAX = 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * The lines of a file without their newline, unpacked on the way when its name ends in `.gz`.
 * A line over LINE_MAX bytes arrives cut to LINE_MAX + 1. `onRead` hears how many bytes of the file are read.
 * @throws UserError when the file cannot be read or unpacked.
 */
export async function* linesOf(
  path: string,
  onRead?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const packed = /\.gz$/i.test(path);
  const source = packed ? file.pipe(createGunzip()) : file;
  // `pipe` does not pass errors on, and a missing file would end the process.
  file.on('error', (error) => source.destroy(error));
  try {
    for await (const line of splitLines(source)) {
      onRead?.(file.bytesRead);
      yield line;
    }
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    file.destroy();
    source.destroy();
  }
}

/** Splits a stream of bytes at newlines. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  const keep = (part: Buffer) => {
    const room = Math.max(0, LINE_MAX + 1 - size);
    if (room > 0 && part.length > 0) parts.push(part.subarray(0, room));
    size += part.length;
  };
  const take = () => {
    const line = Buffer.concat(parts);
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end !== -1;
      start = end + 1, end = chunk.indexOf(NEWLINE, start)
    ) {
      keep(chunk.subarray(start, end));
      yield take();
    }
    keep(chunk.subarray(start));
  }
  if (size > 0) yield take();
}

/** What kept a file from being read: a `UserError` where it is the file, else the cause itself. */
export function unreadable(path: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT') return new UserError(`There is no file ${path}.`, { cause });
  if (code === 'EISDIR') return new UserError(`${path} is a folder; name a file in it.`, { cause });
  if (code === 'EACCES') return new UserError(`The file ${path} may not be read.`, { cause });
  if (code.startsWith('Z_')) {
    return new UserError(`${path} is cut short or is not gzip; fetch or pack it again.`, { cause });
  }
  return cause;
}
