/**
 * Channels that cannot be posted to: their digests wait, their owners are told once, and the bot looks, ever more
 * rarely or when a platform tells of a change, until they are back. Topics and settings stay as they are.
 */
import type { Log } from '../log.ts';
import { type ChannelRef, channelParts, type PlatformName } from '../model/channel.ts';
import { type Delivery, Obstacle } from '../model/delivery.ts';
import type { Platform } from '../platforms/platform.ts';
import { PostError } from '../platforms/platform.ts';
import { blockedNotice, unsureNotice } from '../reply/notice.ts';
import type { Reply } from '../reply/reply.ts';
import type { ChannelStore } from '../store/channels.ts';
import type { EditionStore } from '../store/editions.ts';
import type { Blocked, ObstacleStore } from '../store/obstacles.ts';
import type { PaperStore } from '../store/papers.ts';

/** Between two looks at one channel, in milliseconds: as long as it has been away, within these. */
const LOOK_MS = { least: 30 * 60_000, most: 24 * 3_600_000 };
/** Looks a minute: Slack allows 50 questions of this kind. */
const LOOKS_AT_ONCE = 20;
/** Older digests stay ended when a channel is back, in milliseconds. */
const REOPEN_MS = 7 * 24 * 3_600_000;

export interface Obstacles {
  /** Learns from what became of an edition. */
  heed(channel: ChannelRef, slot: string, delivery: Delivery): Promise<void>;
  /** Looks at channels that may be back. */
  look(): Promise<void>;
  /** Tells owners what keeps the bot from posting, each once, on the platforms that are there. */
  tell(): Promise<void>;
}

export function createObstacles(house: {
  obstacles: ObstacleStore;
  editions: EditionStore;
  channels: ChannelStore;
  papers: PaperStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  now(): Date;
  log: Log;
}): Obstacles {
  const { obstacles, editions, channels, platforms, now, log } = house;
  const after = (ms: number) => new Date(now().getTime() + ms).toISOString();
  /** To be given back, as soon as the database is there. */
  const untold = new Set<ChannelRef>();
  const platformOf = (channel: ChannelRef) => platforms.get(channelParts(channel).platform);

  async function lookLater({ channel, since }: Blocked): Promise<void> {
    const away = now().getTime() - Date.parse(since);
    await obstacles.lookAt(channel, after(Math.min(Math.max(away, LOOK_MS.least), LOOK_MS.most)));
  }

  async function lookAt(blocked: Blocked): Promise<void> {
    const { channel } = blocked;
    // Before looking: of several instances the others find it looked at.
    await lookLater(blocked);
    const platform = platformOf(channel);
    if (!platform || (await platform.obstacle(channel)) !== undefined) return;
    await obstacles.lift(channel);
    const isPaused = (await channels.settings(channel))?.paused !== undefined;
    if (!isPaused) await editions.reopen(channel, after(-REOPEN_MS), now().toISOString());
    log.info({ channel }, 'a channel can be posted to again');
  }

  /**
   * Tells everybody who subscribed to something there. One who was told is enough: who could not be reached then
   * is not told later. False when nobody was told and another try may reach somebody.
   */
  async function tellOwners(
    channel: ChannelRef,
    key: string,
    notice: (name: string) => Reply,
  ): Promise<boolean> {
    const platform = platformOf(channel);
    if (!platform) return false;
    const settings = await channels.settings(channel);
    const owners = new Set((await channels.subscriptions(channel)).map(({ owner }) => owner));
    const reply = notice(settings?.name ?? 'a channel');
    let isTold = false;
    let mayHelp = false;
    for (const owner of owners) {
      try {
        await platform.tell(owner, reply, key);
        isTold = true;
      } catch (err) {
        log.warn({ err, channel }, 'an owner could not be told');
        mayHelp ||= err instanceof PostError && PASSING.includes(err.reason);
      }
    }
    return isTold || !mayHelp;
  }

  return {
    async heed(channel, slot, delivery) {
      if (delivery.state === 'sent') return obstacles.forget(channel);
      if (delivery.state === 'skipped' && delivery.reason === 'unsure') {
        const carried = (await editions.get({ channel, slot }))?.papers ?? [];
        const shown = await house.papers.get(carried);
        await tellOwners(channel, `unsure ${channel}@${slot}`, (name) => unsureNotice(name, shown));
      }
      if (delivery.state !== 'rejected') return;
      const { data: reason } = Obstacle.safeParse(delivery.reason);
      if (!reason) return;
      await lookLater(await obstacles.met(channel, reason, now().toISOString()));
      log.warn({ channel, reason }, 'a channel cannot be posted to; its digests wait');
    },

    async look() {
      for (const blocked of await obstacles.due(now().toISOString(), LOOKS_AT_ONCE)) {
        await lookAt(blocked).catch((err: unknown) =>
          log.warn({ err, channel: blocked.channel }, 'a channel could not be looked at'),
        );
      }
    },

    async tell() {
      for (const platform of platforms.keys()) {
        for (const { channel, reason, since } of await obstacles.takeUntold(platform)) {
          const key = `obstacle ${channel}@${since}`;
          const notice = (name: string) => blockedNotice(name, reason);
          const isTold = await tellOwners(channel, key, notice).catch((err: unknown) =>
            log.warn(
              { err, channel },
              'the owners of a channel could not be read from the database',
            ),
          );
          if (!isTold) untold.add(channel);
        }
      }
      for (const channel of untold) {
        await obstacles.untold(channel);
        untold.delete(channel);
      }
    },
  };
}

/** Reasons for trying again. */
const PASSING: readonly string[] = ['service-away', 'rate-limited', 'interrupted'];
