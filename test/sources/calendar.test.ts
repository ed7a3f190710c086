import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { calendarFor, readCalendars } from '../../src/sources/calendar.ts';
import { createSources, sourceName } from '../../src/sources/enabled.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-calendar-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, content);
  return path;
}

describe('a calendar', () => {
  it('is extended by an operator, in both ways, as arXiv publishes it', () => {
    const more = { arxiv: { without: ['2027-01-14'], with: ['2026-12-29'] } };
    const calendar = calendarFor('arxiv', readCalendars(file(JSON.stringify(more))));
    expect(calendar.announcement('2027-01-15')).toEqual({ announces: false, because: 'holiday' });
    expect(calendar.announcement('2026-12-30')).toEqual({ announces: true });
    expect(calendar.announcement('2027-01-01')).toEqual({ announces: false, because: 'holiday' });
    expect(calendarFor('arxiv').announcement('2027-01-15')).toEqual({ announces: true });
  });

  it.each([
    ['{"arxiv": {"without": ["New Year"]}}', 'without'],
    ['{"arxiv": {"closed": []}}', 'closed'],
    ['{"nature": {"without": []}}', 'nature'],
    ['not json', 'JSON'],
  ])('of an operator that says %s needs a change, and says which', (content, word) => {
    expect(() => readCalendars(file(content))).toThrow(UserError);
    expect(() => readCalendars(file(content))).toThrow(word);
  });

  it.each([
    ['2026-03-05', '2026-03-11'],
    ['2026-10-29', '2026-11-04'],
  ])('neither repeats nor leaves out a day from %s to %s, when the clocks change', (from, to) => {
    for (const of of ['huggingface', 'arxiv', 'biorxiv', 'feed']) {
      const calendar = calendarFor(of);
      const days: string[] = [];
      for (let at = Date.parse(from); at < Date.parse(to); at += 1_800_000) {
        const day = calendar.dayAt(new Date(at));
        if (day !== days.at(-1)) days.push(day);
      }
      expect(days).toEqual([...new Set(days)].sort());
      expect(days.filter((day) => day > from && day < to)).toHaveLength(5);
    }
  });
});

describe('the name of a source', () => {
  it.each([
    ['HuggingFace', 'huggingface'],
    ['arxiv', 'arxiv'],
    ['arXiv:cs.LG, cs.CL', 'arxiv:cs.CL+cs.LG'],
    ['arxiv:astro-ph.CO+hep-th', 'arxiv:astro-ph.CO+hep-th'],
    ['https://Example.org/rss#a', 'feed:https://example.org/rss'],
    ['feed:https://example.org/rss', 'feed:https://example.org/rss'],
  ])('%s is %s', (written, name) => {
    expect(sourceName(written)).toBe(name);
  });

  it.each([
    '',
    'nature',
    'arxiv:',
    'arxiv:cs.CL/../../x',
    'feed:file:///etc/passwd',
    'javascript:1',
  ])('"%s" is none, and what is one is said', (written) => {
    expect(() => sourceName(written)).toThrow(UserError);
  });

  it('is the one that the opened source has', () => {
    const sources = createSources(
      {
        huggingFaceUrl: 'https://huggingface.co',
        arxivApiUrl: 'https://export.arxiv.org/api/query',
        arxivRssUrl: 'https://rss.arxiv.org/rss',
        arxivOaiUrl: 'https://oaipmh.arxiv.org/oai',
        biorxivUrl: 'https://api.biorxiv.org',
        semanticScholarUrl: 'https://api.semanticscholar.org',
        arxivCategories: ['cs.AI'],
        allowPrivateFeeds: false,
        calendars: readCalendars(undefined),
      },
      { turn: (run) => run(), now: () => new Date() },
    );
    const names = [
      'huggingface',
      'arxiv',
      'arxiv:cs.CL',
      'biorxiv',
      'medrxiv',
      'feed:https://x.org/a',
    ];
    expect(names.map((name) => sources.open(name).name)).toEqual(names);
  });
});
