import { describe, expect, test } from 'vitest';
import type { Told } from '../../src/model/merge.ts';
import { Paper, PaperId } from '../../src/model/paper.ts';
import { noteRecommendations } from '../../src/ops/recommendations.ts';
import { createHttp } from '../../src/sources/http.ts';
import { createSemanticScholar } from '../../src/sources/semantic-scholar.ts';
import type { Database } from '../../src/store/database.ts';
import { createPaperStore } from '../../src/store/papers.ts';
import { createRelatedStore } from '../../src/store/related.ts';
import { quick } from '../contracts/source.ts';
import { recording, startSources } from '../fakes/sources/server.ts';
import { engines } from '../store/databases.ts';

const now = new Date('2026-11-23T05:00:00Z');
const id = (text: string) => PaperId.parse(text);
const paper = (name: string, title: string) =>
  Paper.parse({ id: name, title, abstract: '', authors: ['Ada'], categories: [] });
const merging = paper('arxiv:2407.09435', 'On the Merging of Models');

async function desk(db: Database) {
  const wire = await startSources();
  const papers = createPaperStore(db);
  const related = createRelatedStore(db);
  const scholar = createSemanticScholar({ url: wire.url, http: createHttp(quick) });
  const keep = async (told: readonly Told[], source: string) =>
    void (await Array.fromAsync(papers.put(told, { source, now: now.toISOString() })));
  /** Papers that a channel was shown so many days ago. */
  const show = async (days: number, ...shown: Paper[]) => {
    await keep(
      shown.map((each) => ({ paper: each, kind: 'new' })),
      'arxiv',
    );
    const slot = new Date(now.getTime() - days * 86_400_000).toISOString();
    const rows = shown.map((each) => ({ channel: 'c', paper: each.id, slot, message: 'm' }));
    await db.insertInto('seen').values(rows).execute();
  };
  const round = () => noteRecommendations({ related, scholar, keep, now });
  return { wire, papers, related, keep, show, round };
}

describe.each(engines)('on %s', (_, open) => {
  test('what is recommended beside a shown paper is noted once, best first, and new to nobody', async () => {
    const { wire, papers, related, show, round } = await desk(await open());
    wire.serve('/recommendations/', recording('semantic-scholar-recommended.json'));
    await show(1, merging);
    expect(await round()).toBe(1);
    const others = await papers.get(await related.related(merging.id));
    expect(others.length).toBeGreaterThan(50);
    expect(others[0]?.title).toMatch(/^Report shows slight improvement on grantmaker diversity/);
    expect(await papers.addedSince('2026-11-23')).toHaveLength(1);
    expect(await round()).toBe(0);
    expect(wire.requests).toHaveLength(1);
  });

  test('papers shown long ago are not asked for, unknown ones again, and nothing is an answer', async () => {
    const { wire, related, show, round } = await desk(await open());
    const [fresh, none] = [paper('arxiv:2611.00001', 'Fresh'), paper('arxiv:2611.00002', 'None')];
    await show(20, merging);
    await show(2, fresh, none);
    wire.serve('/recommendations/v1/papers/forpaper/ARXIV:2611.00002', '{"recommendedPapers":[]}');
    expect(await round()).toBe(1);
    expect(await round()).toBe(0);
    expect(wire.requests.map(({ url }) => url.pathname.slice(-10))).toEqual([
      '2611.00001',
      '2611.00002',
      '2611.00001',
    ]);
    expect(await related.related(none.id)).toEqual([]);
  });

  test('a round that is cut off keeps what it has, and the next goes on from there', async () => {
    const { wire, related, show, round } = await desk(await open());
    wire.serve('/recommendations/', recording('semantic-scholar-recommended.json'));
    await show(1, merging);
    await show(2, paper('arxiv:2611.00001', 'Later'));
    wire.faults.add({ kind: '429', retryAfter: 120, path: '2611.00001' });
    await expect(round()).rejects.toMatchObject({ failure: 'limited' });
    expect((await related.related(merging.id)).length).toBeGreaterThan(50);
    expect(await round()).toBe(1);
    expect(wire.requests).toHaveLength(3);
  });

  test('papers are found under the identities they have now, whatever they were called', async () => {
    const { related, keep } = await desk(await open());
    const nameless = paper('title:0123456789abcdef', 'A Title That Only One Paper Has');
    const { id: _, ...facts } = nameless;
    await keep(
      [
        { paper: merging, kind: 'new' },
        { paper: nameless, kind: 'new' },
      ],
      'feed:x',
    );
    await related.put(merging.id, [nameless.id, id('arxiv:2611.99999'), merging.id], 'now');
    const named = Paper.parse({ ...facts, id: 'arxiv:2611.00003' });
    await keep([{ paper: named, kind: 'update' }], 'arxiv');
    expect(await related.related(merging.id)).toEqual([named.id]);
    await related.put(nameless.id, [merging.id], 'now');
    expect(await related.related(named.id)).toEqual([merging.id]);
  });
});
