/** The replay itself: that it passes on a few days, and that its judge can fail. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ChannelRef } from '../../src/model/channel.ts';
import type { Edition } from '../../src/model/delivery.ts';
import { Paper } from '../../src/model/paper.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import { createChannels } from '../../src/ops/simulate/channels.ts';
import { createJudge } from '../../src/ops/simulate/judge.ts';
import { slotsBetween } from '../../src/ops/simulate/local-time.ts';
import { chance } from '../../src/ops/simulate/random.ts';
import { simulate } from '../../src/ops/simulate/simulate.ts';
import { nextSlot } from '../../src/schedule/slots.ts';

const topics = [{ name: 'models', description: 'Models', query: 'models' }];
const subjects = ['models', 'agents', 'retrieval', 'synthetic data', 'reasoning'];

/** Two hundred papers over the week in which European clocks go back. */
function papersFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-simulate-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'papers.ndjson');
  const lines = Array.from({ length: 200 }, (_, i) => ({
    id: `2510.${10_000 + i}`,
    title: `On ${subjects[i % 5]} of the kind ${i}`,
    abstract: `We study ${subjects[(i + 2) % 5]} with LLM agents.`,
    authors: [`Author ${i % 20}`],
    published: `2025-10-${String(23 + (i % 6)).padStart(2, '0')}`,
    categories: [['cs.CL', 'cs.LG', 'cs.RO'][i % 3]],
  }));
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
}

test.each([false, true])(
  'nothing is lost and nothing repeated, with faults: %s',
  async (faults) => {
    const lines: object[] = [];
    const { violations, ...summary } = await simulate({
      papers: papersFile(),
      from: '2025-10-23',
      to: '2025-10-28',
      channels: 14,
      seed: 5,
      faults,
      write: (line) => lines.push(line),
    });
    expect(violations).toEqual([]);
    expect(summary).toMatchObject({ days: 6, channels: 14, papers: 200 });
    expect(summary.delivered).toBeGreaterThan(100);
    expect(summary.dayStates['no announcement']).toBeGreaterThan(0);
    expect(Object.keys(summary.faults).length > 5).toBe(faults);
    expect(
      lines.filter((line) => 'kind' in line && line.kind === 'edition').length,
    ).toBeGreaterThan(20);
  },
  120_000,
);

const followers = createChannels(1, {
  topics,
  since: '2025-10-01T00:00:00.000Z',
  chance: chance(3),
}).map((follower) => ({
  settings: {
    channel: follower.settings.channel,
    name: '#papers',
    schedule: defaultSchedule('UTC'),
    since: follower.settings.since,
  },
  subscriptions: follower.subscriptions.slice(0, 1).map((each) => ({
    channel: each.channel,
    topic: 'models',
    query: 'models',
    owner: 'U1',
    createdAt: each.createdAt,
  })),
}));
const paper = (n: number) =>
  Paper.parse({
    id: `arxiv:2510.0000${n}`,
    title: `Models ${n}`,
    abstract: '',
    authors: [],
    categories: [],
  });
const edition = (slot: string, papers: number[]): Edition => ({
  channel: ChannelRef.parse('slack:T1/C1'),
  slot,
  delivery: { state: 'sent' },
  messages: ['m1'],
  papers: papers.map((n) => paper(n).id),
  attempts: 1,
  inDoubt: false,
  updatedAt: slot,
});
const NOW = new Date('2025-10-02T09:00:00.000Z');

test('the judge says what an edition lacks and what it should not hold', () => {
  const judge = createJudge(followers);
  judge.served({ paper: paper(1), kind: 'new' }, 'arxiv', NOW);
  judge.selected(edition('2025-10-02T09:00:00.000Z', [2]), NOW);
  const faults = judge.verdict({
    posted: [],
    editions: [],
    downtimes: [],
    seenAt: new Map(),
    from: NOW.getTime(),
    until: NOW.getTime(),
  });
  expect(faults).toEqual([
    'slack:T1/C1 2025-10-02T09:00:00.000Z: arxiv:2510.00001 is missing',
    'slack:T1/C1 2025-10-02T09:00:00.000Z: arxiv:2510.00002 is not due',
  ]);
});

test('the judge sees a paper that was shown twice, a slot without an edition and an edition without a slot', () => {
  const judge = createJudge(followers);
  judge.served({ paper: paper(1), kind: 'new' }, 'arxiv', NOW);
  const channel = ChannelRef.parse('slack:T1/C1');
  const post = (key: string) => ({ channel, key, papers: [paper(1).id], at: '', summary: '' });
  const stray = edition('2025-10-02T09:07:00.000Z', []);
  const faults = judge.verdict({
    posted: [post('a#0'), post('b#0')],
    editions: [stray],
    downtimes: [],
    seenAt: new Map(),
    from: Date.parse('2025-10-01'),
    until: Date.parse('2025-10-09'),
  });
  expect(faults[0]).toBe('slack:T1/C1 arxiv:2510.00001 was shown twice, in a#0 and b#0');
  expect(faults.filter((fault) => fault.endsWith('was never planned')).length).toBeGreaterThan(0);
  expect(faults.at(-1)).toBe('slack:T1/C1@2025-10-02T09:07:00.000Z is no slot');
});

test.each([
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/Santiago',
  'Africa/Cairo',
])('both ways to work out slots agree in %s over a year, whenever the digest comes', (timezone) => {
  for (const at of ['00:00', '01:30', '02:00', '02:30', '03:00', '09:00', '23:45']) {
    const schedule = { at, on: ['mon', 'sat', 'sun'] as const, timezone, top: 5 };
    const [from, until] = [Date.parse('2025-01-01'), Date.parse('2026-01-01')];
    const ours: number[] = [];
    for (let slot = from; slot <= until; ) {
      slot = nextSlot({ ...schedule, on: [...schedule.on] }, new Date(slot)).getTime();
      if (slot <= until) ours.push(slot);
    }
    expect(slotsBetween({ ...schedule, on: [...schedule.on] }, from, until)).toEqual(ours);
  }
});
