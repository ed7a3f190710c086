/** The replay itself: that it passes on a few days, and that its judge can fail. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ChannelRef } from '../../src/model/channel.ts';
import type { Edition } from '../../src/model/delivery.ts';
import { Paper } from '../../src/model/paper.ts';
import { defaultSchedule } from '../../src/model/schedule.ts';
import { createChannels } from '../../src/ops/simulate/channels.ts';
import { createJudge, type Judge } from '../../src/ops/simulate/judge.ts';
import { slotsBetween } from '../../src/ops/simulate/local-time.ts';
import { chance } from '../../src/ops/simulate/random.ts';
import { simulate } from '../../src/ops/simulate/simulate.ts';
import { checkSlots } from '../../src/ops/simulate/timetable.ts';
import { nextSlot } from '../../src/schedule/slots.ts';
import type { Mutation } from './broken.ts';

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

const SELECT = 'src/digest/select.ts';
test.each([
  [
    'forgets the best paper of every edition',
    SELECT,
    'order.slice(0,',
    'order.slice(1,',
    / is missing$/,
  ],
  [
    'forgets what it showed',
    'src/store/attempts.ts',
    'if (!seen.length) return true;',
    'return true;',
    / was shown twice, in /,
  ],
])(
  'a bot that %s ends the replay with violations',
  async (_, file, part, instead, violation) => {
    const { code, stderr } = await replayBroken({ file, part, instead });
    expect(code).toBe(1);
    expect(stderr.split('\n')).toContainEqual(expect.stringMatching(violation));
  },
  60_000,
);

/** Runs the replay on a bot of which one file says something else. */
async function replayBroken(mutation: Mutation): Promise<{ code: number | null; stderr: string }> {
  const papers = papersFile();
  const args = ['--from', '2025-10-23', '--to', '2025-10-24', '--channels', '4', '--seed', '5'];
  const child = spawn(
    process.execPath,
    [
      ...['--import', new URL('broken.ts', import.meta.url).href, 'src/ops/simulate/main.ts'],
      ...['--papers', papers, '--out', `${papers}.out`, ...args],
    ],
    { env: { ...process.env, MUTATION: JSON.stringify(mutation) } },
  );
  const stderr = text(child.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr: await stderr };
}

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

const NINE = '2025-10-02T09:00:00.000Z';
const NOW = new Date(NINE);

/** A judge that was told of one paper, and what it finds. */
function judged(): { judge: Judge; faults: string[] } {
  const faults: string[] = [];
  const judge = createJudge(followers, (fault) => faults.push(fault));
  judge.served({ paper: paper(1), kind: 'new' }, 'arxiv', NOW);
  return { judge, faults };
}
const post = (slot: string) => ({
  channel: ChannelRef.parse('slack:T1/C1'),
  key: `slack:T1/C1@${slot}#0`,
  papers: [paper(1).id],
  at: '',
  summary: '',
});

test('the judge says what an edition lacks and what it should not hold', () => {
  const { judge, faults } = judged();
  judge.selected(edition(NINE, [2]), NOW);
  expect(faults).toEqual([
    `slack:T1/C1 ${NINE}: arxiv:2510.00001 is missing`,
    `slack:T1/C1 ${NINE}: arxiv:2510.00002 is not due`,
  ]);
});

test('the judge sees a paper that was shown twice, and one that is said to be sent and was not', () => {
  const { judge, faults } = judged();
  judge.ended(edition(NINE, [1]), NOW);
  judge.posted(post(NINE));
  judge.ended(edition(NINE, [1]), NOW);
  judge.posted(post('2025-10-03T09:00:00.000Z'));
  expect(faults).toEqual([
    `slack:T1/C1 ${NINE}: arxiv:2510.00001 is said to be sent, and nobody saw it`,
    `slack:T1/C1 arxiv:2510.00001 was shown twice, in slack:T1/C1@${NINE}#0 and slack:T1/C1@2025-10-03T09:00:00.000Z#0`,
  ]);
});

test('the judge sees that a channel with papers to come gets no edition', () => {
  const { judge, faults } = judged();
  judge.idle(ChannelRef.parse('slack:T1/C1'), NOW);
  judge.selected(edition(NINE, [1]), NOW);
  judge.idle(ChannelRef.parse('slack:T1/C1'), new Date('2025-10-02T12:00:00.000Z'));
  expect(faults).toEqual([`slack:T1/C1 ${NINE}: nothing comes of arxiv:2510.00001`]);
});

test('a slot without an edition is seen, one that came late or was given up, and an edition without a slot', () => {
  const faults: string[] = [];
  const seen = (slot: string, late: number, more: Partial<Edition> = {}) => ({
    edition: { ...edition(slot, []), ...more },
    seenAt: Date.parse(slot) + late * 60_000,
  });
  const until = Date.parse('2025-10-07T10:00:00.000Z');
  checkSlots(
    {
      followers,
      editions: [
        seen('2025-10-01T09:00:00.000Z', 0),
        seen(NINE, 20),
        seen('2025-10-03T09:00:00.000Z', 0, {
          delivery: { state: 'rejected', reason: 'own-fault' },
        }),
        seen('2025-10-06T09:07:00.000Z', 0),
        // The replay ends before its next try.
        seen('2025-10-07T09:00:00.000Z', 0, {
          delivery: { state: 'failed', reason: 'rate-limited', retryAt: '' },
        }),
      ],
    },
    [Date.parse('2025-10-01'), until],
    { until, downtimes: [] },
    (fault) => faults.push(fault),
  );
  expect(faults).toEqual([
    `slack:T1/C1@${NINE} came 20 minutes late`,
    'slack:T1/C1@2025-10-03T09:00:00.000Z ended as rejected',
    'slack:T1/C1@2025-10-06T09:00:00.000Z was never attempted',
    'slack:T1/C1@2025-10-06T09:07:00.000Z is no slot',
  ]);
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
