/**
 * The local platform's channels and messages. Every change takes the next number of one counter, in the
 * same transaction: whoever asks for what changed since a number misses nothing, whichever process
 * (the page's server, the terminal) made the change.
 */
import type { Transaction } from 'kysely';
import type { Reply } from '../reply/reply.ts';
import type { Database } from './database.ts';
import type { LocalMessagesTable, Tables } from './tables.ts';

/** What somebody said. */
export type Said = { by: 'you'; text: string } | { by: 'paperboy'; reply: Reply };

export interface Message {
  /** In the order in which messages were made, over all channels. */
  id: number;
  channel: string;
  /** Undefined once it was dismissed. */
  said: Said | undefined;
  /** ISO 8601 instant. */
  createdAt: string;
  editedAt: string | undefined;
  /** The number of its last change. */
  revision: number;
}

export interface MessageStore {
  /** In the order they were made, each with the id of its newest message (0 for none). */
  channels(): Promise<{ name: string; newest: number }[]>;
  hasChannel(name: string): Promise<boolean>;
  /** False when there is one of that name. */
  addChannel(name: string): Promise<boolean>;
  /** Adds a message; with a `key` that was used before it gives that first message instead. */
  add(channel: string, said: Said, key?: string): Promise<Message>;
  get(id: number): Promise<Message | undefined>;
  /** The id of the message that was added with a key. */
  find(channel: string, key: string): Promise<number | undefined>;
  /** Puts another reply in its place; false when there is no such message. */
  edit(id: number, reply: Reply): Promise<boolean>;
  /** Takes what was said away for good; false when there is no such message. */
  dismiss(id: number): Promise<boolean>;
  /** The newest messages older than `before`, oldest first, without the dismissed. */
  page(channel: string, limit: number, before?: number): Promise<Message[]>;
  /** Changes after a revision, in order: new, edited and dismissed messages of all channels. */
  changes(since: number, limit: number): Promise<Message[]>;
  /** The number of the last change. */
  revision(): Promise<number>;
}

export function createMessageStore(db: Database, now: () => Date): MessageStore {
  async function change(id: number, said: Said | null): Promise<boolean> {
    return db.transaction().execute(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('local_messages')
        .set({
          said: said && JSON.stringify(said),
          edited_at: now().toISOString(),
          revision: await nextRevision(tx),
        })
        .where('id', '=', id)
        .where('said', 'is not', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    });
  }

  return {
    async channels() {
      const rows = await db
        .selectFrom('local_channels as c')
        .leftJoin('local_messages as m', (join) =>
          join.onRef('m.channel', '=', 'c.name').on('m.said', 'is not', null),
        )
        .select((eb) => ['c.name', eb.fn.max('m.id').as('newest')])
        .groupBy(['c.name', 'c.created_at'])
        .orderBy('c.created_at')
        .orderBy('c.name')
        .execute();
      return rows.map(({ name, newest }) => ({ name, newest: newest ?? 0 }));
    },

    async hasChannel(name) {
      const row = await db
        .selectFrom('local_channels')
        .select('name')
        .where('name', '=', name)
        .executeTakeFirst();
      return row !== undefined;
    },

    async addChannel(name) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('local_channels')
        .values({ name, created_at: now().toISOString() })
        .onConflict((c) => c.column('name').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async add(channel, said, key) {
      return db.transaction().execute(async (tx) => {
        const id = await nextRevision(tx);
        const added = await tx
          .insertInto('local_messages')
          .values({
            id,
            channel,
            said: JSON.stringify(said),
            key: key ?? null,
            created_at: now().toISOString(),
            edited_at: null,
            revision: id,
          })
          .onConflict((c) => c.column('key').doNothing())
          .returningAll()
          .executeTakeFirst();
        const row =
          added ??
          (await tx
            .selectFrom('local_messages')
            .selectAll()
            .where('key', '=', key ?? null)
            .executeTakeFirstOrThrow());
        return messageOf(row);
      });
    },

    async get(id) {
      const row = await db
        .selectFrom('local_messages')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && messageOf(row);
    },

    async find(channel, key) {
      const row = await db
        .selectFrom('local_messages')
        .select('id')
        .where('channel', '=', channel)
        .where('key', '=', key)
        .executeTakeFirst();
      return row?.id;
    },

    edit: (id, reply) => change(id, { by: 'paperboy', reply }),
    dismiss: (id) => change(id, null),

    async page(channel, limit, before) {
      const rows = await db
        .selectFrom('local_messages')
        .selectAll()
        .where('channel', '=', channel)
        .where('said', 'is not', null)
        .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.reverse().map(messageOf);
    },

    async changes(since, limit) {
      const rows = await db
        .selectFrom('local_messages')
        .selectAll()
        .where('revision', '>', since)
        .orderBy('revision')
        .limit(limit)
        .execute();
      return rows.map(messageOf);
    },

    async revision() {
      const { value } = await db
        .selectFrom('local_revision')
        .select('value')
        .executeTakeFirstOrThrow();
      return value;
    },
  };
}

/** The next number; the counter's row stays locked until the transaction ends, so numbers commit in order. */
async function nextRevision(tx: Transaction<Tables>): Promise<number> {
  const { value } = await tx
    .updateTable('local_revision')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

function messageOf(row: LocalMessagesTable): Message {
  return {
    id: row.id,
    channel: row.channel,
    // Only this file writes the column.
    said: row.said === null ? undefined : (JSON.parse(row.said) as Said),
    createdAt: row.created_at,
    editedAt: row.edited_at ?? undefined,
    revision: row.revision,
  };
}
