import { describe, expect, test } from 'vitest';
import { ChannelRef } from '../../src/model/channel.ts';
import type { NewExchange } from '../../src/model/exchange.ts';
import { PaperId } from '../../src/model/paper.ts';
import { createAnswerStore } from '../../src/store/answers.ts';
import { createHear } from '../../src/store/heard.ts';
import { engines } from './databases.ts';

const channel = ChannelRef.parse('slack:T1/C1');
const at = (minute: number) => `2026-11-25T09:${String(minute).padStart(2, '0')}:00.000Z`;
const asked = (minute: number, more: Partial<NewExchange> = {}): NewExchange => ({
  channel,
  subject: 'What is model merging?',
  papers: [PaperId.parse('arxiv:2407.09435')],
  isAnswered: true,
  by: 'Ada',
  at: at(minute),
  ...more,
});

describe.each(engines)('on %s', (_, open) => {
  test('what was asked comes back as it was kept, with where it is shown', async () => {
    const store = createAnswerStore(await open());
    const paper = PaperId.parse('arxiv:2407.00001');
    const id = await store.keep(asked(1, { paper, topic: 'merging' }));
    expect(await store.get(id)).toEqual({
      ...asked(1, { paper, topic: 'merging' }),
      id,
      message: undefined,
      thread: undefined,
    });
    await store.shown(id, { message: 'M1', thread: 'T1' });
    expect(await store.inThread('T1')).toMatchObject({ id, message: 'M1', thread: 'T1' });
    expect(await store.inThread('T2')).toBeUndefined();
  });

  test('the newest of a thread and of a channel is found, not one before its time', async () => {
    const store = createAnswerStore(await open());
    for (const minute of [2, 9, 5]) {
      const id = await store.keep(asked(minute));
      await store.shown(id, { message: String(minute), thread: 'T1' });
    }
    expect(await store.inThread('T1')).toMatchObject({ at: at(9) });
    expect(await store.inChannel(channel, at(9))).toMatchObject({ at: at(9) });
    expect(await store.inChannel(channel, at(10))).toBeUndefined();
    expect(await store.inChannel(ChannelRef.parse('slack:T1/C2'), at(0))).toBeUndefined();
  });

  test('a question is the same however it is typed, but not of other papers, unshown or unanswered', async () => {
    const store = createAnswerStore(await open());
    const same = (more: Partial<NewExchange> = {}) =>
      store.same(asked(0, { subject: ' what is  Model Merging', ...more }), at(0));
    const id = await store.keep(asked(1));
    expect(await same()).toBeUndefined();
    await store.shown(id, { message: 'M1', thread: 'T1' });
    expect(await same()).toMatchObject({ id });
    expect(await same({ topic: 'merging' })).toBeUndefined();
    expect(await same({ paper: PaperId.parse('arxiv:2407.09435') })).toBeUndefined();
    expect(await same({ subject: 'What is pruning?' })).toBeUndefined();
    const refused = await store.keep(asked(2, { subject: 'Is it?', isAnswered: false }));
    await store.shown(refused, { message: 'M2', thread: 'T2' });
    expect(await same({ subject: 'Is it?' })).toBeUndefined();
  });

  test('a person says of an answer once that it did not help', async () => {
    const db = await open();
    const store = createAnswerStore(db);
    const id = await store.keep(asked(1));
    for (const person of ['slack:U1', 'slack:U1', 'slack:U2']) {
      await store.signal(id, person, 'not-helpful', at(2));
    }
    const rows = await db.selectFrom('answer_signals').select(['answer', 'person']).execute();
    expect(rows.map(({ person }) => person).sort()).toEqual(['slack:U1', 'slack:U2']);
  });

  test('one message is heard once, by however many instances, and forgotten after a day', async () => {
    const db = await open();
    let now = new Date(at(0));
    const [one, other] = [createHear(db, () => now), createHear(db, () => now)];
    const heard = await Promise.all([one('E1'), other('E1'), one('E1'), other('E2')]);
    expect(heard.filter(Boolean)).toHaveLength(2);
    now = new Date('2026-11-26T09:00:01.000Z');
    expect(await one('E3')).toBe(true);
    expect(await db.selectFrom('heard').select('event').execute()).toEqual([{ event: 'E3' }]);
  });
});
