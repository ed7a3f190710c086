/** The first catalogue as a module that a worker reads papers from. */
import { seedPapers } from '../seed.ts';

export default async function* papers() {
  yield seedPapers.slice(0, 50);
  yield seedPapers.slice(50);
}
