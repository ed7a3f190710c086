/**
 * The second opinion on a replay: from what left the sources and what people saw in the channels it works out
 * by itself what every edition had to hold, and says where the bot did otherwise. It shares with the bot only
 * the query language and how titles are named, which have tests of their own.
 */
import type { ChannelRef } from '../../model/channel.ts';
import { type Edition, editionKey } from '../../model/delivery.ts';
import type { Told } from '../../model/merge.ts';
import type { Paper } from '../../model/paper.ts';
import { titleName } from '../../model/same-work.ts';
import { type Test, testOf } from '../../query/match.ts';
import { parseQuery } from '../../query/parse.ts';
import type { Follower } from './channels.ts';
import type { Posted } from './platform.ts';

interface Work {
  paper: Paper;
  /** Every id it was told by. */
  ids: Set<string>;
  /** When it was first told as new, by the bot's clock, in milliseconds. */
  since: number;
}

export interface Judge {
  served(told: Told, source: string, now: Date): void;
  /** A message that people see. */
  posted(message: Posted): void;
  /** An edition that was put together at `now`. */
  selected(edition: Edition, now: Date): void;
  /** An edition that was brought to an end at `now`. */
  ended(edition: Edition, now: Date): void;
  /** An edition that a newer one took the place of, before anybody saw any of it. */
  superseded(edition: Edition): void;
  /** A channel with instant digests that has none on its way. */
  idle(channel: ChannelRef, now: Date): void;
  works(): number;
}

const NO_NEWS = Number.NEGATIVE_INFINITY;
const DAY_MS = 86_400_000;
const NEW_FOR_MS = 7 * DAY_MS;
const HOUR_MS = 3_600_000;

/** `fault` hears of everything that is wrong, as soon as it is known. */
export function createJudge(
  followers: readonly Follower[],
  fault: (violation: string) => void,
): Judge {
  const works = new Map<string, Work>();
  const byId = new Map<string, Work>();
  /** Works that were told of as new, in order. */
  const news: Work[] = [];
  const matching = new Map<string, { test: Test; works: Work[]; upTo: number }>();
  const byChannel = new Map(followers.map((follower) => [follower.settings.channel, follower]));
  /** Channel → edition's slot → what it holds. */
  const held = new Map<ChannelRef, Map<string, readonly string[]>>();

  /** Channel → when an edition of it last ended, in milliseconds. */
  const endedAt = new Map<ChannelRef, number>();
  /** Channel → the works that people see there, each with the key of its message. */
  const shown = new Map<ChannelRef, Map<Work, string>>();

  const keyOf = (paper: Paper) => byId.get(paper.id) ?? works.get(titleName(paper));

  function served({ paper, kind }: Told, source: string, now: Date): void {
    const known = keyOf(paper);
    const isNews = kind === 'new';
    if (!known) {
      const since = isNews ? now.getTime() : NO_NEWS;
      const work = { paper, ids: new Set([paper.id]), since };
      if (kind === 'withdrawn') work.paper = { ...paper, withdrawn: 'withdrawn' };
      byId.set(paper.id, work);
      if (paper.id.startsWith('title:')) works.set(paper.id, work);
      else if (!works.has(titleName(paper))) works.set(titleName(paper), work);
      if (isNews) news.push(work);
      return;
    }
    if (isNews && known.since === NO_NEWS) {
      known.since = now.getTime();
      news.push(known);
    }
    byId.set(paper.id, known);
    known.ids.add(paper.id);
    const id = [...known.ids].find((each) => each.startsWith('arxiv:')) ?? paper.id;
    known.paper = {
      ...known.paper,
      id: id as Paper['id'],
      ...(source === 'huggingface' && { upvotes: paper.upvotes }),
      ...(kind === 'withdrawn' && { withdrawn: 'withdrawn' }),
    } as Paper;
  }

  /** The works that a query holds for, by the words they were told with: nothing of this world rewrites them. */
  function worksOf(text: string, now: Date): readonly Work[] {
    const known = matching.get(text) ?? { test: testFor(text, now), works: [], upTo: 0 };
    matching.set(text, known);
    for (const work of news.slice(known.upTo)) if (known.test(work.paper)) known.works.push(work);
    known.upTo = news.length;
    return known.works;
  }

  /** What the rules say this edition holds, out of what was told by now. */
  function expected(channel: ChannelRef, slot: string, now: Date): string[] {
    const follower = byChannel.get(channel);
    if (!follower) return [];
    const others = [...(held.get(channel) ?? [])].filter(([of]) => of !== slot);
    const taken = new Set(others.flatMap(([, ids]) => ids.map((id) => byId.get(id))));
    const { schedule, delayHours = 0, minUpvotes: least = 0 } = follower.settings;
    const ripe = now.getTime() - delayHours * HOUR_MS;
    const last = endedAt.get(channel) ?? Number.NEGATIVE_INFINITY;
    // An edition that comes late in its week goes back as far as the one before it went.
    const isLate = now.getTime() - last <= NEW_FOR_MS + DAY_MS;
    const oldest = Math.min(ripe - NEW_FOR_MS, isLate ? last - delayHours * HOUR_MS : ripe);
    const isOpen = (work: Work) =>
      work.since >= oldest &&
      work.since <= ripe &&
      work.paper.withdrawn === undefined &&
      !taken.has(work);
    const isInstant = schedule.frequency === 'instant';
    const hourAgo = new Date(now.getTime() - HOUR_MS).toISOString();
    const hour = others.filter(([of]) => of >= hourAgo);
    const top = hour.reduce((rest, [, ids]) => rest - ids.length, isInstant ? schedule.top : 0);
    const room = isInstant ? Math.max(0, top) : schedule.top;
    const lists = follower.subscriptions.map(({ query, minUpvotes = least, top: most }) =>
      worksOf(query, now)
        .filter((work) => isOpen(work) && (work.paper.upvotes ?? 0) >= minUpvotes)
        .map(({ paper }) => paper)
        .sort(better)
        .slice(0, most),
    );
    if (schedule.frequency === 'weekly') {
      const all = new Set(
        lists
          .flat()
          .sort(better)
          .map(({ id }) => id),
      );
      return [...all].slice(0, room);
    }
    const chosen: string[] = [];
    for (let turn = 0; lists.some((list) => turn < list.length); turn++) {
      for (const list of lists) {
        const id = list[turn]?.id;
        if (id && chosen.length < room && !chosen.includes(id)) chosen.push(id);
      }
    }
    return chosen;
  }

  return {
    served,
    works: () => new Set(byId.values()).size,

    posted({ channel, key, papers }) {
      const own = shown.get(channel) ?? new Map<Work, string>();
      shown.set(channel, own);
      for (const id of papers) {
        const work = byId.get(id);
        if (!work) {
          fault(`${channel} ${id} was shown in ${key} and never told of`);
          continue;
        }
        const before = own.get(work);
        if (before !== undefined)
          fault(`${channel} ${work.paper.id} was shown twice, in ${before} and ${key}`);
        own.set(work, key);
      }
    },

    selected(edition, now) {
      const { channel, slot } = edition;
      const right = new Set(expected(channel, slot, now));
      const real = new Set<string>(edition.papers);
      for (const id of right.difference(real)) fault(`${channel} ${slot}: ${id} is missing`);
      for (const id of real.difference(right)) fault(`${channel} ${slot}: ${id} is not due`);
      const own = held.get(channel) ?? new Map<string, readonly string[]>();
      own.set(slot, edition.papers);
      held.set(channel, own);
    },

    ended(edition, now) {
      const { channel, slot, papers } = edition;
      endedAt.set(channel, now.getTime());
      for (const id of papers) {
        const work = byId.get(id);
        const key = work && shown.get(channel)?.get(work);
        if (!key?.startsWith(`${editionKey(edition)}#`))
          fault(`${channel} ${slot}: ${id} is said to be sent, and nobody saw it`);
      }
    },

    superseded: ({ channel, slot }) => void held.get(channel)?.delete(slot),

    idle(channel, now) {
      const waiting = expected(channel, now.toISOString(), now);
      if (waiting.length) fault(`${channel} ${now.toISOString()}: nothing comes of ${waiting}`);
    },
  };
}

function testFor(text: string, now: Date): Test {
  const { where } = parseQuery(text);
  return where ? testOf(where, { now }) : () => true;
}

function better(a: Paper, b: Paper): number {
  if ((a.upvotes ?? 0) !== (b.upvotes ?? 0)) return (b.upvotes ?? 0) - (a.upvotes ?? 0);
  const [dateA, dateB] = [a.published ?? '', b.published ?? ''];
  if (dateA !== dateB) return dateA < dateB ? 1 : -1;
  return a.id.localeCompare(b.id);
}
