/**
 * Channels that cannot be posted to: why, since when, and when to look again. A person's own pause is none of
 * this; it stands with the channel's settings.
 */
import type { ExpressionBuilder } from 'kysely';
import type { ChannelRef, PlatformName } from '../model/channel.ts';
import { Obstacle } from '../model/delivery.ts';
import type { Database } from './database.ts';
import type { ObstaclesTable, Tables } from './tables.ts';

export interface Blocked {
  channel: ChannelRef;
  reason: Obstacle;
  /** ISO 8601 instant. */
  since: string;
}

export interface ObstacleStore {
  /** Undefined where nothing is known to keep the bot from posting. */
  get(channel: ChannelRef): Promise<Blocked | undefined>;
  /** Every channel that cannot be posted to. */
  channels(): Promise<Set<ChannelRef>>;
  /** Writes down what a post met. What was met before keeps its age, and its owner is not told of it again. */
  met(channel: ChannelRef, reason: Obstacle, now: string): Promise<Blocked>;
  /** Those to look at by now, the longest waiting first. */
  due(now: string, limit: number): Promise<Blocked[]>;
  lookAt(channel: ChannelRef, at: string): Promise<void>;
  /** Makes those of a channel, or of every channel whose name begins so, due. */
  lookNow(prefix: string, now: string): Promise<void>;
  /** Lets the channel be posted to again; what was met is remembered until a post shows that it is gone. */
  lift(channel: ChannelRef): Promise<void>;
  /** A post went through. */
  forget(channel: ChannelRef): Promise<void>;
  /** Takes those of a platform whose owners are to be told, each once: whoever takes one tells. */
  takeUntold(platform: PlatformName): Promise<Blocked[]>;
  /** Gives one back that could not be told now. */
  untold(channel: ChannelRef): Promise<void>;
}

export function createObstacleStore(db: Database): ObstacleStore {
  const change = (channel: ChannelRef, values: Partial<ObstaclesTable>) =>
    db.updateTable('obstacles').set(values).where('channel', '=', channel).execute();
  const begins = (prefix: string) => (eb: ExpressionBuilder<Tables, 'obstacles'>) =>
    eb(eb.fn('substr', ['channel', eb.lit(1), eb.lit(prefix.length)]), '=', prefix);
  return {
    async get(channel) {
      const row = await db
        .selectFrom('obstacles')
        .selectAll()
        .where('channel', '=', channel)
        .where('look_at', 'is not', null)
        .executeTakeFirst();
      return row && blockedOf(row);
    },

    async channels() {
      const rows = await db
        .selectFrom('obstacles')
        .select('channel')
        .where('look_at', 'is not', null)
        .execute();
      return new Set(rows.map(({ channel }) => channel as ChannelRef));
    },

    async met(channel, reason, now) {
      const row = await db
        .insertInto('obstacles')
        .values({ channel, reason, since: now, look_at: now, told: 0 })
        .onConflict((c) =>
          c.column('channel').doUpdateSet((eb) => {
            const isSame = eb('obstacles.reason', '=', reason);
            return {
              reason,
              look_at: now,
              since: eb.case().when(isSame).then(eb.ref('obstacles.since')).else(now).end(),
              told: eb.case().when(isSame).then(eb.ref('obstacles.told')).else(0).end(),
            };
          }),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      return blockedOf(row);
    },

    async due(now, limit) {
      const rows = await db
        .selectFrom('obstacles')
        .selectAll()
        .where('look_at', '<=', now)
        .orderBy('look_at')
        .limit(limit)
        .execute();
      return rows.map(blockedOf);
    },

    async lookAt(channel, at) {
      await change(channel, { look_at: at });
    },

    async lookNow(prefix, now) {
      await db
        .updateTable('obstacles')
        .set({ look_at: now })
        .where('look_at', 'is not', null)
        .where(begins(prefix))
        .execute();
    },

    async lift(channel) {
      await change(channel, { look_at: null });
    },

    async forget(channel) {
      await db.deleteFrom('obstacles').where('channel', '=', channel).execute();
    },

    async takeUntold(platform) {
      const rows = await db
        .updateTable('obstacles')
        .set({ told: 1 })
        .where('told', '=', 0)
        .where(begins(`${platform}:`))
        .returningAll()
        .execute();
      return rows.map(blockedOf);
    },

    async untold(channel) {
      await change(channel, { told: 0 });
    },
  };
}

function blockedOf({ channel, reason, since }: ObstaclesTable): Blocked {
  // The column was written from a `ChannelRef`.
  return { channel: channel as ChannelRef, reason: Obstacle.parse(reason), since };
}
