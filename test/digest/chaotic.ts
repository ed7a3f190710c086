/** A channel whose digest is too long for one message. */

import { join } from 'node:path';
import type { ChannelRef } from '../../src/model/channel.ts';
import { Paper } from '../../src/model/paper.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import type { House } from '../house.ts';

/** Papers of which not all fit one message. */
export const chaotic = () =>
  Array.from({ length: 18 }, (_, n) =>
    Paper.parse({
      id: `arxiv:2611.${10_000 + n}`,
      title: `Chaotic paper ${String.fromCharCode(65 + n)}`,
      abstract: `We study chaos. ${'A long sentence that fills the page with words of no import. '.repeat(20)}`,
      authors: ['Ada Lovelace'],
      categories: [],
    }),
  );

/** The last letters of the titles of such papers that are in the channel. */
export const lettersIn = (posts: readonly { blocks: unknown }[]): string[] =>
  posts.flatMap(({ blocks }) =>
    [...JSON.stringify(blocks).matchAll(/\d+\\?\. [^"]*?Chaotic paper ([A-Z])/g)].flatMap(
      ([, letter]) => letter ?? [],
    ),
  );

/** All of them every day at ten in Berlin. */
export async function followChaos(
  { clock, services }: House,
  channel: ChannelRef,
  { layout = 'message', owner = 'U1' }: { layout?: 'message' | 'thread'; owner?: string } = {},
): Promise<void> {
  const since = clock.now.toISOString();
  const schedule = { ...defaultSchedule('Europe/Berlin'), at: '10:00', top: 18 };
  await services.channels.putSettings({ channel, name: '#papers', schedule, layout, since });
  const topic = { topic: 'chaos', query: 'chaotic', owner, createdAt: since };
  await services.channels.putSubscription({ channel, ...topic });
}

export async function bring({ stateDir, clock }: House, papers: readonly Paper[]): Promise<void> {
  const db = await openDatabase({ file: join(stateDir, 'paperboy.db') });
  const told = papers.map((paper) => ({ paper, kind: 'new' as const }));
  await Array.fromAsync(
    createPaperStore(db).put(told, { source: 'file', now: clock.now.toISOString() }),
  );
  await db.destroy();
}
