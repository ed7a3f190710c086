/** How a query that cannot be read is answered: one sentence, with the place and a right example. */
import { UserError } from '../errors.ts';

/** Throws; `at` is a UTF-16 offset into the query, told as people count: from 1, in whole characters. */
export function complain(query: string, at: number, problem: string, example: string): never {
  const place = [...query.slice(0, at)].length + 1;
  throw new UserError(`Character ${place}: ${problem}; for example: ${example}`);
}

/** A piece of what was typed, short enough to stand inside a sentence. */
export function quoted(text: string): string {
  const characters = [...text];
  return `“${characters.length > 24 ? `${characters.slice(0, 23).join('')}…` : text}”`;
}
