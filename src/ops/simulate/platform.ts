/** A service that only records, five papers a message; it may refuse, lose its answer, or never answer. */
import type { ChannelRef } from '../../model/channel.ts';
import type { PaperId } from '../../model/paper.ts';
import { type Platform, PostError } from '../../platforms/platform.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Chance } from './random.ts';

export interface Posted {
  channel: ChannelRef;
  key: string;
  papers: PaperId[];
  at: string;
  summary: string;
}

export interface Recorder {
  /** What people see in the channels, in order. */
  posted: readonly Posted[];
  /** For one process, which the service hears no more of once it is dead. */
  connect(isDead: () => boolean): Platform;
}

const PAPERS_A_MESSAGE = 5;

export function createRecorder({
  now,
  chance,
  isFaulty,
  onHang,
}: {
  now(): Date;
  chance: Chance;
  isFaulty: boolean;
  /** Told that a post will never be answered: the process that waits for it is as good as dead. */
  onHang(): void;
}): Recorder {
  const posted: Posted[] = [];
  const byKey = new Map<string, string>();
  const connect = (isDead: () => boolean): Platform => ({
    name: 'slack',
    start: async () => '',
    stop: async () => {},
    isConnected: () => true,
    permalink: async () => undefined,
    tell: async () => {},
    obstacle: async () => undefined,
    find: async (_, key) => byKey.get(key),
    split(reply) {
      const papers = reply.blocks.filter(({ kind }) => kind === 'paper');
      const parts = Math.max(1, Math.ceil(papers.length / PAPERS_A_MESSAGE));
      return Array.from({ length: parts }, (_, i) => ({
        ...reply,
        blocks: papers.slice(i * PAPERS_A_MESSAGE, (i + 1) * PAPERS_A_MESSAGE),
      }));
    },
    async post(channel, reply, key) {
      if (isDead()) return never();
      const roll = isFaulty ? chance.next() : 1;
      if (roll < 0.02) throw new PostError('rate-limited', 'slow down', { retryAfterMs: 30_000 });
      if (roll < 0.04) throw new PostError('service-away', 'no answer');
      const id = `m${posted.length + 1}`;
      posted.push({
        channel,
        key,
        papers: papersOf(reply),
        at: now().toISOString(),
        summary: reply.summary,
      });
      byKey.set(key, id);
      if (roll < 0.06) throw new PostError('service-away', 'the answer was lost');
      if (roll < 0.0605) {
        onHang();
        return never();
      }
      return id;
    },
  });
  return { posted, connect };
}

const never = () => new Promise<never>(() => {});

const papersOf = ({ blocks }: Reply) =>
  blocks.flatMap((block) => (block.kind === 'paper' ? [block.id] : []));
