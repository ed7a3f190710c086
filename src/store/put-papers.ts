/** Brings what a source tells into the papers, in one transaction: one row a work, whatever it is called. */
import { setImmediate as breath } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import { type Known, merge, type Told, unite } from '../model/merge.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import {
  areTwo,
  bestName,
  isSameWork,
  shareName,
  strongNames,
  titleName,
} from '../model/same-work.ts';
import { knownOf, toRow } from './paper-rows.ts';
import type { Tables } from './tables.ts';

export type Outcome = 'added' | 'changed' | 'unchanged';

export interface Put {
  /** One for each paper told, in order, with the identity it has now. */
  outcomes: { id: PaperId; outcome: Outcome }[];
  /** Papers that are new or differ, as they are known now. */
  changed: Paper[];
  /** Identities that turned out to be another paper's. */
  gone: PaperId[];
  /** Number of this change of the catalogue. */
  revision: number;
}

/** Known, but nobody announced it as new: before every instant. */
const NEVER = '';

interface Row {
  known: Known;
  /** When it was first announced as new, or NEVER. */
  addedAt: string;
}

export async function putPapers(
  tx: Transaction<Tables>,
  told: readonly Told[],
  { source, now }: { source: string; now: string },
): Promise<Put> {
  // First, because the counter's row stays locked: nobody else changes papers until this is done.
  const { value: revision } = await tx
    .updateTable('catalogue_revision')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .returning('value')
    .executeTakeFirstOrThrow();
  const { rows, aliases } = await load(tx, told);
  // The transaction stays open; what does not need the database goes on between its parts.
  await breath();
  const dirty = new Set<PaperId>();
  const moved = new Map<PaperId, PaperId>();
  const outcomes = told.map(({ paper, kind }): Put['outcomes'][number] => {
    const [first, ...others] = sameWorks(paper, rows, aliases);
    if (!first && kind === 'revision') return { id: paper.id, outcome: 'unchanged' };
    const before = first && others.reduce(joined, first);
    const stated = kind === 'withdrawn' ? { withdrawn: 'withdrawn', ...paper } : paper;
    const { known, id } = named(merge(before?.known, stated, source), paper.id);
    for (const name of namesOf(paper)) addTo(aliases, name, id);
    const addedAt = (before?.addedAt ?? NEVER) || (kind === 'new' ? now : NEVER);
    const isSame = known === first?.known && addedAt === first.addedAt && !others.length;
    if (isSame) return { id, outcome: 'unchanged' };
    for (const old of first ? [first, ...others].map(idOf) : []) {
      if (old === id) continue;
      rows.delete(old);
      dirty.delete(old);
      moved.set(old, id);
    }
    rows.set(id, { known, addedAt });
    dirty.add(id);
    return { id, outcome: first ? 'changed' : 'added' };
  });
  const changed = [...dirty].flatMap((id) => rows.get(id) ?? []);
  for (const [old, id] of moved) await move(tx, old, id, revision);
  await breath();
  await save(tx, changed, revision);
  return {
    outcomes,
    changed: changed.map(({ known }) => known.paper),
    gone: [...moved.keys()],
    revision,
  };
}

/** Under the better of the identity it has and the one it is told by. */
function named(known: Known, told: PaperId): { known: Known; id: PaperId } {
  const id = bestName([known.paper.id, told]);
  return { known: known.paper.id === id ? known : { ...known, paper: { ...known.paper, id } }, id };
}

const idOf = ({ known }: Row) => known.paper.id;
const namesOf = (paper: Paper) => [...new Set([...strongNames(paper), paper.id, titleName(paper)])];

/** Known papers that any of those told might be, with all their names. */
async function load(tx: Transaction<Tables>, told: readonly Told[]) {
  const names = [...new Set(told.flatMap(({ paper }) => namesOf(paper)))];
  const found = await tx
    .selectFrom('aliases')
    .select(['alias', 'paper'])
    .where('alias', 'in', names)
    .execute();
  const aliases = new Map<string, Set<string>>();
  for (const { alias, paper } of found) addTo(aliases, alias, paper);
  const ids = [...new Set(found.map(({ paper }) => paper))];
  const known = ids.length
    ? await tx.selectFrom('papers').selectAll().where('id', 'in', ids).execute()
    : [];
  const rows = new Map(
    known.map((row) => [row.id, { known: knownOf(row), addedAt: row.added_at } satisfies Row]),
  );
  return { rows, aliases };
}

/** The known papers this one is: by a name of its own, else by its title when that fits only one. */
function sameWorks(
  paper: Paper,
  rows: ReadonlyMap<string, Row>,
  aliases: ReadonlyMap<string, ReadonlySet<string>>,
): Row[] {
  const ids = new Set(namesOf(paper).flatMap((name) => [...(aliases.get(name) ?? [])]));
  const titled = aliases.get(titleName(paper));
  const same = [...ids]
    .flatMap((id) => rows.get(id) ?? [])
    .filter((row) => isSameWork(paper, row.known.paper, titled?.has(idOf(row))))
    .sort(byAge);
  const own = same.filter(
    ({ known }) => known.paper.id === paper.id || shareName(paper, known.paper),
  );
  const isSplit = own.some((a) => own.some((b) => areTwo(a.known.paper, b.known.paper)));
  if (own.length) return isSplit ? own.slice(0, 1) : own;
  return same.length === 1 ? same : [];
}

const byAge = (a: Row, b: Row) => compare(a.addedAt, b.addedAt) || compare(idOf(a), idOf(b));
const min = (a: string, b: string) => (a < b ? a : b);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Two rows of one work: the facts of both, as old as the older. */
function joined(a: Row, b: Row): Row {
  const best = bestName([idOf(a), idOf(b)]);
  const [survivor, other] = best === idOf(a) ? [a, b] : [b, a];
  return {
    known: unite(survivor.known, other.known),
    addedAt: a.addedAt && b.addedAt ? min(a.addedAt, b.addedAt) : a.addedAt || b.addedAt,
  };
}

async function save(
  tx: Transaction<Tables>,
  rows: readonly Row[],
  revision: number,
): Promise<void> {
  if (!rows.length) return;
  await tx
    .insertInto('papers')
    .values(rows.map(({ known, addedAt }) => toRow(known, { addedAt, revision })))
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet((eb) =>
          Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)])),
        ),
    )
    .execute();
  await tx
    .insertInto('aliases')
    .values(
      rows.flatMap(({ known: { paper } }) =>
        namesOf(paper).map((alias) => ({ alias, paper: paper.id, revision })),
      ),
    )
    .onConflict((c) => c.columns(['alias', 'paper']).doNothing())
    .execute();
}

const columns = [
  'title',
  'abstract',
  'authors',
  'published',
  'categories',
  'upvotes',
  'url',
  'thumbnail',
  'added_at',
  'facts',
  'provenance',
  'revision',
] as const;

/** Everything that was said and done under one identity now counts for another. */
async function move(
  tx: Transaction<Tables>,
  old: PaperId,
  id: PaperId,
  revision: number,
): Promise<void> {
  await tx
    .insertInto('aliases')
    .columns(['alias', 'paper', 'revision'])
    .expression((eb) =>
      eb
        .selectFrom('aliases')
        .select(['alias', eb.val(id).as('paper'), eb.val(revision).as('revision')])
        .where('paper', '=', old),
    )
    .onConflict((c) => c.columns(['alias', 'paper']).doUpdateSet({ revision }))
    .execute();
  await tx.deleteFrom('aliases').where('paper', '=', old).execute();
  await tx
    .insertInto('seen')
    .columns(['channel', 'paper', 'slot', 'message'])
    .expression((eb) =>
      eb
        .selectFrom('seen')
        .select(['channel', eb.val(id).as('paper'), 'slot', 'message'])
        .where('paper', '=', old),
    )
    .onConflict((c) => c.columns(['channel', 'paper']).doNothing())
    .execute();
  await tx.deleteFrom('seen').where('paper', '=', old).execute();
  await tx
    .insertInto('signals')
    .columns(['channel', 'person', 'paper', 'kind', 'created_at'])
    .expression((eb) =>
      eb
        .selectFrom('signals')
        .select(['channel', 'person', eb.val(id).as('paper'), 'kind', 'created_at'])
        .where('paper', '=', old),
    )
    .onConflict((c) => c.columns(['person', 'channel', 'paper', 'kind']).doNothing())
    .execute();
  await tx.deleteFrom('signals').where('paper', '=', old).execute();
  await moveFullText(tx, old, id);
  // An edition that is under way, or may be again, marks what its row says as seen; all others are history.
  await tx
    .updateTable('editions')
    .set(({ fn, val }) => ({
      papers: fn('replace', ['papers', val(`"${old}"`), val(`"${id}"`)]),
      cargo: fn('replace', ['cargo', val(`"${old}"`), val(`"${id}"`)]),
    }))
    .where('state', 'in', ['planned', 'sending', 'failed', 'rejected', 'skipped'])
    .where('papers', 'like', `%"${old}"%`)
    .execute();
  await tx.deleteFrom('papers').where('id', '=', old).execute();
}

/** The text read under the better identity stays where there are two; vectors are made anew. */
async function moveFullText(tx: Transaction<Tables>, old: PaperId, id: PaperId): Promise<void> {
  const has = await tx
    .selectFrom('full_texts')
    .select('paper')
    .where('paper', '=', id)
    .executeTakeFirst();
  await tx.deleteFrom('vectors').where('paper', '=', old).execute();
  for (const table of ['full_texts', 'sections'] as const) {
    if (has) await tx.deleteFrom(table).where('paper', '=', old).execute();
    else await tx.updateTable(table).set({ paper: id }).where('paper', '=', old).execute();
  }
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}
