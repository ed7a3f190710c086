/** A source that says what a test scripts for each day, in the order of its readings. */
import { Paper } from '../../src/model/paper.ts';
import type { Listing, Page, Source } from '../../src/sources/source.ts';

export type Answer = (signal: AbortSignal) => AsyncIterable<Page>;

export interface Scripted extends Source {
  /** Days in the order they were asked for. */
  asked: string[];
}

const DAY_MS = 86_400_000;

/** Days are UTC days, complete at their end, without announcements on weekends and on `holidays`. */
export function scripted(
  answer: (day: string, nth: number) => Answer,
  { name = 'scripted', holidays = [] as string[] } = {},
): Scripted {
  const asked: string[] = [];
  return {
    name,
    title: 'Scripted',
    asked,
    dayAt: (now) => now.toISOString().slice(0, 10),
    announcement(day) {
      if ([0, 6].includes(new Date(day).getUTCDay()))
        return { announces: false, because: 'weekend' };
      return holidays.includes(day)
        ? { announces: false, because: 'holiday' }
        : { announces: true };
    },
    completeAt: (day) => new Date(Date.parse(day) + DAY_MS),
    list(day, signal) {
      asked.push(day);
      return answer(day, asked.filter((each) => each === day).length)(signal);
    },
  };
}

export function listing(id: string, more: object = {}): Listing {
  const paper = {
    id: `arxiv:${id}`,
    title: `Paper ${id}`,
    abstract: '',
    authors: [],
    categories: [],
  };
  return { paper: Paper.parse({ ...paper, ...more }), kind: 'new' };
}

/** The pages, then what `then` does. */
export function pages(all: readonly Partial<Page>[], then = () => {}): Answer {
  return async function* () {
    for (const page of all) yield { listings: [], flaws: [], ...page };
    then();
  };
}

export const fails = (error: unknown): Answer =>
  pages([], () => {
    throw error;
  });

/** Never answers and does not heed the signal. */
export const hangs: Answer = async function* () {
  await new Promise(() => {});
  yield { listings: [], flaws: [] };
};
