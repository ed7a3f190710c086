/** Long work in short slices, so that the process goes on answering. */
import { setImmediate as breath } from 'node:timers/promises';

/** Milliseconds of work between two breaths. */
const SLICE_MS = 3;

/** Runs work that pauses where it yields; gives its result. */
export async function sliced<Result>(work: Generator<undefined, Result>): Promise<Result> {
  for (let started = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - started < SLICE_MS) continue;
    await breath();
    started = performance.now();
  }
}

/** Runs it in one go. */
export function atOnce<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
