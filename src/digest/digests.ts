/** The digest service: what is next, what it would hold, post it now, and the minute's work. */
import type { Digests } from '../command/context.ts';
import type { Log } from '../log.ts';
import type { ChannelRef, PlatformName } from '../model/channel.ts';
import { type Edition, editionKey } from '../model/delivery.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Platform } from '../platforms/platform.ts';
import { parseQuery } from '../query/parse.ts';
import { day } from '../reply/time.ts';
import { nextSlot } from '../schedule/slots.ts';
import type { Catalogue } from '../search/catalogue.ts';
import type { ChannelStore } from '../store/channels.ts';
import type { EditionStore } from '../store/editions.ts';
import type { PaperStore } from '../store/papers.ts';
import { compose } from './compose.ts';
import { type Content, deliver } from './deliver.ts';
import { due } from './due.ts';
import { explain, select, type Wanted } from './select.ts';

/** A paper is new to a channel for this long after the catalogue first knew it. */
const NEW_FOR_MS = 7 * 24 * 3_600_000;
/** An edition still being sent after this long was interrupted: the longest post takes seconds. */
const LEASE_MS = 120_000;

export function createDigests(house: {
  catalogue: Catalogue;
  papers: PaperStore;
  channels: ChannelStore;
  editions: EditionStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  now(): Date;
  log: Log;
}): Digests {
  const { catalogue, channels, editions, now, log } = house;

  async function preview(channel: ChannelRef, subscriptions: readonly Subscription[], top: number) {
    const fresh = await house.papers.addedSince(before(now(), NEW_FOR_MS));
    return select({
      wanted: subscriptions.map(wantedOf),
      papers: await catalogue.papers(fresh),
      seen: await editions.seen(channel),
      top,
      now: now(),
    });
  }

  async function content(edition: Edition): Promise<Content> {
    const settings = await channels.settings(edition.channel);
    if (!settings) throw new Error(`An edition of a channel without settings: ${edition.channel}`);
    const subscriptions = await channels.subscriptions(edition.channel);
    const fresh = await preview(edition.channel, subscriptions, settings.schedule.top);
    const selection = edition.messages.length
      ? { ...fresh, picks: await again(edition, subscriptions) }
      : fresh;
    const date = day(edition.slot, settings.schedule.timezone);
    return {
      reply: compose(selection, { date, place: settings.name }),
      papers: selection.picks.map(({ paper }) => paper.id),
    };
  }

  /** The picks of an edition that is posted in part already. */
  async function again(edition: Edition, subscriptions: readonly Subscription[]) {
    const papers = await catalogue.papers(edition.papers);
    return explain(papers, subscriptions.map(wantedOf), now());
  }

  const delivering = { ...house, content };

  return {
    next: ({ schedule }) => nextSlot(schedule, now()).toISOString(),
    preview,

    async postNow({ channel }) {
      const id = { channel, slot: now().toISOString() };
      await editions.plan(id, id.slot);
      await deliver(id, delivering);
      const edition = await editions.get(id);
      if (!edition) throw new Error('An edition that was planned is gone');
      return edition;
    },

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

function wantedOf({ topic, query, top, minUpvotes }: Subscription): Wanted {
  return { topic, query: parseQuery(query), top, minUpvotes };
}
