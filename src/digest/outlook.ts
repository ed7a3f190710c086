/** What a channel's next edition would hold, and why a paper would be in it or not. */
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type ChannelRef, channelParts, type PlatformName } from '../model/channel.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Selection, Tally } from '../model/pick.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { Subscription } from '../model/subscription.ts';
import { type Topic, topicsOf } from '../model/topic.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Platform } from '../platforms/platform.ts';
import type { ChannelStore } from '../store/channels.ts';
import type { EditionStore } from '../store/editions.ts';
import type { PaperStore } from '../store/papers.ts';
import type { SignalStore } from '../store/signals.ts';
import { createFresh, type New } from './fresh.ts';
import { openTo, select, type Wanted } from './select.ts';
import { tally as tallyOf } from './tally.ts';
import { createVerdicts } from './verdicts.ts';
import { why as whyOf } from './why.ts';
import { type Window, windowOf } from './window.ts';

/** Instant digests bring at most the channel's top-N in this time. */
const INSTANT_PER_MS = 3_600_000;
/** What the platform refused is not tried again every minute where digests are instant. */
const REFUSED_MS = 3_600_000;

/** What an edition would hold, of which papers, and how many at most. */
export interface Outlook extends Selection, Window {
  top: number;
}

interface Quiet {
  /** By which settings and topics, on which day. */
  asked: string;
  /** Papers first known later were not yet to come. */
  to: string;
  /** Of the last change that was seen. */
  revision: number;
  /** Of the whole catalogue, where nothing can come before it changes. */
  until?: number;
}

export function createOutlook(house: {
  papers: PaperStore;
  channels: ChannelStore;
  editions: EditionStore;
  signals: SignalStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  /** The curated ones. */
  topics: readonly Topic[];
  now(): Date;
  log: Log;
}) {
  const { papers, channels, editions, signals, platforms, now } = house;
  const fresh = createFresh(papers);
  const { query, judge } = createVerdicts();

  /** What an edition would hold now; `slot` is its own, where it has one. */
  async function preview(
    settings: ChannelSettings,
    subscriptions: readonly Subscription[],
    slot?: string,
  ): Promise<Outlook> {
    const { channel, schedule } = settings;
    const { from, to } = windowOf(settings, await channels.looked(channel), now());
    const all = await fresh.since(from);
    const isInstant = schedule.frequency === 'instant';
    const top = isInstant ? await room(settings, slot) : schedule.top;
    const wanted = await wantedOf(subscriptions, settings);
    const ripe = all.filter(({ addedAt }) => addedAt <= to).map(({ paper }) => paper);
    const selection = select({
      wanted,
      papers: ripe,
      seen: await editions.taken(channel, slot),
      regards: await signals.regard(channel),
      choice: { top, by: schedule.frequency === 'weekly' ? 'votes' : 'turns' },
      testOf: await judge(queriesOf(wanted), ripe, now()),
    });
    return { ...selection, top, from, to };
  }

  /** Channels with instant digests that had nothing to come, each with how far that was looked. */
  const quiet = new Map<ChannelRef, Quiet>();

  /**
   * Whether an instant channel has papers to come and none on the way: asked every minute, and only of papers that
   * make a difference. `catalogue` is the revision of all papers.
   */
  async function isWorth(
    settings: ChannelSettings,
    subscriptions: readonly Subscription[],
    catalogue: number,
  ): Promise<boolean> {
    const { channel } = settings;
    const today = now().toISOString().slice(0, 10);
    const asked = JSON.stringify([today, settings, subscriptions]);
    const before = quiet.get(channel);
    const isAsked = before?.asked === asked;
    if (isAsked && before.until === catalogue) return false;
    if ((await isBusy(channel)) || (await room(settings)) === 0) return false;
    const { from, to } = windowOf(settings, await channels.looked(channel), now());
    const known = await fresh.since(from);
    const all = known.filter(({ addedAt }) => addedAt <= to);
    const some = isAsked
      ? all.filter(({ addedAt, revision }) => addedAt > before.to || revision > before.revision)
      : all;
    const revision = some.reduce(
      (most, each) => Math.max(most, each.revision),
      before?.revision ?? 0,
    );
    if (some.length && (await isWanted(settings, subscriptions, some))) {
      quiet.delete(channel);
      return true;
    }
    const hasYounger = all.length < known.length;
    quiet.set(channel, { asked, to, revision, ...(!hasYounger && { until: catalogue }) });
    return false;
  }

  /** Whether a digest is on its way there, or was refused a while ago. */
  async function isBusy(channel: ChannelRef): Promise<boolean> {
    const last = await editions.latest(channel);
    if (!last) return false;
    const refusedSince = new Date(now().getTime() - REFUSED_MS).toISOString();
    const isRefused = last.delivery.state === 'rejected' && last.slot > refusedSince;
    return isRefused || unfinished.has(last.delivery.state);
  }

  async function isWanted(
    settings: ChannelSettings,
    subscriptions: readonly Subscription[],
    some: readonly New[],
  ): Promise<boolean> {
    const wanted = await wantedOf(subscriptions, settings);
    const papers = some.map(({ paper }) => paper);
    const testOf = await judge(queriesOf(wanted), papers, now());
    const open = (seen: ReadonlySet<PaperId>) =>
      wanted.some((want) => openTo(want, { papers, seen, testOf }).length > 0);
    return open(new Set()) && open(await editions.taken(settings.channel));
  }

  async function tally(
    settings: ChannelSettings,
    subscriptions: readonly Subscription[],
  ): Promise<Tally> {
    const { channel } = settings;
    const window = windowOf(settings, await channels.looked(channel), now());
    const known = await fresh.since(window.from);
    const all = known.map(({ paper }) => paper);
    return tallyOf({
      papers: known,
      seen: await editions.taken(channel),
      wanted: await wantedOf(subscriptions, settings),
      to: window.to,
      judge: (queries) => judge(queries, all, now()),
    });
  }

  /** How many more papers an instant channel may get this hour. */
  async function room({ channel, schedule }: ChannelSettings, slot?: string): Promise<number> {
    const recent = await editions.since(
      channel,
      new Date(now().getTime() - INSTANT_PER_MS).toISOString(),
    );
    const shown = recent
      .filter((edition) => edition.slot !== slot)
      .map(({ papers }) => papers.length);
    return Math.max(
      0,
      shown.reduce((rest, n) => rest - n, schedule.top),
    );
  }

  async function why(
    settings: ChannelSettings,
    subscriptions: readonly Subscription[],
    paper: Paper,
  ): Promise<Verdict> {
    const { channel, delayHours = 0 } = settings;
    const { top, from, to, ...selection } = await preview(settings, subscriptions);
    return whyOf({
      paper,
      addedAt: await papers.addedAt(paper.id),
      window: { from, to },
      delayHours,
      wanted: await wantedOf(subscriptions, settings),
      selection,
      top,
      taken: await takenBy(channel, paper),
      regard: (await signals.regard(channel)).get(paper.id),
      now: now(),
    });
  }

  /** What it says is worth having without the link when the platform is away. */
  async function link(channel: ChannelRef, message: string): Promise<string | undefined> {
    const platform = platforms.get(channelParts(channel).platform);
    return platform?.permalink(channel, message).catch(() => undefined);
  }

  /** Where the channel has the paper from. */
  async function takenBy(channel: ChannelRef, { id }: Paper) {
    const shown = await editions.shown(channel, id);
    if (!shown) {
      const isUnderway = (await editions.taken(channel)).has(id);
      return isUnderway ? ({ kind: 'underway' } as const) : undefined;
    }
    return {
      kind: 'shown',
      slot: shown.slot,
      link: await link(channel, shown.message),
    } as const;
  }

  /** The channel's own topics may be part of others. One that cannot be read any more brings nothing. */
  async function wantedOf(
    subscriptions: readonly Subscription[],
    { channel, minUpvotes: least }: Pick<ChannelSettings, 'channel' | 'minUpvotes'>,
  ): Promise<Wanted[]> {
    const topics = topicsOf(house.topics, await channels.subscriptions(channel));
    return subscriptions.flatMap(({ topic, query: text, top, minUpvotes = least }) => {
      try {
        return { topic, query: query(text, topics), top, minUpvotes };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        house.log.warn({ channel, topic, reason: error.message }, 'a topic cannot be read');
        return [];
      }
    });
  }

  return { preview, isWorth, tally, why, link };
}

const queriesOf = (wanted: readonly Wanted[]) => wanted.map(({ query }) => query);

const unfinished: ReadonlySet<Delivery['state']> = new Set(['planned', 'sending', 'failed']);
