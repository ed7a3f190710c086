/**
 * A channel's settings and topics as JSON that people keep, compare and bring elsewhere. No secret is in it, and no
 * person but in what undoes a change.
 */
import { z } from 'zod';
import { readTimezone, Schedule } from './schedule.ts';
import { ChannelSettings } from './settings.ts';
import { Subscription } from './subscription.ts';

const { minUpvotes, delayHours, empty, layout, answers } = ChannelSettings.shape;
const { topic, query, top, minUpvotes: topicMinimum, owner, ownerName } = Subscription.shape;

export const SettingsFile = z.strictObject({
  /** Of this format. */
  paperboy: z.literal(1),
  schedule: Schedule.extend({
    timezone: z.string().refine((name) => readTimezone(name) === name),
  }).refine(({ frequency, on }) => frequency !== 'weekly' || on.length === 1),
  minUpvotes,
  delayHours,
  empty,
  layout,
  answers,
  topics: z
    .array(
      z.strictObject({
        topic,
        query,
        top,
        minUpvotes: topicMinimum,
        /** Of a topic that an undo brings back. */
        owner: owner.optional(),
        ownerName,
      }),
    )
    .max(50)
    .refine((all) => new Set(all.map((each) => each.topic)).size === all.length),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

/** What a channel chose and follows, without who did. */
export function fileOf(
  settings: ChannelSettings,
  subscriptions: readonly Subscription[],
): SettingsFile {
  const { schedule, minUpvotes, delayHours, empty, layout, answers } = settings;
  const topics = subscriptions.map(({ topic, query, top, minUpvotes }) => {
    return { topic, query, top, minUpvotes };
  });
  return { paperboy: 1, schedule, minUpvotes, delayHours, empty, layout, answers, topics };
}

/** The file of a text; else the first thing that is wrong with it, in words. */
export function readFile(text: string): { file: SettingsFile } | { fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: 'it is not JSON' };
  }
  const { data, error } = SettingsFile.safeParse(json);
  if (data) return { file: data };
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  return { fault: where ? `${where} is not right` : 'it is no settings file of Paperboy' };
}
