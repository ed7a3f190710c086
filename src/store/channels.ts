/** What channels asked for: their settings and subscriptions. */
import type { ChannelRef } from '../model/channel.ts';
import { ChannelSettings } from '../model/settings.ts';
import { Subscription } from '../model/subscription.ts';
import type { Database } from './database.ts';
import type { ChannelsTable, SubscriptionsTable } from './tables.ts';

/** A look at the papers that were new to a channel, by an edition that was brought to an end. Instants, ISO 8601. */
export interface Look {
  at: string;
  /** Papers first known before it were looked at, sooner or later. */
  to: string;
}

export interface ChannelStore {
  settings(channel: ChannelRef): Promise<ChannelSettings | undefined>;
  putSettings(settings: ChannelSettings): Promise<void>;
  /** The last look of an edition at the new papers; undefined before the first. */
  looked(channel: ChannelRef): Promise<Look | undefined>;
  /** Channels with a subscription that are not paused, in batches. */
  active(): AsyncGenerator<ChannelSettings[]>;
  /** In the order they were made. */
  subscriptions(channel: ChannelRef): Promise<Subscription[]>;
  /** The same of many channels; those that follow nothing are not in it. */
  subscriptionsOf(channels: readonly ChannelRef[]): Promise<Map<ChannelRef, Subscription[]>>;
  /** Adds, or replaces the one of the same topic. The channel's settings must be there. */
  putSubscription(subscription: Subscription): Promise<void>;
  /** Settings and subscriptions instead of all that were there: both, or nothing when it fails. */
  replace(settings: ChannelSettings, subscriptions: readonly Subscription[]): Promise<void>;
  /** Makes somebody the owner of all these subscriptions of a channel. */
  handOver(
    channel: ChannelRef,
    topics: readonly string[],
    to: { id: string; name?: string | undefined },
  ): Promise<void>;
  /** False when there was none. */
  removeSubscription(channel: ChannelRef, topic: string): Promise<boolean>;
}

/** Channels read at once. */
const BATCH = 200;

export function createChannelStore(db: Database): ChannelStore {
  return {
    async settings(channel) {
      const row = await db
        .selectFrom('channels')
        .selectAll()
        .where('channel', '=', channel)
        .executeTakeFirst();
      return row && settingsOf(row);
    },
    async putSettings(settings) {
      const { channel, name, schedule, since, paused } = settings;
      const row = {
        name,
        at: schedule.at,
        on_days: JSON.stringify(schedule.on),
        frequency: schedule.frequency,
        timezone: schedule.timezone,
        top: schedule.top,
        min_upvotes: settings.minUpvotes ?? null,
        delay_hours: settings.delayHours ?? null,
        empty: settings.empty ?? null,
        layout: settings.layout ?? null,
        answers: settings.answers ?? null,
        since,
        paused: paused ?? null,
      };
      await db
        .insertInto('channels')
        .values({ channel, ...row })
        .onConflict((c) => c.column('channel').doUpdateSet(row))
        .execute();
    },
    async looked(channel) {
      const row = await db
        .selectFrom('channels')
        .select(['looked_at', 'looked_to'])
        .where('channel', '=', channel)
        .executeTakeFirst();
      if (!row?.looked_at || !row.looked_to) return undefined;
      return { at: row.looked_at, to: row.looked_to };
    },
    async *active() {
      let after = '';
      for (;;) {
        const rows = await db
          .selectFrom('channels')
          .selectAll()
          .where('channel', '>', after)
          .where('paused', 'is', null)
          .where(({ exists, selectFrom }) =>
            exists(
              selectFrom('subscriptions')
                .select('topic')
                .whereRef('subscriptions.channel', '=', 'channels.channel'),
            ),
          )
          .orderBy('channel')
          .limit(BATCH)
          .execute();
        const last = rows.at(-1);
        if (!last) return;
        after = last.channel;
        yield rows.map(settingsOf);
      }
    },
    async subscriptions(channel) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('channel', '=', channel)
        .orderBy('created_at')
        .orderBy('topic')
        .execute();
      return rows.map(subscriptionOf);
    },
    async subscriptionsOf(channels) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('channel', 'in', [...channels])
        .orderBy('created_at')
        .orderBy('topic')
        .execute();
      return Map.groupBy(rows.map(subscriptionOf), ({ channel }) => channel);
    },
    async putSubscription({ channel, topic, createdAt, ...subscription }) {
      const { query, top, minUpvotes, owner, ownerName } = subscription;
      const row = {
        query,
        top: top ?? null,
        min_upvotes: minUpvotes ?? null,
        owner,
        owner_name: ownerName ?? null,
      };
      await db
        .insertInto('subscriptions')
        .values({ channel, topic, created_at: createdAt, ...row })
        .onConflict((c) => c.columns(['channel', 'topic']).doUpdateSet(row))
        .execute();
    },
    replace: (settings, subscriptions) =>
      db.transaction().execute(async (tx) => {
        const { putSettings, putSubscription } = createChannelStore(tx);
        await putSettings(settings);
        await tx.deleteFrom('subscriptions').where('channel', '=', settings.channel).execute();
        for (const each of subscriptions) await putSubscription(each);
      }),
    async handOver(channel, topics, { id, name }) {
      await db
        .updateTable('subscriptions')
        .set({ owner: id, owner_name: name ?? null })
        .where('channel', '=', channel)
        .where('topic', 'in', topics)
        .execute();
    },
    async removeSubscription(channel, topic) {
      const { numDeletedRows } = await db
        .deleteFrom('subscriptions')
        .where('channel', '=', channel)
        .where('topic', '=', topic)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function settingsOf(row: ChannelsTable): ChannelSettings {
  return ChannelSettings.parse({
    channel: row.channel,
    name: row.name,
    schedule: {
      frequency: row.frequency,
      at: row.at,
      on: JSON.parse(row.on_days),
      timezone: row.timezone,
      top: row.top,
    },
    minUpvotes: row.min_upvotes ?? undefined,
    delayHours: row.delay_hours ?? undefined,
    empty: row.empty ?? undefined,
    layout: row.layout ?? undefined,
    answers: row.answers ?? undefined,
    since: row.since,
    paused: row.paused ?? undefined,
  });
}

function subscriptionOf(row: SubscriptionsTable): Subscription {
  return Subscription.parse({
    channel: row.channel,
    topic: row.topic,
    query: row.query,
    top: row.top ?? undefined,
    minUpvotes: row.min_upvotes ?? undefined,
    owner: row.owner,
    ownerName: row.owner_name ?? undefined,
    createdAt: row.created_at,
  });
}
