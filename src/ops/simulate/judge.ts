/**
 * The second opinion on a replay: from what left the sources and what people saw in the channels it works out
 * by itself what every edition had to hold, and says where the bot did otherwise. It shares with the bot only
 * the query language, which has tests of its own.
 */
import type { ChannelRef } from '../../model/channel.ts';
import type { Edition } from '../../model/delivery.ts';
import type { Told } from '../../model/merge.ts';
import type { Paper } from '../../model/paper.ts';
import { titleName } from '../../model/same-work.ts';
import type { Query } from '../../query/ast.ts';
import { matches } from '../../query/match.ts';
import { parseQuery } from '../../query/parse.ts';
import type { Follower } from './channels.ts';
import { slotsBetween } from './local-time.ts';
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
  /** An edition that was put together at `now`; `taken` are papers that other editions of the channel hold. */
  selected(edition: Edition, now: Date): void;
  /** An edition that was brought to an end at `now`. */
  ended(edition: Edition, now: Date): void;
  /** An edition that a newer one took the place of, before anybody saw any of it. */
  superseded(edition: Edition): void;
  /** What is wrong over all, at the end. */
  verdict(end: Ending): string[];
  works(): number;
}

export interface Ending {
  posted: readonly Posted[];
  editions: readonly Edition[];
  /** When nobody looked, in milliseconds: from, and when somebody looked again. */
  downtimes: readonly (readonly [from: number, to: number])[];
  /** First instant at which each edition was seen, by its key. */
  seenAt: ReadonlyMap<string, number>;
  from: number;
  until: number;
}

const NO_NEWS = Number.NEGATIVE_INFINITY;
const DAY_MS = 86_400_000;
const NEW_FOR_MS = 7 * DAY_MS;
/** Most hours that a channel waits for votes. */
const DELAY_MOST_MS = 7 * DAY_MS;
const HOUR_MS = 3_600_000;
/** A slot is found at the next tick. */
const PROMPT_MS = 10 * 60_000;
/** An edition of the last moments may be waiting for its next try. */
const LAST_MS = 2 * 60 * 60_000;

export function createJudge(followers: readonly Follower[]): Judge {
  const works = new Map<string, Work>();
  const byId = new Map<string, Work>();
  const recent = new Set<Work>();
  const faults: string[] = [];
  const parsed = new Map<string, Query>();
  const verdicts = new WeakMap<Query, Map<Work, boolean>>();
  const byChannel = new Map(followers.map((follower) => [follower.settings.channel, follower]));
  /** Channel → edition's slot → what it holds while it is not refused. */
  const held = new Map<ChannelRef, Map<string, readonly string[]>>();

  /** Channel → when an edition of it last ended, in milliseconds. */
  const endedAt = new Map<ChannelRef, number>();

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
      if (isNews) recent.add(work);
      return;
    }
    if (isNews && known.since === NO_NEWS) {
      known.since = now.getTime();
      recent.add(known);
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

  /** By the words it was first told with: nothing of this world rewrites them. */
  function wants(queryText: string, work: Work, now: Date): boolean {
    const query = parsed.get(queryText) ?? parseQuery(queryText);
    parsed.set(queryText, query);
    const known = verdicts.get(query) ?? new Map<Work, boolean>();
    verdicts.set(query, known);
    const verdict = known.get(work) ?? matches(query, work.paper, { now });
    known.set(work, verdict);
    return verdict;
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
    const open = [...recent].filter(
      (work) =>
        work.since >= oldest &&
        work.since <= ripe &&
        work.paper.withdrawn === undefined &&
        !taken.has(work),
    );
    const isInstant = schedule.frequency === 'instant';
    const hour = others.filter(([of]) => Date.parse(of) >= now.getTime() - HOUR_MS);
    const top = hour.reduce((rest, [, ids]) => rest - ids.length, isInstant ? schedule.top : 0);
    const room = isInstant ? Math.max(0, top) : schedule.top;
    const lists = follower.subscriptions.map(({ query, minUpvotes = least, top: most }) =>
      open
        .filter((work) => (work.paper.upvotes ?? 0) >= minUpvotes && wants(query, work, now))
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

    selected(edition, now) {
      const past = now.getTime() - NEW_FOR_MS - DELAY_MOST_MS - DAY_MS;
      for (const work of recent) if (work.since < past) recent.delete(work);
      const { channel, slot } = edition;
      const right = new Set(expected(channel, slot, now));
      const real = new Set<string>(edition.papers);
      for (const id of right.difference(real)) faults.push(`${channel} ${slot}: ${id} is missing`);
      for (const id of real.difference(right)) faults.push(`${channel} ${slot}: ${id} is not due`);
      const own = held.get(channel) ?? new Map<string, readonly string[]>();
      own.set(slot, edition.papers);
      held.set(channel, own);
    },

    ended: ({ channel }, now) => void endedAt.set(channel, now.getTime()),

    superseded: ({ channel, slot }) => void held.get(channel)?.delete(slot),

    verdict({ posted, editions, downtimes, seenAt, from, until }) {
      const shown = new Map<string, string>();
      for (const { channel, key, papers } of posted) {
        for (const id of papers) {
          const work = byId.get(id);
          const pair = `${channel} ${work?.paper.id ?? id}`;
          const before = shown.get(pair);
          if (before !== undefined) faults.push(`${pair} was shown twice, in ${before} and ${key}`);
          shown.set(pair, key);
        }
      }
      const all = new Map(
        editions.map((edition) => [`${edition.channel}@${edition.slot}`, edition]),
      );
      for (const { settings } of followers) {
        if (settings.schedule.frequency === 'instant') continue;
        const slots = slotsBetween(settings.schedule, from, until);
        for (const [i, slot] of slots.entries()) {
          const key = `${settings.channel}@${new Date(slot).toISOString()}`;
          const edition = all.get(key);
          all.delete(key);
          const down = downtimes.find(([a, b]) => slot >= a && slot < b);
          // After a pause only the newest slot is made up for.
          if (down && (slots[i + 1] ?? Number.POSITIVE_INFINITY) <= down[1]) continue;
          if (!edition) faults.push(`${key} was never planned`);
          else if (slot <= until - LAST_MS && !isDone(edition, slots[i + 1] !== undefined))
            faults.push(`${key} ended as ${edition.delivery.state}`);
          const late = (seenAt.get(key) ?? 0) - Math.max(slot, down?.[1] ?? 0);
          if (edition && late > PROMPT_MS) faults.push(`${key} came ${late / 60_000} minutes late`);
        }
      }
      for (const [key, { channel, slot, papers }] of all) {
        const isInstant = byChannel.get(channel)?.settings.schedule.frequency === 'instant';
        if (!isInstant) faults.push(`${key} is no slot`);
        else if (Date.parse(slot) % 60_000) faults.push(`${key} is no minute`);
        else if (!papers.length) faults.push(`${key} came without papers`);
      }
      return faults;
    },
  };
}

/** `isFollowed`: only a later edition may take the place of one. */
function isDone({ delivery: { state } }: Edition, isFollowed: boolean): boolean {
  return state === 'sent' || state === 'empty' || (state === 'skipped' && isFollowed);
}

function better(a: Paper, b: Paper): number {
  if ((a.upvotes ?? 0) !== (b.upvotes ?? 0)) return (b.upvotes ?? 0) - (a.upvotes ?? 0);
  const [dateA, dateB] = [a.published ?? '', b.published ?? ''];
  if (dateA !== dateB) return dateA < dateB ? 1 : -1;
  return a.id.localeCompare(b.id);
}
