/** The digest service: what is next, what it would hold, post it now, and the minute's work. */
import { setImmediate as breath } from 'node:timers/promises';
import type { Digests } from '../command/context.ts';
import type { Log } from '../log.ts';
import type { ChannelRef, PlatformName } from '../model/channel.ts';
import {
  type Delivery,
  type Edition,
  type EditionId,
  editionKey,
  type Submission,
} from '../model/delivery.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { SourceNow } from '../model/source-day.ts';
import type { Topic } from '../model/topic.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Block, Reply } from '../reply/reply.ts';
import { day } from '../reply/time.ts';
import { nextSlot, weekOf } from '../schedule/slots.ts';
import type { ChannelStore } from '../store/channels.ts';
import type { EditionStore } from '../store/editions.ts';
import type { ObstacleStore } from '../store/obstacles.ts';
import type { PaperStore } from '../store/papers.ts';
import type { SignalStore } from '../store/signals.ts';
import { compose } from './compose.ts';
import { type Content, deliver } from './deliver.ts';
import { due } from './due.ts';
import { createObstacles } from './obstacles.ts';
import { createOutbox } from './outbox.ts';
import { createOutlook } from './outlook.ts';
import { quietDays, quietReply, silenceOf, silentReply } from './silence.ts';
import { composeSubmission } from './submission.ts';

/** How long the ledger remembers an edition, in milliseconds; nothing asks for one of more than a week ago. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

export function createDigests(house: {
  papers: PaperStore;
  channels: ChannelStore;
  editions: EditionStore;
  obstacles: ObstacleStore;
  signals: SignalStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  /** The curated ones. */
  topics: readonly Topic[];
  /** How the sources stand, for days without papers. */
  sources(): Promise<readonly SourceNow[]>;
  /** What to do with a message that may be in a channel where the bot may not look. */
  whenUnsure: 'skip' | 'repeat';
  /** Over how many milliseconds after their slot editions are spread. */
  spreadMs: number;
  /** Aborts when the bot stops: what waits is left to the next start. */
  signal?: AbortSignal;
  /** Hears what every attempt at an edition came to. */
  onSettled?(id: EditionId, delivery: Delivery): void;
  now(): Date;
  log: Log;
}): Digests {
  const { papers, channels, editions, now, log } = house;
  const { preview, isWorth, tally, why, link } = createOutlook(house);

  async function content(edition: Edition): Promise<Content> {
    if (edition.submission) return suggested(edition.submission);
    const at = now().toISOString();
    const settings = await channels.settings(edition.channel);
    if (!settings) throw new Error(`An edition of a channel without settings: ${edition.channel}`);
    const { timezone } = settings.schedule;
    const subscriptions = await channels.subscriptions(edition.channel);
    const fresh = await preview(settings, subscriptions, edition.slot);
    const look = { at, to: fresh.to };
    const shown = fresh.picks.map(({ paper }) => paper.id);
    if (shown.length) {
      const date = day(edition.slot, timezone);
      const more = await quietWeek(edition, settings);
      return { ...compose(fresh, settings, { date, more }), papers: shown, look };
    }
    const sources = await house.sources();
    const silence = silenceOf({ sources, looked: fresh.looked, timezone });
    return { reply: await silent(edition, settings, silence), papers: [], silence, look };
  }

  /** What the channel wants to read on a day without papers. */
  async function silent(
    edition: EditionId,
    settings: ChannelSettings,
    silence: string,
  ): Promise<Reply | undefined> {
    switch (settings.schedule.frequency === 'instant' ? 'nothing' : settings.empty) {
      case 'line':
        return silentReply(silence);
      case 'weekly':
        return quietReply(await quietWeek(edition, settings, silence));
      case 'nothing':
      case undefined:
        return undefined;
    }
  }

  /** The days without papers of the week that this edition ends, where the channel wants to read of them. */
  async function quietWeek(
    { channel, slot }: EditionId,
    { schedule, empty }: ChannelSettings,
    silence?: string,
  ): Promise<Block[]> {
    const week = weekOf(schedule, new Date(slot));
    if (empty !== 'weekly' || schedule.frequency === 'instant' || !week.isLast) return [];
    const earlier = (await editions.since(channel, week.from.toISOString())).flatMap((each) =>
      each.slot < slot && each.delivery.state === 'empty'
        ? [{ slot: each.slot, silence: each.delivery.reason ?? 'nothing matched' }]
        : [],
    );
    return quietDays(
      silence === undefined ? earlier : [...earlier, { slot, silence }],
      schedule.timezone,
    );
  }

  async function suggested({ paper: id, by }: Submission): Promise<Content> {
    const [paper] = await papers.get([id]);
    if (!paper) throw new Error(`A suggested paper that is not in the catalogue: ${id}`);
    return { reply: composeSubmission(paper, by), papers: [id] };
  }

  const obstacles = createObstacles(house);
  const outbox = createOutbox({ ...house, send: bring, signal: house.signal });

  async function bring(id: EditionId): Promise<void> {
    const delivery = await deliver(id, {
      ...house,
      content,
      log: log.child({ edition: editionKey(id) }),
    });
    if (!delivery) return;
    house.onSettled?.(id, delivery);
    await obstacles.heed(id.channel, id.slot, delivery);
  }

  /** Plans what is due in some channels. */
  async function plan(active: readonly ChannelSettings[], at: Date): Promise<void> {
    const { editions: dueNow, instant, faults } = due(active, at);
    for (const { channel, error } of faults)
      log.error({ err: error, channel }, 'a channel has a schedule that cannot be read');
    if (instant.length) {
      const catalogue = await papers.revision();
      const topics = await channels.subscriptionsOf(
        instant.map(({ settings }) => settings.channel),
      );
      for (const { settings, slot } of instant) {
        const { channel } = settings;
        if (await isWorth(settings, topics.get(channel) ?? [], catalogue))
          dueNow.push({ channel, slot });
        await breath();
      }
    }
    for (const id of await editions.planAll(dueNow, at.toISOString()))
      log.info({ edition: editionKey(id) }, 'edition planned');
  }

  async function postWith(channel: ChannelRef, submission?: Submission): Promise<Edition> {
    const id = { channel, slot: now().toISOString() };
    await editions.plan(id, id.slot, submission);
    await bring(id);
    const edition = await editions.get(id);
    if (!edition) throw new Error('An edition that was planned is gone');
    return edition;
  }

  return {
    next: ({ schedule }) => nextSlot(schedule, now()).toISOString(),
    preview: (settings, subscriptions) => preview(settings, subscriptions),
    tally,
    why,
    link,
    blocked: house.obstacles.get,
    postNow: ({ channel }) => postWith(channel),
    suggest: postWith,

    async forget() {
      const before = new Date(now().getTime() - REMEMBERED_MS).toISOString();
      log.info({ editions: await editions.forget(before) }, 'old editions forgotten');
    },

    async tick() {
      const at = now();
      await obstacles.look();
      const blocked = await house.obstacles.channels();
      for await (const active of channels.active()) {
        await plan(
          active.filter(({ channel }) => !blocked.has(channel)),
          at,
        );
        // SQLite answers at once: whatever else there is to do goes in between.
        await breath();
      }
      await editions.release(at.toISOString());
      await outbox.send(await editions.waiting(at.toISOString()));
      await obstacles.tell();
    },
  };
}
