/**
 * The one way to ask a source over HTTP: a time limit, a size limit, a redirect limit, and a few tries with
 * back-off and jitter. What a few seconds do not mend is the day ledger's to try again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import pRetry, { AbortError } from 'p-retry';
import { Agent, type Dispatcher, fetch, type Response } from 'undici';
import { createKeptAnswers, freshUntil, type Kept, type KeptAnswers, unlessSame } from './kept.ts';
import { PrivateAddressError } from './network.ts';
import { SourceError, type SourceFailure, type Turn } from './source.ts';

export interface HttpSettings {
  /** Milliseconds for one try, the body included. Default 60,000. */
  timeoutMs?: number;
  /** Bytes of a body once unpacked. Default 20 MB. */
  maxBytes?: number;
  /** Default 5. */
  maxRedirects?: number;
  /** Tries after the first. Default 2. */
  retries?: number;
  /** Milliseconds before the second try, at least; each further wait doubles. Default 1,000. */
  firstWaitMs?: number;
  /** Milliseconds; a source that wants to be left alone for longer is. Default 10,000. */
  longestWaitMs?: number;
  /** Opens connections; `publicOnly()` for addresses that people gave. Default: anywhere. */
  dispatcher?: Dispatcher;
}

interface Request {
  url: URL;
  /** Sent to the origin of `url` only, never to where it redirects. */
  headers?: Record<string, string>;
  /** Sent as JSON with POST. */
  json?: unknown;
  signal: AbortSignal;
  /** Every try waits for it. */
  turn?: Turn;
  /** Keeps the answer, and asks for it again only when it may have changed. Default: always asks. */
  keeps?: boolean;
}

/** `read` makes of the body what is wanted; a `SourceError` it throws is tried again too. */
export type Ask<T> = Request &
  (
    | { expect: 'JSON' | 'XML' | 'HTML'; read(body: string, headers: Headers): T | Promise<T> }
    | { expect: 'PDF'; read(body: Uint8Array, headers: Headers): T | Promise<T> }
  );

type Headers = Response['headers'];

/** Throws `SourceError`, or the signal's reason when it was aborted. */
export type Http = <T>(ask: Ask<T>) => Promise<T>;

export function createHttp(settings: HttpSettings = {}): Http {
  const limits = {
    timeoutMs: 60_000,
    maxBytes: 20 * 1024 * 1024,
    maxRedirects: 5,
    retries: 2,
    firstWaitMs: 1000,
    longestWaitMs: 10_000,
    dispatcher: new Agent(),
    ...settings,
    kept: createKeptAnswers(),
  };
  const passes = (error: Error) =>
    error instanceof SourceError &&
    error.failure !== 'refused' &&
    (error.retryAfterMs ?? 0) <= limits.longestWaitMs;
  return (ask) => {
    const attempt = () => tryOnce(ask, limits);
    return pRetry(() => (ask.turn ? ask.turn(attempt, ask.signal) : attempt()), {
      retries: limits.retries,
      minTimeout: limits.firstWaitMs,
      maxTimeout: limits.longestWaitMs,
      randomize: true,
      signal: ask.signal,
      shouldRetry: ({ error }) => passes(error),
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (retriesLeft === 0 || !passes(error) || !(error instanceof SourceError)) return;
        await sleep(error.retryAfterMs ?? 0, undefined, { signal: ask.signal });
      },
    });
  };
}

type Limits = Required<HttpSettings> & { kept: KeptAnswers };

const ACCEPT = {
  JSON: 'application/json',
  XML: 'application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5',
  HTML: 'text/html, application/xhtml+xml',
  PDF: 'application/pdf',
};

async function tryOnce<T>(ask: Ask<T>, limits: Limits): Promise<T> {
  const kept = ask.keeps ? limits.kept.to(ask.url) : undefined;
  const isFresh = kept !== undefined && performance.now() < kept.freshUntil;
  const answer = isFresh ? kept : await fetchAnswer(ask, limits, kept);
  const result = await readAnswer(ask, answer);
  // Only now: what cannot be read must not be kept.
  if (ask.keeps) limits.kept.put(ask.url, answer);
  return result;
}

async function readAnswer<T>(ask: Ask<T>, { body: bytes, headers }: Kept): Promise<T> {
  if (ask.expect === 'PDF') {
    // Readers look for the mark in the first kilobyte: ISO 32000-1, 7.5.2 and annex H.3.
    if (bytes.subarray(0, 1024).includes('%PDF-')) return ask.read(bytes, headers);
    throw fault(ask, 'garbled', 'sent something else instead of PDF');
  }
  const body = textOf(bytes, headers);
  const isPage = /^\s*<(?:!doctype html|html)\b/i.test(body);
  if (isPage && ask.expect !== 'HTML') {
    throw fault(ask, 'garbled', `sent a web page instead of ${ask.expect}`);
  }
  return ask.read(body, headers);
}

/** An answer; the one kept, when the server says that it is still the same. */
async function fetchAnswer(
  ask: Ask<unknown>,
  limits: Limits,
  kept: Kept | undefined,
): Promise<Kept> {
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  try {
    const signal = AbortSignal.any([ask.signal, deadline]);
    const { response, url } = await follow(ask, limits, kept, signal);
    const { headers, status } = response;
    if (status === 304 && kept) return { ...kept, freshUntil: freshUntil(headers) };
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(ask, response);
    }
    const body = await bytesOf(ask, response, limits.maxBytes);
    return { url: url.href, body, headers, freshUntil: freshUntil(headers) };
  } catch (cause) {
    if (ask.signal.aborted) throw ask.signal.reason;
    if (cause instanceof SourceError || cause instanceof AbortError) throw cause;
    if (deadline.aborted) {
      throw fault(ask, 'unreachable', `did not answer in ${limits.timeoutMs / 1000} s`, { cause });
    }
    throw connectionFault(ask, cause);
  }
}

/** A JSON body as data. Throws `SourceError` for what is not JSON, or breaks off. */
export function parseJson(body: string, who: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new SourceError('garbled', `${who} sent JSON that cannot be read`, { cause });
  }
}

async function follow(
  ask: Ask<unknown>,
  limits: Limits,
  kept: Kept | undefined,
  signal: AbortSignal,
): Promise<{ response: Response; url: URL }> {
  let url = ask.url;
  for (let hop = 0; ; hop++) {
    const response = await fetch(url, {
      method: ask.json === undefined ? 'GET' : 'POST',
      headers: {
        accept: ACCEPT[ask.expect],
        'user-agent': 'Paperboy/0.1 (research paper digests)',
        ...(ask.json !== undefined && { 'content-type': 'application/json' }),
        ...(url.origin === ask.url.origin && ask.headers),
        ...unlessSame(kept, url),
      },
      ...(ask.json !== undefined && { body: JSON.stringify(ask.json) }),
      redirect: 'manual',
      dispatcher: limits.dispatcher,
      signal,
    });
    const location = response.headers.get('location');
    const isRedirect = response.status >= 300 && response.status <= 399 && location;
    if (!isRedirect) return { response, url };
    await response.body?.cancel();
    if (hop === limits.maxRedirects) {
      throw final(fault(ask, 'garbled', `redirects more than ${limits.maxRedirects} times`));
    }
    const next = URL.parse(location, url.href);
    if (!next || !/^https?:$/.test(next.protocol) || ask.json !== undefined) {
      throw final(fault(ask, 'garbled', 'redirects to where Paperboy does not follow'));
    }
    url = next;
  }
}

/** A body, of which what is over the limit is not read. */
async function bytesOf(ask: Ask<unknown>, response: Response, maxBytes: number): Promise<Buffer> {
  const type = response.headers.get('content-type') ?? '';
  const isPdf = /^application\/pdf/i.test(type);
  if (
    /^(?:image|audio|video|font)\/|^application\/zip/i.test(type) ||
    (isPdf && ask.expect !== 'PDF')
  ) {
    await response.body?.cancel();
    throw fault(ask, 'garbled', `sent ${type} instead of ${ask.expect}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    // Leaving the loop closes the connection.
    if (size > maxBytes) {
      throw final(fault(ask, 'garbled', `sent more than ${Math.floor(maxBytes / 1024 / 1024)} MB`));
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The text of a body, in the encoding it declares. */
function textOf(bytes: Buffer, headers: Headers): string {
  const type = headers.get('content-type') ?? '';
  const prolog = /^[^>]*\bencoding=["']([\w-]+)/.exec(bytes.toString('latin1', 0, 200))?.[1];
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? prolog ?? 'utf-8';
  return decoder(charset).decode(bytes);
}

function decoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

function refusal(ask: Ask<unknown>, response: Response): SourceError {
  const { status } = response;
  const wait = retryAfterMs(response);
  const options = { status, ...(wait !== undefined && { retryAfterMs: wait }) };
  if (status === 429) return fault(ask, 'limited', 'asks for fewer requests (429)', options);
  if (status >= 500 || status === 408) {
    return fault(ask, 'broken', `answered with an error (${status})`, options);
  }
  if (status < 400) return fault(ask, 'garbled', `answered ${status} without a body`, options);
  return fault(ask, 'refused', `refused the request (${status})`, options);
}

const DAY = 86_400_000;

/**
 * What `Retry-After` says, in seconds or as a date, else what is left of the window in `RateLimit`.
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
function retryAfterMs({ headers }: Response): number | undefined {
  const after = headers.get('retry-after')?.trim();
  const seconds = after ?? /\bt=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1];
  if (seconds === undefined) return undefined;
  // The server's own clock, since ours may be wrong.
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const ms = /^\d+$/.test(seconds) ? Number(seconds) * 1000 : Date.parse(seconds) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), DAY);
}

function connectionFault(ask: Ask<unknown>, cause: unknown): Error {
  for (let error = cause; error instanceof Error; error = error.cause) {
    if (error instanceof PrivateAddressError)
      return fault(ask, 'refused', error.message, { cause });
  }
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = inner instanceof Error && 'code' in inner ? ` (${String(inner.code)})` : '';
  return fault(ask, 'unreachable', `could not be reached, or broke off${code}`, { cause });
}

function fault(
  ask: Ask<unknown>,
  failure: SourceFailure,
  what: string,
  options: ConstructorParameters<typeof SourceError>[2] = {},
): SourceError {
  return new SourceError(failure, `${ask.url.host} ${what}`, options);
}

/** Asking again at once would bring the same, for much traffic. */
const final = (error: SourceError) => new AbortError(error);
