/** The digest service: what is next, what it would hold, post it now, and the minute's work. */
import type { Digests } from '../command/context.ts';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ChannelRef, PlatformName } from '../model/channel.ts';
import { type Edition, editionKey, type Submission } from '../model/delivery.ts';
import type { SourceNow } from '../model/source-day.ts';
import type { Subscription } from '../model/subscription.ts';
import { type Topic, topicsOf } from '../model/topic.ts';
import type { Platform } from '../platforms/platform.ts';
import { day } from '../reply/time.ts';
import { nextSlot } from '../schedule/slots.ts';
import type { ChannelStore } from '../store/channels.ts';
import type { EditionStore } from '../store/editions.ts';
import type { PaperStore } from '../store/papers.ts';
import { compose } from './compose.ts';
import { type Content, deliver } from './deliver.ts';
import { due } from './due.ts';
import { createFresh } from './fresh.ts';
import { explain, select, type Wanted } from './select.ts';
import { silenceOf, silentReply } from './silence.ts';
import { composeSubmission } from './submission.ts';
import { createVerdicts } from './verdicts.ts';

/** A paper is new to a channel for this long after the catalogue first knew it. */
const NEW_FOR_MS = 7 * 24 * 3_600_000;
/** An edition still being sent after this long was interrupted: the longest post takes seconds. */
const LEASE_MS = 120_000;

export function createDigests(house: {
  papers: PaperStore;
  channels: ChannelStore;
  editions: EditionStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  /** The curated ones. */
  topics: readonly Topic[];
  /** How the sources stand, for days without papers. */
  sources(): Promise<readonly SourceNow[]>;
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
      wanted: await wantedOf(channel, subscriptions),
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
    return explain(carried, await wantedOf(edition.channel, subscriptions), now());
  }

  /** The channel's own topics may be part of others. One that cannot be read any more brings nothing. */
  async function wantedOf(
    channel: ChannelRef,
    subscriptions: readonly Subscription[],
  ): Promise<Wanted[]> {
    const topics = topicsOf(house.topics, await channels.subscriptions(channel));
    return subscriptions.flatMap(({ topic, query: text, top, minUpvotes }) => {
      try {
        return { topic, query: query(text, topics), top, minUpvotes };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        log.warn({ channel, topic, reason: error.message }, 'a topic cannot be read');
        return [];
      }
    });
  }

  const delivering = { ...house, content };

  async function postWith(channel: ChannelRef, submission?: Submission): Promise<Edition> {
    const id = { channel, slot: now().toISOString() };
    await editions.plan(id, id.slot, submission);
    await deliver(id, delivering);
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
      const { editions: dueNow, faults } = due(await channels.active(), at);
      for (const { channel, error } of faults)
        log.error({ err: error, channel }, 'a channel has a schedule that cannot be read');
      for (const id of dueNow) {
        if (await editions.plan(id, at.toISOString()))
          log.info({ edition: editionKey(id) }, 'edition planned');
      }
      await editions.release(before(at, LEASE_MS), at.toISOString());
      for (const id of await editions.waiting(at.toISOString())) {
        // What keeps one channel from its edition keeps no other.
        await deliver(id, delivering).catch((err: unknown) =>
          log.error({ err, edition: editionKey(id) }, 'an edition could not be delivered'),
        );
      }
    },
  };
}

function before(at: Date, ms: number): string {
  return new Date(at.getTime() - ms).toISOString();
}
