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
  Obstacle,
  type Reason,
} from '../model/delivery.ts';
import type { PaperId } from '../model/paper.ts';
import { type Platform, PostError } from '../platforms/platform.ts';
import type { Reply } from '../reply/reply.ts';
import { type Cargo, LEASE_MS, RETRY_MOST_MS, type Settlement } from '../store/attempts.ts';
import type { EditionStore } from '../store/editions.ts';

/** What an edition says and which papers it shows. */
export interface Content extends Omit<Cargo, 'rest' | 'top'> {
  /** Undefined leaves the channel in peace. */
  reply: Reply | undefined;
  /** What stands in the thread under the first message. */
  thread?: Reply;
}

export interface Delivering {
  editions: EditionStore;
  platforms: ReadonlyMap<PlatformName, Platform>;
  content(edition: Edition): Promise<Content>;
  /** What to do with a message that may be in a channel where the bot may not look. */
  whenUnsure: 'skip' | 'repeat';
  now(): Date;
  /** Of this edition: every line carries its key. */
  log: Log;
}

/** A little under a minute, so that the next tick is not just missed; in milliseconds. */
const RETRY_FIRST_MS = 55_000;
/** Two days of them. */
const ATTEMPTS_MOST = 50;
/** Nothing older is posted, in milliseconds. */
const AGE_MOST_MS = 7 * 24 * 3_600_000;
/** From one sign of life to the next, in milliseconds. */
const RENEW_MS = 15_000;

/** Stands for the id of a message that may be in the channel. */
const UNKNOWN = '';

/** Why the bot may not look into a channel. */
const BLIND: readonly Reason[] = ['no-permission', 'not-invited'];

/** Claims the edition and brings it to an end or to a retry; undefined when there was nothing to claim. */
export async function deliver(id: EditionId, house: Delivering): Promise<Delivery | undefined> {
  const { editions, now, log } = house;
  const edition = await editions.claim(id, now().toISOString());
  if (!edition) return undefined;
  const renewing = setInterval(() => {
    // Who lost the claim finds out at its next write.
    editions.renew(edition, now().toISOString()).catch((err: unknown) => {
      log.debug({ err }, 'an edition shows no sign of life');
    });
  }, RENEW_MS);
  renewing.unref();
  const attempt = new Attempt(edition, house);
  const delivery = await attempt.run().catch((error: unknown) => {
    if (!(error instanceof PostError)) log.error({ err: error }, 'an edition could not be made');
    // One stop refuses very many posts, and that they were settled so says enough.
    else if (error.reason !== 'interrupted') log.warn({ err: error }, 'a post failed');
    return outcomeOf(error, edition.attempts, now());
  });
  clearInterval(renewing);
  if (await editions.settle(edition, await attempt.settlement(delivery), now().toISOString()))
    log.info(delivery, 'edition settled');
  else log.warn('an edition took too long and was taken over');
  return delivery;
}

/** One try at an edition, and what of it is in the channel. */
class Attempt {
  readonly #edition: Edition;
  readonly #house: Delivering;
  readonly #messages: string[];
  #cargo: Cargo | undefined;
  #inDoubt: boolean;
  /** Whether one more message is taken for posted, though nobody can tell. */
  #mayBeThere = false;

  constructor(edition: Edition, house: Delivering) {
    this.#edition = edition;
    this.#house = house;
    this.#messages = [...edition.messages];
    this.#inDoubt = edition.inDoubt;
  }

  async run(): Promise<Delivery> {
    const { editions, platforms, now } = this.#house;
    const { channel, slot, submission } = this.#edition;
    const { platform: name } = channelParts(channel);
    const platform = platforms.get(name);
    if (!platform) throw new PostError('service-away', `${name} is not connected`);
    if (this.#inDoubt) {
      // Looked for before anything is composed: what is in the channel decides what the edition carries.
      const found = await this.#search(platform);
      if (found === 'unsure' && this.#house.whenUnsure === 'skip') {
        // Its papers count as shown, or the next digest would repeat them; their owner is told of them.
        this.#mayBeThere = true;
        return { state: 'skipped', reason: 'unsure' };
      }
    }
    if (!this.#messages.length) {
      if (Date.parse(slot) < now().getTime() - AGE_MOST_MS)
        return { state: 'skipped', reason: 'too-old' };
      // After an outage one edition covers what was missed, rather than one for each slot of it. A slot that is
      // yet to come is of a clock that was ahead.
      const newest = (await editions.latest(channel))?.slot ?? slot;
      if (!submission && slot < newest && newest <= now().toISOString())
        return { state: 'skipped', reason: 'superseded' };
    }
    const { first, cargo } = await this.#load(platform);
    this.#cargo = cargo;
    const parts = [first, ...cargo.rest];
    if (parts.some((part, i) => part && this.#messages[i] === undefined)) {
      await editions.carry(this.#edition, cargo, now().toISOString());
      await this.#post(platform, parts, cargo.top);
    }
    const { papers, silence } = cargo;
    return papers.length
      ? { state: 'sent' }
      : { state: 'empty', ...(silence !== undefined && { reason: silence }) };
  }

  async settlement(delivery: Delivery): Promise<Settlement> {
    const isOver = delivery.state !== 'failed';
    const isDone = delivery.state === 'sent' || delivery.state === 'empty';
    return {
      delivery,
      messages: this.#messages,
      inDoubt: this.#inDoubt,
      ...(isDone && this.#cargo?.look && { look: this.#cargo.look }),
      shown: isOver ? await this.#shown() : [],
    };
  }

  /** The papers of the messages that are in the channel, or may be. */
  async #shown(): Promise<{ paper: PaperId; message: string }[]> {
    const cargo = this.#cargo ?? (await this.#house.editions.cargo(this.#edition));
    if (!cargo) return [];
    const rest = cargo.rest.map(papersIn);
    const later = new Set(rest.flat());
    const parts = [cargo.papers.filter((paper) => !later.has(paper)), ...rest];
    const messages = this.#mayBeThere ? [...this.#messages, UNKNOWN] : this.#messages;
    return messages.flatMap((message, i) => (parts[i] ?? []).map((paper) => ({ paper, message })));
  }

  /** As an earlier attempt began it, or composed of what is new by now. */
  async #load(platform: Platform): Promise<{ first?: Reply; cargo: Cargo }> {
    const begun = this.#messages.length
      ? await this.#house.editions.cargo(this.#edition)
      : undefined;
    if (begun) return { cargo: begun };
    const { reply, thread, ...content } = await this.#house.content(this.#edition);
    const top = reply ? platform.split(reply) : [];
    const [first, ...rest] = [...top, ...(thread ? platform.split(thread) : [])];
    return { ...(first && { first }), cargo: { ...content, rest, top: top.length } };
  }

  /** Looks for the one message that a cut attempt may have posted: the first that is missing. */
  async #search(platform: Platform): Promise<'looked' | 'unsure'> {
    const { channel } = this.#edition;
    const key = this.#keyOf(this.#messages.length);
    const [under] = this.#messages;
    try {
      const found =
        (await platform.find(channel, key)) ??
        (under === undefined ? under : await platform.find(channel, key, { under }));
      if (found !== undefined) {
        this.#messages.push(found);
        await this.#keep();
      }
    } catch (error) {
      if (!(error instanceof PostError) || !BLIND.includes(error.reason)) throw error;
      return 'unsure';
    }
    this.#inDoubt = false;
    return 'looked';
  }

  /** Those that are missing; the first `top` stand in the channel itself. */
  async #post(
    platform: Platform,
    parts: readonly (Reply | undefined)[],
    top: number,
  ): Promise<void> {
    const { channel } = this.#edition;
    for (const [i, part] of parts.entries()) {
      if (!part || this.#messages[i] !== undefined) continue;
      const under = i < top ? undefined : this.#messages[0];
      // Well before anybody else may take the edition over, who would then look for the message and not see it.
      const until = performance.now() + LEASE_MS / 2;
      this.#inDoubt = true;
      try {
        this.#messages.push(await platform.post(channel, part, this.#keyOf(i), { under, until }));
        this.#inDoubt = false;
        // The last is written down with how it ended.
        if (i < parts.length - 1) await this.#keep();
      } catch (error) {
        // Anything but silence is an answer: the message is not there.
        if (error instanceof PostError && error.reason !== 'service-away') this.#inDoubt = false;
        throw error;
      }
    }
  }

  async #keep(): Promise<void> {
    const { editions, now } = this.#house;
    await editions.posted(this.#edition, this.#messages, now().toISOString());
  }

  #keyOf(i: number): string {
    return `${editionKey(this.#edition)}#${i}`;
  }
}

function papersIn({ blocks }: Reply): PaperId[] {
  return blocks.flatMap((block) => (block.kind === 'paper' ? [block.id] : []));
}

function outcomeOf(error: unknown, attempts: number, now: Date): Delivery {
  const reason: Reason = error instanceof PostError ? error.reason : 'own-fault';
  if (reason === 'interrupted') return { state: 'failed', reason, retryAt: now.toISOString() };
  const isFinal = Obstacle.safeParse(reason).success || reason === 'message-refused';
  if (isFinal || attempts >= ATTEMPTS_MOST) return { state: 'rejected', reason };
  const asked = error instanceof PostError ? (error.retryAfterMs ?? 0) : 0;
  const wait = Math.max(asked, RETRY_FIRST_MS * 2 ** (attempts - 1));
  const retryAt = new Date(now.getTime() + Math.min(wait, RETRY_MOST_MS)).toISOString();
  return { state: 'failed', reason, retryAt };
}
