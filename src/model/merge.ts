/**
 * One paper out of what several sources tell of it. Pure.
 *
 * Of each field the paper keeps the value of the source that ranks best in `precedence`; where two rank the
 * same, and where a source corrects itself, the later telling stands. Three rules come before that:
 * 1. Nothing never overwrites something: no `undefined`, no empty text, no empty list.
 * 2. A newer version overwrites what an older one said of the work itself, and an older one says nothing new.
 * 3. A withdrawal stays until a newer version comes without one.
 */
import type { Paper } from './paper.ts';

/** Of each field, the source it is from. Kept beside the paper, never in it. */
export type Provenance = Partial<Record<Field, string>>;

export type Field = Exclude<keyof Paper, 'id' | 'sources'>;

/** A paper as one source tells it. */
export interface Told {
  paper: Paper;
  /**
   * Only `new` makes it new to anybody, and only once; `update` and `withdrawn` tell of what is no news, a
   * `revision` of what only counts where it is known.
   */
  kind: 'new' | 'update' | 'withdrawn' | 'revision';
}

export interface Known {
  paper: Paper;
  from: Provenance;
}

/** What the authors and the publisher answer for; it changes with the version. */
const work = [
  'title',
  'abstract',
  'authors',
  'published',
  'categories',
  'url',
  'doi',
  'version',
  'withdrawn',
  'comment',
] as const satisfies readonly Field[];

const publishers = ['arxiv', 'arxiv-oai', 'biorxiv', 'medrxiv'];
const community = ['huggingface'];
const libraries = ['semantic-scholar'];
const brought = ['feed', 'file', 'page'];

const ofTheWork = [publishers, libraries, community, brought];
const ofTheCommunity = [community, publishers, libraries, brought];
const ofTheLibrary = [libraries, publishers, community, brought];

/** Field → kinds of sources, best first. A kind is a source's name up to its colon; those not named come last. */
const precedence: Readonly<Record<Field, readonly (readonly string[])[]>> = {
  title: ofTheWork,
  abstract: ofTheWork,
  authors: ofTheWork,
  published: ofTheWork,
  categories: ofTheWork,
  url: ofTheWork,
  doi: ofTheWork,
  version: ofTheWork,
  withdrawn: ofTheWork,
  comment: ofTheWork,
  upvotes: ofTheCommunity,
  comments: ofTheCommunity,
  aiSummary: ofTheCommunity,
  keywords: ofTheCommunity,
  code: ofTheCommunity,
  project: ofTheCommunity,
  submitter: ofTheCommunity,
  organisation: ofTheCommunity,
  thumbnail: ofTheCommunity,
  citations: ofTheLibrary,
};

const fields = Object.keys(precedence) as Field[];

/** What is known once a source has told; `known` itself, the same object, when nothing of it changed. */
export function merge(known: Known | undefined, told: Paper, source: string): Known {
  // What has no title only adds to a paper that others told of.
  const named = told.title === '' ? told : { ...told, sources: [source] };
  if (!known) return { paper: named, from: provenanceOf(told, source) };
  return combine(known, named, () => source);
}

/** Two known papers that turn out to be one: the fields of both under the id of the first. */
export function unite(survivor: Known, other: Known): Known {
  return combine(survivor, other.paper, (field) => other.from[field] ?? '');
}

function combine(known: Known, told: Paper, sourceOf: (field: Field) => string): Known {
  const age = compareVersions(told.version, known.paper.version);
  const paper: Record<string, unknown> = { ...known.paper };
  const from = { ...known.from };
  for (const field of fields) {
    const value = told[field];
    const source = sourceOf(field);
    if (isNothing(value) || !isBetter(field, source, known, age)) continue;
    paper[field] = value;
    from[field] = source;
  }
  if (age > 0 && told.withdrawn === undefined) {
    delete paper.withdrawn;
    delete from.withdrawn;
  }
  paper.sources = [...new Set([...(known.paper.sources ?? []), ...(told.sources ?? [])])].sort();
  const combined = { paper: paper as Paper, from };
  return isSame(known, combined) ? known : combined;
}

/** Whether what this source says of a field takes the place of what is known; `age` compares the versions. */
function isBetter(field: Field, source: string, { paper, from }: Known, age: number): boolean {
  const isOfWork = (work as readonly string[]).includes(field);
  // That an older version was withdrawn says nothing of the newer one.
  if (isNothing(paper[field])) return !(age < 0 && field === 'withdrawn');
  if (isOfWork && age !== 0) return age > 0;
  return rank(field, source) <= rank(field, from[field] ?? '');
}

/** 1 when the first is newer, -1 when it is older, 0 when either says nothing of its version. */
function compareVersions(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? 0 : Math.sign(a - b);
}

function rank(field: Field, source: string): number {
  const kind = source.split(':', 1)[0] ?? source;
  const tiers = precedence[field];
  const tier = tiers.findIndex((kinds) => kinds.includes(kind));
  return tier === -1 ? tiers.length : tier;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function provenanceOf(told: Paper, source: string): Provenance {
  return Object.fromEntries(
    fields.filter((field) => !isNothing(told[field])).map((field) => [field, source]),
  );
}

function isSame(a: Known, b: Known): boolean {
  return (
    isEqual(a.paper.sources, b.paper.sources) &&
    fields.every(
      (field) => a.from[field] === b.from[field] && isEqual(a.paper[field], b.paper[field]),
    )
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
