/**
 * Papers from a file of any kind that people have: NDJSON, JSON, BibTeX, RIS, or a captured Daily Papers page.
 * Its ending says which, else how it begins. What ends in `.gz` is unpacked on the way.
 */
import { open, readFile } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { UserError } from '../errors.ts';
import { paperIdOf } from '../model/paper.ts';
import { unreadable } from './lines.ts';
import { type PaperLine, readPapers, readPapersFile } from './ndjson.ts';
import { parsePage } from './page.ts';

type Kind = 'ndjson' | 'json' | 'bibtex' | 'ris' | 'page';

/** Bytes of a file that is read as a whole; NDJSON may have any length. */
const WHOLE_MAX = 64 * 1024 * 1024;
/** Entries between two pauses, in which the bot answers. */
const STRETCH = 50;

const endings: Record<string, Kind> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  bib: 'bibtex',
  bibtex: 'bibtex',
  biblatex: 'bibtex',
  ris: 'ris',
};

/** Endings a watched folder takes up. */
export const fileEndings: readonly string[] = [...Object.keys(endings), 'json', 'txt'];

/**
 * The papers of a file and what in it holds none; `onRead` is told how many bytes have been read.
 * @throws UserError when the file cannot be read, or is of no kind that holds papers.
 */
export async function* readAnyFile(
  path: string,
  onRead?: (bytes: number) => void,
): AsyncGenerator<PaperLine> {
  const kind = await kindOf(path);
  if (kind === 'ndjson') {
    yield* readPapersFile(path, onRead);
    return;
  }
  const text = await textOf(path);
  onRead?.(Buffer.byteLength(text));
  let count = 0;
  for await (const line of await linesOf(kind, text, path)) {
    yield line;
    count += 1;
    if (count % STRETCH === 0) await breathe();
  }
}

async function linesOf(kind: Exclude<Kind, 'ndjson'>, text: string, path: string) {
  switch (kind) {
    case 'json':
      return fromJson(text, path);
    case 'bibtex':
      // Their library takes longer to load than the rest of a start.
      return (await import('./bibliography.ts')).readBibtex(text);
    case 'ris':
      return (await import('./bibliography.ts')).readRis(text);
    case 'page':
      return parsePage(text).map(
        ({ title, abstract }): PaperLine => ({
          paper: { id: paperIdOf({ title }), title, abstract, authors: [], categories: [] },
        }),
      );
  }
}

/** A list of records, or an object that holds one; each record as a line of NDJSON would have it. */
async function* fromJson(text: string, path: string): AsyncGenerator<PaperLine> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError(`${path} is not valid JSON.`, { cause });
  }
  const records = listIn(json);
  if (!records) {
    throw new UserError(
      `${path} holds no list of papers. It looks like [{"title": "…", "abstract": "…", "arxiv": "2407.09435"}].`,
    );
  }
  // The number of a line is the number of a record.
  yield* readPapers(records.map((record) => JSON.stringify(record)).join('\n'));
}

function listIn(json: unknown): unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (typeof json !== 'object' || json === null) return undefined;
  const list = Object.values(json).find((value) => Array.isArray(value) && isRecords(value));
  if (Array.isArray(list)) return list;
  return 'title' in json ? [json] : undefined;
}

const isRecords = (list: unknown[]) =>
  list.some((item) => typeof item === 'object' && item !== null && 'title' in item);

async function kindOf(path: string): Promise<Kind> {
  const ending = /\.(\w+)(?:\.gz)?$/.exec(path.toLowerCase())?.[1];
  const kind = endings[ending ?? ''];
  if (kind) return kind;
  const head = await headOf(path);
  if (/^\s*TY {2}-/.test(head)) return 'ris';
  if (/^\s*@\s*\w+\s*[{(]/m.test(head) && !/^\s*[[{]/.test(head)) return 'bibtex';
  if (/^\s*\[/.test(head)) return 'json';
  if (!/^\s*\{/.test(head)) return 'page';
  // A whole object on the first line with something after it: a record a line.
  const [first = '', ...rest] = head.trim().split('\n');
  return rest.length > 0 && isJson(first) ? 'ndjson' : 'json';
}

function isJson(text: string): boolean {
  try {
    return Boolean(JSON.parse(text));
  } catch {
    return false;
  }
}

/** How a file begins, as text. */
async function headOf(path: string): Promise<string> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const head = buffer.subarray(0, bytesRead);
    // Not the whole file, so the end of what is packed is missing.
    const options = { finishFlush: 2, maxOutputLength: WHOLE_MAX };
    const unpacked = path.toLowerCase().endsWith('.gz') ? gunzipSync(head, options) : head;
    return unpacked.toString('utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await file.close();
  }
}

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > WHOLE_MAX) {
      throw new UserError(
        `${path} is larger than ${WHOLE_MAX / 1024 / 1024} MB; bring it in parts, or as NDJSON, one paper a line.`,
      );
    }
    if (!path.toLowerCase().endsWith('.gz')) return bytes.toString('utf8');
    const unpacked = await promisify(gunzip)(bytes, { maxOutputLength: WHOLE_MAX });
    return unpacked.toString('utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
