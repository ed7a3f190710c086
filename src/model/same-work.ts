/**
 * Whether two papers are one work. Pure; never decided by the abstract alone.
 *
 * - The same arXiv id, or the same DOI: one work, unless they also carry two different arXiv ids.
 * - Two arXiv ids, or two DOIs, that differ: two works, whatever their titles say.
 * - Else the same normalised title, be it that of an earlier version, when the first authors agree: the same
 *   family name, and initials that do not contradict each other.
 * - Where a side names no author: the same title of at least five words, when the abstracts share half of
 *   their words or a side has none. A short title is too easily another's.
 */
import { normaliseTitle, type Paper, type PaperId, paperIdOf } from './paper.ts';

/** Words a title needs to stand for its work without an author. */
const TELLING_WORDS = 5;
/** Share of the words of both abstracts that both have. */
const ALIKE = 0.5;

/** Every name of a work that is its own: arXiv id and DOI. */
export function strongNames({ id, doi }: Pick<Paper, 'id' | 'doi'>): PaperId[] {
  const names = [id, ...(doi ? [paperIdOf({ doi, title: '' })] : [])];
  return [...new Set(names.filter((name) => !name.startsWith('title:')))];
}

/** The name of a work that others may share. */
export function titleName(work: Pick<Paper, 'title'>): PaperId {
  const name = titleNames.get(work) ?? paperIdOf({ title: work.title });
  titleNames.set(work, name);
  return name;
}

/** A hash costs, and a paper is compared with many. */
const titleNames = new WeakMap<object, PaperId>();

/** The identity of a work with these names: arXiv id, then DOI, then title; the first of its kind. */
export function bestName(names: readonly [PaperId, ...PaperId[]]): PaperId {
  const [first] = names;
  return (
    names.find((name) => name.startsWith('arxiv:')) ??
    names.find((name) => name.startsWith('doi:')) ??
    first
  );
}

/** Whether they are two works for certain: two arXiv ids. */
export function areTwo(a: Paper, b: Paper): boolean {
  return a.id.startsWith('arxiv:') && b.id.startsWith('arxiv:') && a.id !== b.id;
}

/** Whether they have an arXiv id or a DOI in common and are not two for certain. */
export function shareName(a: Paper, b: Paper): boolean {
  const names = strongNames(b);
  return !areTwo(a, b) && strongNames(a).some((name) => names.includes(name));
}

/** `isTitled`: whether b is, or was in another version, known by the title of a; default: is by now. */
export function isSameWork(
  a: Paper,
  b: Paper,
  isTitled: boolean = titleName(a) === titleName(b),
): boolean {
  if (a.id === b.id || shareName(a, b)) return true;
  const isNamed = (paper: Paper, kind: string) =>
    strongNames(paper).some((n) => n.startsWith(kind));
  if (areTwo(a, b) || (isNamed(a, 'doi:') && isNamed(b, 'doi:'))) return false;
  if (!isTitled) return false;
  const [authorA, authorB] = [a.authors[0], b.authors[0]];
  if (authorA && authorB) return isSamePerson(authorA, authorB);
  return normaliseTitle(a.title).split(' ').length >= TELLING_WORDS && isAlike(a, b);
}

/** `Ada Lovelace`, `A. Lovelace` and `Lovelace, Ada` are one; `Bo Lovelace` is another. */
export function isSamePerson(a: string, b: string): boolean {
  const [one, other] = [nameOf(a), nameOf(b)];
  const [short = '', long = ''] = [one.given, other.given].sort((x, y) => x.length - y.length);
  return one.family === other.family && long.startsWith(short);
}

function nameOf(name: string): { family: string; given: string } {
  const [last = '', first] = name.split(',');
  const ordered = first === undefined ? name : `${first} ${last}`;
  const words = normaliseTitle(ordered).split(' ');
  return { family: words.at(-1) ?? '', given: words.length > 1 ? (words[0] ?? '') : '' };
}

function isAlike(a: Paper, b: Paper): boolean {
  const [wordsA, wordsB] = [a, b].map((p) => new Set(normaliseTitle(p.abstract).split(' ')));
  if (!a.abstract.trim() || !b.abstract.trim() || !wordsA || !wordsB) return true;
  return wordsA.intersection(wordsB).size >= ALIKE * wordsA.union(wordsB).size;
}
