/** Every change of the tables, in order; each runs once, at start, under Kysely's own lock. */
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { answers } from './migration-answers.ts';
import { buttons } from './migration-buttons.ts';
import { cargo } from './migration-cargo.ts';
import { channelSettings } from './migration-channel-settings.ts';
import { delivery } from './migration-delivery.ts';
import { editionsSlot } from './migration-editions-slot.ts';
import { fullText } from './migration-full-text.ts';
import { imports } from './migration-imports.ts';
import { modelUse } from './migration-model-use.ts';
import { owners } from './migration-owners.ts';
import { reasons } from './migration-reasons.ts';
import { related } from './migration-related.ts';
import { search } from './migration-search.ts';
import { seen } from './migration-seen.ts';
import { signals } from './migration-signals.ts';
import { signalsChannel } from './migration-signals-channel.ts';
import { sources } from './migration-sources.ts';
import { vectors } from './migration-vectors.ts';

const migrations: Record<string, Migration> = {
  '2026-11-23-first': {
    async up(db) {
      await db.schema
        .createTable('papers')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('abstract', 'text', (c) => c.notNull())
        .addColumn('authors', 'text', (c) => c.notNull())
        .addColumn('published', 'text')
        .addColumn('categories', 'text', (c) => c.notNull())
        .addColumn('upvotes', 'integer')
        .addColumn('url', 'text')
        .addColumn('thumbnail', 'text')
        .addColumn('added_at', 'text', (c) => c.notNull())
        .execute();
      await db.schema.createIndex('papers_added_at').on('papers').column('added_at').execute();
      await db.schema
        .createTable('channels')
        .addColumn('channel', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('on_days', 'text', (c) => c.notNull())
        .addColumn('timezone', 'text', (c) => c.notNull())
        .addColumn('top', 'integer', (c) => c.notNull())
        .addColumn('since', 'text', (c) => c.notNull())
        .addColumn('paused', 'text')
        .execute();
      await db.schema
        .createTable('subscriptions')
        .addColumn('channel', 'text', (c) => c.notNull().references('channels.channel'))
        .addColumn('topic', 'text', (c) => c.notNull())
        .addColumn('query', 'text', (c) => c.notNull())
        .addColumn('top', 'integer')
        .addColumn('min_upvotes', 'integer')
        .addColumn('owner', 'text', (c) => c.notNull())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('subscriptions_pk', ['channel', 'topic'])
        .execute();
      await db.schema
        .createTable('editions')
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('slot', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('reason', 'text')
        .addColumn('retry_at', 'text')
        .addColumn('messages', 'text', (c) => c.notNull())
        .addColumn('papers', 'text', (c) => c.notNull())
        .addColumn('attempts', 'integer', (c) => c.notNull())
        .addColumn('updated_at', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('editions_pk', ['channel', 'slot'])
        .execute();
      await db.schema.createIndex('editions_state').on('editions').column('state').execute();
      await db.schema
        .createTable('seen')
        .addColumn('channel', 'text', (c) => c.notNull())
        .addColumn('paper', 'text', (c) => c.notNull())
        .addColumn('slot', 'text', (c) => c.notNull())
        .addColumn('message', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('seen_pk', ['channel', 'paper'])
        .execute();
      await db.schema
        .createTable('buttons')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('line', 'text', (c) => c.notNull())
        .execute();
    },
  },
  '2026-11-23-local-page': {
    async up(db) {
      await db.schema
        .createTable('local_channels')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('local_messages')
        .addColumn('id', 'integer', (c) => c.primaryKey())
        .addColumn('channel', 'text', (c) => c.notNull().references('local_channels.name'))
        .addColumn('said', 'text')
        .addColumn('key', 'text', (c) => c.unique())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addColumn('edited_at', 'text')
        .addColumn('revision', 'integer', (c) => c.notNull().unique())
        .execute();
      await db.schema
        .createIndex('local_messages_channel')
        .on('local_messages')
        .columns(['channel', 'id'])
        .execute();
      await db.schema
        .createTable('local_revision')
        .addColumn('value', 'integer', (c) => c.notNull())
        .execute();
      await sql`insert into local_revision (value) values (0)`.execute(db);
      // Older than any other, whatever a clock says: channels are listed by age.
      await sql`insert into local_channels (name, created_at) values ('general', '1970-01-01T00:00:00.000Z')`.execute(
        db,
      );
    },
  },
  '2026-11-24-sources': sources,
  '2026-11-25-full-text': fullText,
  '2026-11-25-vectors': vectors,
  '2026-11-25-channel-settings': channelSettings,
  '2026-11-25-delivery': delivery,
  '2026-11-25-reasons': reasons,
  '2026-11-25-answers': answers,
  '2026-11-25-model-use': modelUse,
  '2026-11-25-search': search,
  '2026-11-25-signals': signals,
  '2026-11-25-signals-channel': signalsChannel,
  '2026-11-25-related': related,
  '2026-11-25-owners': owners,
  '2026-11-25-cargo': cargo,
  '2026-11-30-buttons': buttons,
  '2026-11-30-imports': imports,
  '2026-11-30-seen': seen,
  '2026-11-30-editions-slot': editionsSlot,
};

/** Brings the tables up to date; throws what the engine says when it cannot. */
export async function migrate<Tables>(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // Branches bring theirs in whatever order they are merged; what one builds on comes before it by name.
    allowUnorderedMigrations: true,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
