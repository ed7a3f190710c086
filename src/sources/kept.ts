/**
 * Answers that are kept to be used again: while a server calls them fresh without asking, later by asking
 * whether they changed. https://www.rfc-editor.org/rfc/rfc9111
 */
import type { Response } from 'undici';

export interface Kept {
  /** Where it came from, after redirects. */
  url: string;
  body: Buffer;
  headers: Response['headers'];
  /** On the clock of `performance.now()`, which does not jump. */
  freshUntil: number;
}

export interface KeptAnswers {
  to(url: URL): Kept | undefined;
  put(url: URL, kept: Kept): void;
}

/** Bytes over all answers; the oldest make room. */
const KEEP_MAX = 16_000_000;
/** An old list has been served as fresh until the next midnight: asking costs little, missing a day much. */
const FRESH_MOST_MS = 3_600_000;

export function createKeptAnswers(): KeptAnswers {
  const answers = new Map<string, Kept>();
  let size = 0;
  const drop = (href: string) => {
    size -= answers.get(href)?.body.length ?? 0;
    answers.delete(href);
  };
  return {
    to: (url) => answers.get(url.href),
    put({ href }, kept) {
      drop(href);
      if (!isOfUse(kept)) return;
      answers.set(href, kept);
      size += kept.body.length;
      for (const oldest of answers.keys()) {
        if (size <= KEEP_MAX) return;
        drop(oldest);
      }
    },
  };
}

/** Headers that ask for an address's answer only when it is no longer the one kept. */
export function unlessSame(kept: Kept | undefined, url: URL): Record<string, string> {
  if (kept?.url !== url.href) return {};
  const etag = kept.headers.get('etag');
  const modified = kept.headers.get('last-modified');
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(modified !== null && { 'if-modified-since': modified }),
  };
}

/** Until when an answer that came just now needs no asking. */
export function freshUntil(headers: Response['headers']): number {
  const control = headers.get('cache-control') ?? '';
  const seconds = /\bmax-age=(\d+)/i.exec(control)?.[1];
  if (seconds === undefined || /\bno-(?:cache|store)\b/i.test(control)) return 0;
  const left = (Number(seconds) - Number(headers.get('age') ?? 0)) * 1_000;
  return performance.now() + Math.min(Math.max(0, left || 0), FRESH_MOST_MS);
}

function isOfUse({ headers, freshUntil }: Kept): boolean {
  if (/\bno-store\b/i.test(headers.get('cache-control') ?? '')) return false;
  return freshUntil > 0 || headers.has('etag') || headers.has('last-modified');
}
