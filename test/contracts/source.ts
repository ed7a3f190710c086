/** What every source owes the house, over the wire: one suite, run against each. */
import { describe, expect, it } from 'vitest';
import { Paper } from '../../src/model/paper.ts';
import { createHttp, type Http } from '../../src/sources/http.ts';
import { type Page, type Source, SourceError } from '../../src/sources/source.ts';
import type { FaultKind } from '../fakes/sources/faults.ts';
import { type SourcesFake, startSources } from '../fakes/sources/server.ts';

export interface SourceCase {
  open(url: string, http: Http): Source;
  /** The day of the recording. */
  day: string;
  /** Serves the recording, of which `papers` are listed. */
  serve(fake: SourcesFake): void;
  papers: number;
  /** Serves the recording with one item that is no paper, which has this id or place. */
  serveFlawed(fake: SourcesFake): string;
  /** Serves a day without papers. */
  serveEmpty(fake: SourcesFake): void;
  format: 'JSON' | 'XML';
}

/** Waits that a test has time for. */
export const quick = { firstWaitMs: 1, longestWaitMs: 50, timeoutMs: 5_000 };

export const never = new AbortController().signal;

export async function pagesOf(source: Source, day: string, signal = never): Promise<Page[]> {
  return Array.fromAsync(source.list(day, signal));
}

export const papersIn = (pages: Page[]) =>
  pages.flatMap(({ listings }) => listings).map(({ paper }) => paper);

export function sourceContract(name: string, test: SourceCase): void {
  const open = async (settings: Parameters<typeof createHttp>[0] = quick) => {
    const fake = await startSources();
    test.serve(fake);
    return { fake, source: test.open(fake.url, createHttp(settings)) };
  };
  const failureOf = async (source: Source) => {
    const error = await pagesOf(source, test.day).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SourceError);
    return error as SourceError;
  };

  describe(`${name} as a source`, () => {
    it('gives the papers of a day, each whole and once', async () => {
      const { source } = await open();
      const pages = await pagesOf(source, test.day);
      const papers = papersIn(pages);
      expect(papers).toHaveLength(test.papers);
      expect(new Set(papers.map(({ id }) => id)).size).toBe(test.papers);
      for (const paper of papers) expect(Paper.parse(paper)).toEqual(paper);
      expect(pages.flatMap(({ flaws }) => flaws)).toEqual([]);
    });

    it.each<FaultKind>(['429', '500', '503', 'html', 'cut', 'truncated'])(
      'asks again after %s, and loses nothing',
      async (kind) => {
        const { fake, source } = await open();
        fake.faults.add({ kind });
        expect(papersIn(await pagesOf(source, test.day))).toHaveLength(test.papers);
      },
    );

    it.each<[FaultKind, SourceError['failure']]>([
      ['429', 'limited'],
      ['500', 'broken'],
      ['503', 'broken'],
      ['html', 'garbled'],
      ['cut', 'unreachable'],
      ['truncated', 'garbled'],
      ['loop', 'garbled'],
    ])('says what kept it from reading: %s is %s', async (kind, failure) => {
      const { fake, source } = await open();
      fake.faults.add({ kind, times: Infinity });
      expect(await failureOf(source)).toMatchObject({ failure });
    });

    it('passes on how long it was asked to wait', async () => {
      const { fake, source } = await open();
      fake.faults.add({ kind: '429', retryAfter: 120 });
      expect(await failureOf(source)).toMatchObject({ failure: 'limited', retryAfterMs: 120_000 });
      expect(fake.requests).toHaveLength(1);
    });

    it('gives up on an answer that does not come', async () => {
      const { fake, source } = await open({ ...quick, timeoutMs: 100, retries: 1 });
      fake.faults.add({ kind: 'hang', times: Infinity });
      expect(await failureOf(source)).toMatchObject({ failure: 'unreachable' });
      expect(fake.requests).toHaveLength(2);
    });

    it('reads no more than its limit of 100 MB, and does not ask for them twice', async () => {
      const { fake, source } = await open();
      fake.faults.add({ kind: 'huge', times: Infinity });
      expect(await failureOf(source)).toMatchObject({ failure: 'garbled' });
      expect(fake.requests).toHaveLength(1);
      await expect.poll(() => fake.sent()).toBeGreaterThan(0);
      expect(fake.sent()).toBeLessThan(40 * 1024 * 1024);
    });

    it('keeps an item that is no paper out, names it, and keeps the others', async () => {
      const { fake, source } = await open();
      const item = test.serveFlawed(fake);
      const pages = await pagesOf(source, test.day);
      expect(papersIn(pages)).toHaveLength(test.papers - 1);
      expect(pages.flatMap(({ flaws }) => flaws)).toEqual([
        { item, reason: expect.stringMatching(/\w/) },
      ]);
    });

    it('takes a day without papers for what it is', async () => {
      const { fake, source } = await open();
      test.serveEmpty(fake);
      expect(papersIn(await pagesOf(source, test.day))).toEqual([]);
    });

    it('stops when it is told to, with the reason it was given', async () => {
      const { fake, source } = await open();
      fake.faults.add({ kind: 'hang', times: Infinity });
      const stop = new AbortController();
      const reading = pagesOf(source, test.day, stop.signal);
      const reason = new Error('enough');
      setTimeout(() => stop.abort(reason), 50);
      await expect(reading).rejects.toBe(reason);
    });

    it.runIf(test.format === 'XML')('lets no entity bomb go off', async () => {
      const { fake, source } = await open();
      fake.faults.add({ kind: 'bomb', times: Infinity });
      expect(await failureOf(source)).toMatchObject({ failure: 'garbled' });
    });

    it('comes to its day before that is complete, and never goes back', async () => {
      const { source } = await open();
      const complete = source.completeAt(test.day).getTime();
      const hours = Array.from(
        { length: 24 * 14 },
        (_, hour) => complete + (hour - 48) * 3_600_000,
      );
      const days = hours.map((at) => source.dayAt(new Date(at)));
      expect(hours[days.indexOf(test.day)]).toBeLessThan(complete);
      expect(days).toEqual([...days].sort());
      expect(new Set(days).size).toBeGreaterThanOrEqual(14);
    });
  });
}
