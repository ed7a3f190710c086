import { describe, expect, test } from 'vitest';
import { ChannelRef } from '../../src/model/channel.ts';
import { Paper, PaperId } from '../../src/model/paper.ts';
import { titleName } from '../../src/model/same-work.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { createSignalStore } from '../../src/store/signals.ts';
import { engines } from './databases.ts';

const channel = ChannelRef.parse('slack:T1/C1');
const elsewhere = ChannelRef.parse('slack:T1/C2');
const [one, two] = ['arxiv:2407.00001', 'arxiv:2407.00002'].map((id) => PaperId.parse(id)) as [
  PaperId,
  PaperId,
];
const ada = { person: 'slack:U1', channel, paper: one };
const at = (minute: number) => `2026-11-23T09:${String(minute).padStart(2, '0')}:00.000Z`;

describe.each(engines)('on %s', (_, open) => {
  test('a list is a person’s own, the newest first, each paper once wherever it was saved', async () => {
    const signals = createSignalStore(await open());
    await signals.save(ada, at(1));
    await signals.save({ ...ada, paper: two }, at(2));
    await signals.save({ ...ada, paper: two }, at(3));
    await signals.save({ ...ada, channel: elsewhere }, at(4));
    await signals.save({ ...ada, person: 'slack:U2' }, at(5));
    expect(await signals.saved('slack:U1')).toEqual([one, two]);
    expect(await signals.unsave(ada)).toBe(true);
    expect(await signals.unsave(ada)).toBe(false);
    expect(await signals.saved('slack:U1')).toEqual([two]);
    expect(await signals.saved('slack:U2')).toEqual([one]);
  });

  test('a person has one vote on a paper in a channel, however often they press', async () => {
    const signals = createSignalStore(await open());
    expect(await signals.vote(ada, 'up', at(1))).toBe('none');
    expect(await signals.vote(ada, 'up', at(2))).toBe('up');
    expect(await signals.vote(ada, 'down', at(3))).toBe('up');
    await signals.vote({ ...ada, person: 'slack:U2' }, 'up', at(4));
    await signals.vote({ ...ada, channel: elsewhere }, 'up', at(4));
    await signals.save(ada, at(5));
    expect(await signals.regard(channel)).toEqual(new Map([[one, { up: 1, down: 1, saves: 1 }]]));
    expect(await signals.vote(ada, 'none', at(6))).toBe('down');
    expect(await signals.regard(channel)).toEqual(new Map([[one, { up: 1, down: 0, saves: 1 }]]));
    expect(await signals.regard(elsewhere)).toEqual(new Map([[one, { up: 1, down: 0, saves: 0 }]]));
  });

  test('presses at the same moment are one', async () => {
    const signals = createSignalStore(await open());
    await Promise.all(Array.from({ length: 5 }, () => signals.save(ada, at(1))));
    await Promise.all(Array.from({ length: 5 }, () => signals.vote(ada, 'up', at(1))));
    expect(await signals.saved('slack:U1')).toEqual([one]);
    expect(await signals.regard(channel)).toEqual(new Map([[one, { up: 1, down: 0, saves: 1 }]]));
  });

  test('what was said of a paper under one identity is said of it under the other', async () => {
    const db = await open();
    const [papers, signals] = [createPaperStore(db), createSignalStore(db)];
    const title = 'On the Merging of Models';
    const old = titleName({ title });
    const paper = Paper.parse({ id: old, title, abstract: '', authors: ['Ada'], categories: [] });
    const tell = (told: Paper, source: string) =>
      Array.fromAsync(papers.put([{ paper: told, kind: 'new' }], { source, now: at(0) }));
    await tell(paper, 'page');
    await signals.save({ ...ada, paper: old }, at(1));
    await signals.vote({ ...ada, paper: old }, 'down', at(1));
    await tell({ ...paper, id: one }, 'arxiv');
    expect(await signals.saved('slack:U1')).toEqual([one]);
    expect(await signals.regard(channel)).toEqual(new Map([[one, { up: 0, down: 1, saves: 1 }]]));
  });
});
