/** What the sources brought: more facts of a paper, the names it goes by, days, choices and turns. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { titleName } from '../model/same-work.ts';

export const sources: Migration = {
  async up(db) {
    await db.schema
      .alterTable('papers')
      .addColumn('facts', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute();
    await db.schema
      .alterTable('papers')
      .addColumn('provenance', 'text', (c) => c.notNull().defaultTo('{}'))
      .execute();
    await db.schema
      .alterTable('papers')
      .addColumn('revision', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createIndex('papers_revision')
      .on('papers')
      .columns(['revision', 'id'])
      .execute();
    await db.schema
      .alterTable('channels')
      .addColumn('silence', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('editions').addColumn('submission', 'text').execute();
    await db.schema
      .createTable('aliases')
      .addColumn('alias', 'text', (c) => c.notNull())
      .addColumn('paper', 'text', (c) => c.notNull())
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('aliases_pk', ['alias', 'paper'])
      .execute();
    await db.schema.createIndex('aliases_paper').on('aliases').column('paper').execute();
    await db.schema.createIndex('aliases_revision').on('aliases').column('revision').execute();
    await db.schema
      .createTable('catalogue_revision')
      .addColumn('value', 'integer', (c) => c.notNull())
      .execute();
    await sql`insert into catalogue_revision (value) values (0)`.execute(db);
    await db.schema
      .createTable('source_days')
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('because', 'text')
      .addColumn('expected', 'integer')
      .addColumn('received', 'integer', (c) => c.notNull())
      .addColumn('flaws', 'integer', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('since', 'text')
      .addColumn('retry_at', 'text')
      .addColumn('error', 'text')
      .addColumn('fingerprint', 'text')
      .addColumn('read_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('source_days_pk', ['source', 'day'])
      .execute();
    await db.schema
      .createTable('source_choices')
      .addColumn('source', 'text', (c) => c.primaryKey())
      .addColumn('is_on', 'integer', (c) => c.notNull())
      .addColumn('chosen_by', 'text', (c) => c.notNull())
      .addColumn('chosen_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('turns')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .addColumn('holder', 'text')
      .addColumn('held_until', 'double precision', (c) => c.notNull())
      .addColumn('free_at', 'double precision', (c) => c.notNull())
      .execute();
    await nameKnownPapers(db);
  },
};

type Before = {
  papers: { id: string; title: string };
  aliases: { alias: string; paper: string; revision: number };
};

/** Papers stored before there were aliases get theirs: their identity and their title. */
async function nameKnownPapers(any: Kysely<unknown>): Promise<void> {
  const db = any.withTables<Before>();
  for (let after = ''; ; ) {
    const papers = await db
      .selectFrom('papers')
      .select(['id', 'title'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(1_000)
      .execute();
    const last = papers.at(-1);
    if (!last) return;
    after = last.id;
    const names = papers.flatMap(({ id, title }) =>
      [...new Set([id, titleName({ title })])].map((alias) => ({ alias, paper: id, revision: 0 })),
    );
    await db.insertInto('aliases').values(names).execute();
  }
}
