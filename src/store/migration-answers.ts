/** Answers, where a channel wants them, what people said of them, and the messages that were heard. */
import type { Migration } from 'kysely/migration';

export const answers: Migration = {
  async up(db) {
    await db.schema.alterTable('channels').addColumn('answers', 'text').execute();
    await db.schema
      .createTable('answers')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('channel', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('plain_question', 'text', (c) => c.notNull())
      .addColumn('paper', 'text', (c) => c.notNull())
      .addColumn('topic', 'text', (c) => c.notNull())
      .addColumn('papers', 'text', (c) => c.notNull())
      .addColumn('is_answered', 'integer', (c) => c.notNull())
      .addColumn('asked_by', 'text', (c) => c.notNull())
      .addColumn('asked_at', 'text', (c) => c.notNull())
      .addColumn('message', 'text')
      .addColumn('thread', 'text')
      .execute();
    await db.schema.createIndex('answers_thread').on('answers').column('thread').execute();
    await db.schema
      .createIndex('answers_channel')
      .on('answers')
      .columns(['channel', 'asked_at'])
      .execute();
    await db.schema
      .createTable('answer_signals')
      .addColumn('answer', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('signal', 'text', (c) => c.notNull())
      .addColumn('given_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('answer_signals_pk', ['answer', 'person'])
      .execute();
    await db.schema
      .createTable('heard')
      .addColumn('event', 'text', (c) => c.primaryKey())
      .addColumn('heard_at', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('heard_at').on('heard').column('heard_at').execute();
  },
};
