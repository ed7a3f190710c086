/** The digest service: what is next, what it would hold, post it now, and the minute's work. */
import PQueue from 'p-queue';
import type { Digests } from '../command/context.ts';
import type { Log } from '../log.ts';
import type { ChannelRef, PlatformName } from '../model/channel.ts';
import { type Edition, type EditionId, editionKey, type Submission } from '../model/delivery.ts';
import type { SourceNow } from '../model/source-day.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Platform } from '../platforms/platform.ts';
import { day } from '../reply/time.ts';
import { nextSlot } from '../schedule/slots.ts';
import type { ChannelStore } from '../store/channels.ts';
import type { EditionStore } from '../store/editions.ts';
import type { ObstacleStore } from '../store/obstacles.ts';
import type { PaperStore } from '../store/papers.ts';
import { compose } from './compose.ts';
import { type Content, deliver } from './deliver.ts';
import { due } from './due.ts';
import { createFresh } from './fresh.ts';
import { createObstacles } from './obstacles.ts';
import { explain, select, type Wanted } from './select.ts';
import { silenceOf, silentReply } from './silence.ts';
import { composeSubmission } from './submission.ts';
import { createVerdicts } from './verdicts.ts';

/** A paper is new to a channel for this long after the catalogue first knew it. */
const NEW_FOR_MS = 7 * 24 * 3_600_000;
/** Editions on their way at once; the platforms keep their own pace. */
const AT_ONCE = 64;

export function createDigests(house: {
  papers: PaperStore;
  channels: ChannelStore;
  editions: EditionStore;
  obstacles: ObstacleStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  /** How the sources stand, for days without papers. */
  sources(): Promise<readonly SourceNow[]>;
  /** What to do with a message that may be in a channel where the bot may not look. */
  whenUnsure: 'skip' | 'repeat';
  /** Aborts when the bot stops: what waits is left to the next start. */
  signal?: AbortSignal;
  now(): Date;
  log: Log;
}): Digests {
  const { papers, channels, editions, now, log } = house;
  const fresh = createFresh(papers);
  const { query, holds } = createVerdicts();

  async function preview(
    channel: ChannelRef,
    subscriptions: readonly Subscription[],
    top: number,
    slot?: string,
  ) {
    return select({
      wanted: subscriptions.map(wantedOf),
      papers: await fresh.since(before(now(), NEW_FOR_MS)),
      seen: await editions.taken(channel, slot),
      top,
      now: now(),
      holds,
    });
  }

  async function content(edition: Edition): Promise<Content> {
    if (edition.submission) return suggested(edition.submission);
    const settings = await channels.settings(edition.channel);
    if (!settings) throw new Error(`An edition of a channel without settings: ${edition.channel}`);
    const { timezone, top } = settings.schedule;
    const subscriptions = await channels.subscriptions(edition.channel);
    const now = await preview(edition.channel, subscriptions, top, edition.slot);
    const isUnderway = edition.messages.length > 0;
    const selection = isUnderway ? { ...now, picks: await again(edition, subscriptions) } : now;
    const shown = selection.picks.map(({ paper }) => paper.id);
    if (shown.length) {
      const date = day(edition.slot, timezone);
      return { reply: compose(selection, { date, place: settings.name }), papers: shown };
    }
    const sources = await house.sources();
    const silence = silenceOf({ sources, looked: now.looked, timezone });
    const isSaid = settings.silence && !isUnderway;
    return { reply: isSaid ? silentReply(silence) : undefined, papers: [], silence };
  }

  async function suggested({ paper: id, by }: Submission): Promise<Content> {
    const [paper] = await papers.get([id]);
    if (!paper) throw new Error(`A suggested paper that is not in the catalogue: ${id}`);
    return { reply: composeSubmission(paper, by), papers: [id] };
  }

  /** The picks of an edition that is posted in part already. */
  async function again(edition: Edition, subscriptions: readonly Subscription[]) {
    const carried = await papers.get(edition.papers);
    return explain(carried, subscriptions.map(wantedOf), now());
  }

  function wantedOf({ topic, query: text, top, minUpvotes }: Subscription): Wanted {
    return { topic, query: query(text), top, minUpvotes };
  }

  const delivering = { ...house, content };
  const obstacles = createObstacles(house);
  const queue = new PQueue({ concurrency: AT_ONCE });
  /** Channels whose editions wait in the queue or are on their way. */
  const underway = new Set<ChannelRef>();

  /** Delivers one edition and learns from what became of it. */
  async function send(id: EditionId): Promise<void> {
    const delivery = await deliver(id, delivering);
    if (delivery) await obstacles.heed(id.channel, id.slot, delivery);
  }

  /** Delivers what waits in one channel, one after the other; what keeps it from one edition keeps no other. */
  async function sendAll(channel: ChannelRef, waiting: readonly EditionId[]): Promise<void> {
    for (const id of waiting) {
      if (house.signal?.aborted) break;
      await send(id).catch((err: unknown) =>
        log.error({ err, edition: editionKey(id) }, 'an edition could not be delivered'),
      );
    }
    underway.delete(channel);
  }

  async function postWith(channel: ChannelRef, submission?: Submission): Promise<Edition> {
    const id = { channel, slot: now().toISOString() };
    await editions.plan(id, id.slot, submission);
    await send(id);
    const edition = await editions.get(id);
    if (!edition) throw new Error('An edition that was planned is gone');
    return edition;
  }

  return {
    next: ({ schedule }) => nextSlot(schedule, now()).toISOString(),
    preview: (channel, subscriptions, top) => preview(channel, subscriptions, top),
    postNow: ({ channel }) => postWith(channel),
    suggest: postWith,

    async tick() {
      const at = now();
      await obstacles.look();
      const { editions: dueNow, faults } = due(await channels.active(), at);
      for (const { channel, error } of faults)
        log.error({ err: error, channel }, 'a channel has a schedule that cannot be read');
      const blocked = await house.obstacles.channels();
      const open = dueNow.filter(({ channel }) => !blocked.has(channel));
      for (const id of await editions.planAll(open, at.toISOString()))
        log.info({ edition: editionKey(id) }, 'edition planned');
      await editions.release(at.toISOString());
      const waiting = await editions.waiting(at.toISOString());
      const news = Map.groupBy(
        waiting.filter(({ channel }) => !underway.has(channel)),
        ({ channel }) => channel,
      );
      for (const channel of news.keys()) underway.add(channel);
      await queue.addAll(
        [...news].map(
          ([channel, ids]) =>
            () =>
              sendAll(channel, ids),
        ),
      );
      await obstacles.tell();
    },
  };
}

function before(at: Date, ms: number): string {
  return new Date(at.getTime() - ms).toISOString();
}
