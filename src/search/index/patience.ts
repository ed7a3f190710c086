/**
 * Papers that a search reads word by word, for phrases: some thousands at once. Where there are more, the search is
 * given up, they are read in slices, and it begins again, knowing them. So common words hold nobody up.
 */
import { setImmediate as breath } from 'node:timers/promises';
import { atOnce, sliced } from '../../sliced.ts';
import { Bitset } from './bitset.ts';
import { type Papers, those } from './paper-lists.ts';
import type { Shelf } from './shelf.ts';

/** Papers read in one turn, some milliseconds of work. */
const AT_ONCE = 4_000;

type Test = (paper: number) => boolean;

/** What is known of a shelf's papers by one test. */
interface Verdicts {
  read: Bitset;
  passed: Bitset;
}

/** Ends an attempt that has more to read than comes in one turn. */
class Unread extends Error {
  readonly reading: Generator<undefined, void>;

  constructor(reading: Generator<undefined, void>) {
    super('There are more papers to read than in one turn');
    this.reading = reading;
  }
}

/** One attempt at a search; nothing else happens in its turn, so the one under way is known here. */
interface Attempt {
  /** Papers that it may still read. */
  left: number;
  known: Map<Shelf, Map<string, Verdicts>>;
}
let attempt: Attempt | undefined;

/** What a search comes to that may have much to read; throws what it throws. */
export async function patiently<Result>(search: () => Result): Promise<Result> {
  const known: Attempt['known'] = new Map();
  for (;;) {
    const ended = attempted(search, known);
    if ('result' in ended) return ended.result;
    await sliced(ended.reading);
    // The next attempt may read as much again.
    await breath();
  }
}

function attempted<Result>(search: () => Result, known: Attempt['known']) {
  attempt = { left: AT_ONCE, known };
  try {
    return { result: search() };
  } catch (error) {
    if (error instanceof Unread) return { reading: error.reading };
    throw error;
  } finally {
    attempt = undefined;
  }
}

/**
 * Those of some papers of a shelf that pass a test, which goes by a name of its own; written over the list. Reads
 * them all at once but in what is done `patiently`.
 */
export function passing(papers: Papers, test: Test, shelf: Shelf, name: string): Papers {
  if (!attempt) return those(papers, test);
  // Most searches end with their first attempt, and need to remember nothing.
  if (!attempt.known.size && papers.length <= attempt.left) {
    attempt.left -= papers.length;
    return those(papers, test);
  }
  const verdicts = attempt.known.get(shelf)?.get(name) ?? begun(shelf, name, attempt);
  const unread = papers.filter((paper) => !verdicts.read.has(paper));
  const reading = read(unread, test, verdicts);
  if (unread.length > attempt.left) throw new Unread(reading);
  attempt.left -= unread.length;
  atOnce(reading);
  return those(papers, (paper) => verdicts.passed.has(paper));
}

function begun(shelf: Shelf, name: string, { known }: Attempt): Verdicts {
  const size = shelf.segment.keys.length;
  const verdicts = { read: new Bitset(size), passed: new Bitset(size) };
  const ofShelf = known.get(shelf) ?? new Map<string, Verdicts>();
  known.set(shelf, ofShelf.set(name, verdicts));
  return verdicts;
}

function* read(papers: Papers, test: Test, verdicts: Verdicts): Generator<undefined, void> {
  for (const [i, paper] of papers.entries()) {
    verdicts.read.add(paper);
    if (test(paper)) verdicts.passed.add(paper);
    if (i % 1_000 === 999) yield;
  }
}
