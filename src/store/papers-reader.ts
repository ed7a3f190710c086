/** Every paper of a database, for a thread that has no connection of its own. */
import type { Paper } from '../model/paper.ts';
import { connect, type Location } from './database.ts';
import { createPaperStore } from './papers.ts';

/** Rows of one statement: nobody waits for this thread. */
const BATCH = 2_000;

export default async function* readPapers(location: unknown): AsyncGenerator<Paper[]> {
  // Whoever starts the thread gives a Location, whose tables are up to date.
  const db = connect(location as Location);
  try {
    yield* createPaperStore(db).batches(BATCH);
  } finally {
    await db.destroy();
  }
}
