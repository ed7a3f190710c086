/** Channels all over the world, with schedules and topics of every kind. */
import { channelRef } from '../../model/channel.ts';
import { type Weekday, weekdays } from '../../model/schedule.ts';
import { type ChannelSettings, onEmptyDays } from '../../model/settings.ts';
import type { Subscription } from '../../model/subscription.ts';
import { type Topic, topicNameOf } from '../../model/topic.ts';
import type { Chance } from './random.ts';

export interface Follower {
  settings: ChannelSettings;
  subscriptions: Subscription[];
}

/** Both hemispheres, so that one autumn has both changes of the clock; half hours; and none at all. */
const zones = [
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/Santiago',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Africa/Cairo',
  'Pacific/Honolulu',
  'UTC',
] as const;

/** Some of them are skipped or come twice when a clock changes. */
const times = [
  '09:00',
  '08:30',
  '17:45',
  '00:00',
  '01:30',
  '02:00',
  '02:30',
  '03:00',
  '23:45',
] as const;

const rhythms: readonly [readonly Weekday[], ...(readonly Weekday[])[]] = [
  weekdays.slice(0, 5),
  weekdays.slice(0, 5),
  weekdays,
  ['mon'],
  ['tue', 'fri'],
  ['sat', 'sun'],
];

/** Most channels are daily. */
const often = ['daily', 'daily', 'daily', 'weekly', 'instant'] as const;

/** Hours. */
const delays = [12, 36, 48, 168] as const;

const categories = [
  'category:cs.CL',
  'category:cs.LG -category:cs.CV',
  'category:cs.RO',
  'category:cs.AI category:cs.CL',
  'category:stat.ML',
] as const;

export function createChannels(
  n: number,
  { topics, since, chance }: { topics: readonly Topic[]; since: string; chance: Chance },
): Follower[] {
  return Array.from({ length: n }, (_, i) => {
    const luck = chance.of(`channel ${i}`);
    const channel = channelRef({ platform: 'slack', workspace: 'T1', channel: `C${i + 1}` });
    const frequency = luck.one(often);
    const settings: ChannelSettings = {
      channel,
      name: `#channel-${i + 1}`,
      schedule: {
        frequency,
        at: luck.one(times),
        on: frequency === 'weekly' ? ['fri'] : [...luck.one(rhythms)],
        timezone: zones[i % zones.length] ?? 'UTC',
        top: 1 + luck.below(20),
      },
      since,
      ...(luck.happens(0.2) && { minUpvotes: 1 + luck.below(10) }),
      ...(luck.happens(0.3) && { delayHours: luck.one(delays) }),
      ...(luck.happens(0.5) && { empty: luck.one(onEmptyDays) }),
      ...(luck.happens(0.2) && { layout: 'thread' as const }),
    };
    const queries = new Map<string, string>();
    for (let k = 1 + luck.below(3); k > 0; k--) {
      const curated = topics[luck.below(topics.length)];
      const query = luck.one(categories);
      if (curated && luck.happens(0.6)) queries.set(curated.name, curated.query);
      else queries.set(topicNameOf(query), query);
    }
    const subscriptions = [...queries].map(([topic, query], k) => ({
      channel,
      topic,
      query,
      ...(luck.happens(0.3) && { top: 1 + luck.below(5) }),
      ...(luck.happens(0.2) && { minUpvotes: 1 + luck.below(20) }),
      owner: 'U1',
      createdAt: new Date(Date.parse(since) + k).toISOString(),
    }));
    return { settings, subscriptions };
  });
}
