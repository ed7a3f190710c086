/** The dispatcher over the real services of a running bot, without a platform. */
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Actor, Place } from '../../src/command/context.ts';
import { createDispatcher } from '../../src/command/dispatch.ts';
import { createLog } from '../../src/log.ts';
import { channelRef } from '../../src/model/channel.ts';
import type { Reply } from '../../src/reply/reply.ts';
import { toPlain } from '../../src/reply/text.ts';
import { openHouse } from '../house.ts';

const actor: Actor = {
  id: 'U1',
  name: 'Ada',
  mayManage: async () => true,
  timezone: async () => '',
};
const channel = channelRef({ platform: 'slack', workspace: 'T1', channel: 'C1' });
const place: Place = { channel, name: '#papers', obstacle: async () => undefined };
const notes = ({ blocks }: Reply) =>
  blocks.flatMap((block) => (block.kind === 'note' ? toPlain(block.text) : []));

test('while papers are loading every answer says how far they are, and none does later', async () => {
  const { services, desk } = await openHouse();
  const loading = () => ({ done: 12, total: 96 });
  const early = createDispatcher(commands, { ...services, loading }, createLog('silent'));
  const still = expect.stringContaining('Still loading 12 of 96 papers');
  expect(notes(await early.line('search merging', actor, place))).toContainEqual(still);
  expect(notes(await desk.dispatch.line('search merging', actor, place))).toEqual([]);
});

test.each([
  'search zebras',
  'subscribe zebras',
  'show zebras',
  'similar zebras',
  'ask What do zebras eat?',
])('while papers are loading, “%s” does not conclude that there are none', async (line) => {
  const { services, desk } = await openHouse();
  const loading = () => ({ done: 1_200, total: 96_000 });
  const early = createDispatcher(commands, { ...services, loading }, createLog('silent'));
  const still = 'Still loading 1,200 of 96,000 papers; please ask again in a moment.';
  expect((await early.line(line, actor, place)).summary).toBe(still);
  expect((await desk.dispatch.line(line, actor, place)).summary).toMatch(/none|no/i);
});

test('an answer does not fail because it cannot be told how far an import is', async () => {
  const { services } = await openHouse();
  const importing = async () => {
    throw new Error('the database is away');
  };
  const dispatch = createDispatcher(commands, { ...services, importing }, createLog('silent'));
  const { blocks } = await dispatch.line('help', actor, place);
  expect(blocks.length).toBeGreaterThan(3);
});

test('a fault of ours is one sentence with an id, and says nothing of what went wrong', async () => {
  const { services } = await openHouse();
  const broken = { ...services, now: () => new Date(Number.NaN) };
  const dispatch = createDispatcher(commands, broken, createLog('silent'));
  const { summary, visibility } = await dispatch.line('subscribe merging', actor, place);
  expect(summary).toMatch(
    /^Something went wrong on our side\. .* mention [0-9a-f]{8} if it stays\.$/,
  );
  expect(visibility).toBe('asker');
});

test('a person without a known timezone gets the one of the operator', async () => {
  const { desk } = await openHouse({ PAPERBOY_TIMEZONE: 'Europe/Berlin' });
  const { summary } = await desk.dispatch.line('subscribe merging', actor, place);
  expect(summary).toContain('every weekday at 09:00 (Europe/Berlin)');
});

test('control characters in an argument are spaces, so that every database can keep it', async () => {
  const { desk, services } = await openHouse();
  const args = { topic: 'model\0 merging\u0007' };
  await desk.dispatch.invocation({ command: 'subscribe', args }, actor, place);
  const kept = await services.channels.subscriptions(channel);
  expect(kept.map(({ query }) => query)).not.toContainEqual(expect.stringMatching(/\p{Cc}/u));
  expect(kept).toHaveLength(1);
});
