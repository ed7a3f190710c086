import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { parseLine } from '../../src/command/grammar.ts';
import { readArgv } from '../../src/terminal/argv.ts';
import { shellLine } from '../../src/terminal/shell.ts';

const read = (...argv: string[]) => readArgv(argv, commands);

test.each([
  [['search', 'model merging', 'since:2024'], 'search "model merging" since:2024'],
  [['search', 'model merging since:2024 -survey'], 'search model merging since:2024 -survey'],
  [
    ['search', '"model merging" OR evolution', '-survey'],
    'search "model merging" OR evolution -survey',
  ],
  [['search', '"model merging" -survey'], 'search "model merging" -survey'],
  [['search', 'tea', '-survey', '-', '--'], 'search tea -survey - --'],
  [['schedule', 'at:09:00', 'on:mon, wed'], 'schedule at:09:00 on:"mon, wed"'],
  [['schedule', 'on:"mon, wed"'], 'schedule on:"mon, wed"'],
  [['search', 'author:Ada Lovelace'], 'search author:Ada Lovelace'],
  [['SCHEDULE', 'on:mon, wed'], 'SCHEDULE on:"mon, wed"'],
  [[], ''],
])('%j is the line %s', (argv, line) => {
  expect(read(...argv)).toEqual({ line, json: false, channel: 'general', file: undefined });
});

test('a value keeps its quotes and backslashes on the way through the grammar', () => {
  const { line } = read('subscribe', 'tea', 'top:3', 'min-upvotes:a "b" \\ c');
  expect(parseLine(line, commands).args).toMatchObject({
    topic: 'tea',
    'min-upvotes': 'a "b" \\ c',
  });
});

describe('options', () => {
  test('may stand anywhere', () => {
    const wanted = { line: 'search tea', json: true, channel: 'reading-group' };
    expect(read('--json', 'search', '--channel', 'reading-group', 'tea')).toMatchObject(wanted);
    expect(read('search', 'tea', '--channel=reading-group', '--json')).toMatchObject(wanted);
  });

  test('--help explains the command before it', () => {
    expect(read('search', '--help').line).toBe('help search');
    expect(read('--help').line).toBe('help');
  });

  test.each([[['--jsn', 'search']], [['search', '--channel']], [['--json=yes']]])(
    '%j is a mistake that names those there are',
    (argv) => {
      expect(() => read(...argv)).toThrow(/--json, --help and --channel/);
    },
  );
});

test('import takes a file', () => {
  expect(read('import', 'papers.ndjson').file).toBe('papers.ndjson');
  expect(() => read('import')).toThrow('import papers.ndjson');
});

test.each([
  ['search model merging', 'npm run paper -- search model merging'],
  ['search "model merging" -survey', `npm run paper -- 'search "model merging" -survey'`],
  ["search don't $(rm -rf)", `npm run paper -- 'search don'\\''t $(rm -rf)'`],
])('the line %s is typed as %s', (line, typed) => {
  expect(shellLine(line)).toBe(typed);
});

test('a line for another channel names it', () => {
  expect(shellLine('topics', 'lab')).toBe('npm run paper -- --channel lab topics');
});
