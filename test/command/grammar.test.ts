import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { argInfo } from '../../src/command/args.ts';
import { formatLine, parseLine, UnknownCommandError } from '../../src/command/grammar.ts';
import { UserError } from '../../src/errors.ts';

const parse = (line: string) => parseLine(line, commands);

test('words and query fields go to the positional argument as they are; known keys do not', () => {
  expect(parse('search model merging since:30d page:2 -survey "a phrase" category:cs.CL')).toEqual({
    command: 'search',
    args: { query: 'model merging since:30d -survey "a phrase" category:cs.CL', page: '2' },
  });
});

test('a key inside quotes is part of the phrase', () => {
  expect(parse('search "page:2 of it"').args).toEqual({ query: '"page:2 of it"' });
});

test('keys are known in any case and may stand anywhere', () => {
  expect(parse('subscribe TOP:3 model merging min-upvotes:5').args).toEqual({
    topic: 'model merging',
    top: '3',
    'min-upvotes': '5',
  });
});

test('a quoted value may hold spaces and quotes', () => {
  expect(parse('schedule timezone:"new york" on:"mon, \\"fri\\""').args).toEqual({
    timezone: 'new york',
    on: 'mon, "fri"',
  });
});

test('curly quotes are quotes', () => {
  expect(parse('search “model merging”').args).toEqual({ query: '"model merging"' });
});

test('a value may stand apart from its key, and the parts of a list from each other', () => {
  expect(parse('schedule at: 9:00 on:mon, wed,fri top:3').args).toEqual({
    at: '9:00',
    on: 'mon,wed,fri',
    top: '3',
  });
  expect(parse('search merging, page: 2').args).toEqual({ query: 'merging,', page: '2' });
});

test('a line may begin with /paper, as help writes it', () => {
  expect(parse('/paper search lora')).toEqual(parse('search lora'));
  expect(parse(' /Paper ')).toEqual({ command: 'help', args: {} });
});

test('nothing at all asks for help', () => {
  expect(parse('  ')).toEqual({ command: 'help', args: {} });
});

test('schedule pause is pause', () => {
  expect(parse('Schedule  Pause')).toEqual({ command: 'pause', args: {} });
});

test.each([
  ['serach model merging', 'search', 'search model merging'],
  ['subscibe x', 'subscribe', 'subscribe x'],
  ['model merging', 'search', 'search model merging'],
])('%j suggests %s', (line, command, suggested) => {
  const error = catching(() => parse(line));
  expect(error).toBeInstanceOf(UnknownCommandError);
  expect(error).toMatchObject({ suggestion: { command, line: suggested } });
});

test('words for a command that takes none are answered with what it takes', () => {
  expect(() => parse('status now please')).toThrow(/takes no words.*“status”/);
});

test('an endless line is refused in a sentence', () => {
  expect(() => parse(`search ${'a'.repeat(10_000)}`)).toThrow(/longer than 2000 characters/);
});

test('every example of every command is a right line', () => {
  for (const { name, examples } of commands) {
    for (const example of examples) expect(parse(example).command).toBe(name);
  }
});

test('a line that is written reads back as the same invocation', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.constantFrom('page:2', 'query:x', '"a b"', 'a "', '\\', ' x', 'share:yes', 'top:3 a', '“x”'),
  );
  const invocations = fc.constantFrom(...commands).chain((command) =>
    fc.array(fc.tuple(fc.constantFrom('', ...Object.keys(command.args)), value)).map((pairs) => ({
      command: command.name,
      args: Object.fromEntries(pairs.filter(([key]) => key !== '')),
    })),
  );
  fc.assert(
    fc.property(invocations, (invocation) => {
      // Curly quotes are read as straight ones, so that is what comes back.
      const straight = Object.entries(invocation.args).map(([key, text]) => [
        key,
        text.replace(/[“”„‟]/g, '"').replace(/[‘’]/g, "'"),
      ]);
      expect(parse(formatLine(invocation, commands))).toEqual({
        command: invocation.command,
        args: Object.fromEntries(straight),
      });
    }),
  );
});

test('whatever is typed gives an invocation or a sentence', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (line) => {
      const error = catching(() => parse(line));
      if (error !== undefined) expect(error).toBeInstanceOf(UserError);
    }),
  );
});

test('every argument describes itself within the limits of the platforms', () => {
  for (const command of commands) {
    expect(command.describe.length).toBeLessThanOrEqual(100);
    const positional = Object.values(command.args).filter((schema) => argInfo(schema).positional);
    expect(positional.length).toBeLessThanOrEqual(1);
    for (const schema of Object.values(command.args)) {
      expect(argInfo(schema).describe.length).toBeLessThanOrEqual(100);
    }
  }
});

function catching(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
