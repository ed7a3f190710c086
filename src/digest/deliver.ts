/**
 * Delivers one edition: `sending` is written before anything is posted, every message id as it is known, and
 * `sent`, with the papers seen, only after the last. An attempt that was cut short is taken up at the first
 * message the channel does not show.
 */
import type { Log } from '../log.ts';
import { channelParts, type PlatformName } from '../model/channel.ts';
import {
  type Delivery,
  type Edition,
  type EditionId,
  editionKey,
  type Reason,
} from '../model/delivery.ts';
import type { PaperId } from '../model/paper.ts';
import { type Platform, PostError } from '../platforms/platform.ts';
import type { Reply } from '../reply/reply.ts';
import type { EditionStore } from '../store/editions.ts';

/** What an edition says and which papers it shows. */
export interface Content {
  /** Undefined leaves the channel in peace. */
  reply: Reply | undefined;
  /** What stands in the thread under the first message. */
  thread?: Reply;
  papers: PaperId[];
  /** Why there are no papers. */
  silence?: string;
}

export interface Delivering {
  editions: EditionStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  content(edition: Edition): Promise<Content>;
  now(): Date;
  log: Log;
}

// A little under a minute, so that the next tick is not just missed.
const RETRY_FIRST_MS = 55_000;
const RETRY_MOST_MS = 3_600_000;

/** Claims the edition and brings it to an end or to a retry; undefined when there was nothing to claim. */
export async function deliver(id: EditionId, house: Delivering): Promise<Delivery | undefined> {
  const { editions, now, log } = house;
  const edition = await editions.claim(id, now().toISOString());
  if (!edition) return undefined;
  const key = editionKey(id);
  const delivery = await post(edition, house).catch((error: unknown) => {
    if (!(error instanceof PostError))
      log.error({ err: error, edition: key }, 'an edition could not be made');
    return outcomeOf(error, edition.attempts, now());
  });
  if (await editions.settle(edition, delivery, now().toISOString()))
    log.info({ edition: key, ...delivery }, 'edition settled');
  else log.warn({ edition: key }, 'an edition took too long and was taken over');
  return delivery;
}

async function post(edition: Edition, house: Delivering): Promise<Delivery> {
  const { editions, platforms, now } = house;
  const platform = platforms.get(channelParts(edition.channel).platform);
  if (!platform)
    throw new PostError(
      'service-away',
      `${channelParts(edition.channel).platform} is not connected`,
    );
  const messages = [...edition.messages];
  const keyOf = (i: number) => `${editionKey(edition)}#${i}`;
  const keep = async (message: string) => {
    messages.push(message);
    await editions.posted(edition, messages, now().toISOString());
  };
  if (edition.attempts > 1) {
    // Only the first message missing can have been posted by an attempt that was cut short. Looked for
    // before anything is composed: what is in the channel decides what the edition carries.
    const key = keyOf(messages.length);
    const [under] = messages;
    const found =
      (await platform.find(edition.channel, key)) ??
      (under === undefined ? under : await platform.find(edition.channel, key, { under }));
    if (found) await keep(found);
  }
  const isNewest = (await editions.latest(edition.channel))?.slot === edition.slot;
  // After an outage one edition covers what was missed, rather than one for each slot of it.
  if (!edition.submission && !messages.length && !isNewest)
    return { state: 'skipped', reason: 'superseded' };
  const { reply, thread, papers, silence } = await house.content({ ...edition, messages });
  const done: Delivery = papers.length
    ? { state: 'sent' }
    : { state: 'empty', ...(silence !== undefined && { reason: silence }) };
  if (!reply) return done;
  await editions.carry(edition, papers, now().toISOString());
  const top = platform.split(reply);
  const parts = [...top, ...(thread ? platform.split(thread) : [])];
  for (const [i, part] of parts.entries()) {
    if (messages[i]) continue;
    const place = { under: i < top.length ? undefined : messages[0] };
    await keep(await platform.post(edition.channel, part, keyOf(i), place));
  }
  return done;
}

function outcomeOf(error: unknown, attempts: number, now: Date): Delivery {
  if (!(error instanceof PostError)) return retry('own-fault', attempts, now);
  const { reason, retryAfterMs } = error;
  return reason === 'rate-limited' || reason === 'service-away'
    ? retry(reason, attempts, now, retryAfterMs)
    : { state: 'rejected', reason };
}

function retry(reason: Reason, attempts: number, now: Date, afterMs = 0): Delivery {
  const backoff = Math.min(RETRY_FIRST_MS * 2 ** (attempts - 1), RETRY_MOST_MS);
  const retryAt = new Date(now.getTime() + Math.max(afterMs, backoff)).toISOString();
  return { state: 'failed', reason, retryAt };
}
