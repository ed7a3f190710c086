/** Documents that lie in a folder of the operator's, named after their papers. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from '../model/full-text.ts';
import type { PaperId } from '../model/paper.ts';
import { UnreadableError } from './unreadable.ts';

/** `arxiv:2407.09435` lies in `2407.09435.pdf`, `doi:10.1000/xyz` in `10.1000_xyz.pdf`. */
export function fileNameOf(id: PaperId): string {
  return id.replace(/^(?:arxiv|doi):/, '').replace(/[^\w.-]/g, '_');
}

/**
 * The newest version of a paper's document in a folder, as `2407.09435v2.html` or `.pdf`; undefined when
 * there is none. Throws `UnreadableError` for one that is too large.
 */
export async function documentIn(
  folder: string,
  id: PaperId,
  maxBytes: number,
): Promise<{ document: Document; version: number | undefined } | undefined> {
  const name = fileNameOf(id);
  const there = (await readdir(folder)).flatMap((file) => {
    const [, stem = '', version, kind = ''] =
      /^(.+?)(?:v(\d{1,3}))?\.(html?|pdf)$/i.exec(file) ?? [];
    return stem.toLowerCase() === name.toLowerCase()
      ? { file, version: Number(version ?? 0), kind }
      : [];
  });
  // Of the same version the page goes first: it says what is a heading.
  const newest = there.sort((a, b) => b.version - a.version || (a.kind < b.kind ? -1 : 1))[0];
  if (!newest) return undefined;
  const path = join(folder, newest.file);
  if ((await stat(path)).size > maxBytes) {
    throw new UnreadableError(`is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB`);
  }
  const bytes = await readFile(path);
  const document: Document = /^p/i.test(newest.kind)
    ? { kind: 'pdf', bytes: new Uint8Array(bytes) }
    : { kind: 'html', text: bytes.toString('utf8') };
  return { document, version: newest.version || undefined };
}
