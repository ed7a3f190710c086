import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { foundIn, parseConfig, secretsOf } from '../src/config.ts';
import { envExample } from '../src/ops/docs.ts';

const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x' };

test('nothing set gives the defaults', () => {
  expect(parseConfig({})).toMatchObject({
    PAPERBOY_HOST: '127.0.0.1',
    PAPERBOY_TIMEZONE: 'UTC',
    LOG_LEVEL: 'info',
  });
});

test('every problem is named at once, and no value', () => {
  const env = {
    PAPERBOY_PORT: 'many',
    PAPERBOY_TIMEZONE: 'Mars/Phobos',
    PAPERBOY_COLOUR: 'red',
    SLACK_BOT_TOKEN: 'secret-token',
    DISCORD_API_URL: 'ftp://example.org',
    DATABASE_URL: 'mysql://root:hunter2@db',
  };
  const error = caught(() => parseConfig(env));
  for (const name of Object.keys(env)) expect(error).toContain(name);
  expect(error).not.toMatch(/secret-token|hunter2|Phobos/);
});

test.each([
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_BOT_TOKEN needs SLACK_APP_TOKEN/],
  [{ SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_APP_TOKEN needs SLACK_BOT_TOKEN/],
  [{ SLACK_SIGNING_SECRET: 'x' }, /SLACK_SIGNING_SECRET needs SLACK_BOT_TOKEN/],
  [{ ...http, SLACK_PORT: '80', PAPERBOY_PORT: '80' }, /SLACK_PORT and PAPERBOY_PORT must differ/],
  [{ ...http, PAPERBOY_PORT: '3711' }, /SLACK_PORT and PAPERBOY_PORT must differ/],
  [{ MODEL_BASE_URL: 'http://127.0.0.1:11434/v1' }, /MODEL_BASE_URL needs MODEL_NAME/],
  [{ MODEL_NAME: 'llama' }, /MODEL_NAME needs MODEL_BASE_URL/],
  [{ MODEL_API_KEY: 'sk-1' }, /MODEL_API_KEY needs MODEL_BASE_URL/],
])('the combination %j is refused', (env, sentence) => {
  expect(caught(() => parseConfig(env))).toMatch(sentence);
});

test.each([
  ['each takes a free one', { ...http, SLACK_PORT: '0', PAPERBOY_PORT: '0' }],
  ['Socket Mode opens none', { ...http, SLACK_APP_TOKEN: 'xapp-1', PAPERBOY_PORT: '3711' }],
  ['Slack is not used', { PAPERBOY_PORT: '3711' }],
])('Slack and the local page may have the same port where %s', (_, env) => {
  expect(parseConfig(env)).toMatchObject({ PAPERBOY_PORT: Number(env.PAPERBOY_PORT) });
});

test('what is wrong is told in plain words', () => {
  const error = caught(() => parseConfig({ PAPERBOY_PORT: '70000', LOG_LEVEL: 'loud' }));
  expect(error).toContain('PAPERBOY_PORT must be a whole number from 0 to 65535');
  expect(error).toContain('LOG_LEVEL must be one of trace, debug, info');
  expect(caught(() => parseConfig({ PAPERBOY_OPERATORS: 'slack:U1, bob' }))).toContain(
    'PAPERBOY_OPERATORS must name people as slack:U024BE7LH',
  );
});

test('an empty value is one that is not set', () => {
  expect(parseConfig({ DISCORD_TOKEN: '', PAPERBOY_PORT: ' ' })).toEqual(parseConfig({}));
});

test('what was found is told by name, and every secret is known to the log', () => {
  const config = parseConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    DISCORD_TOKEN: 'd',
  });
  expect(foundIn(config)).toEqual(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DISCORD_TOKEN']);
  expect(secretsOf(config)).toEqual(['xoxb-1', 'xapp-1', 'd']);
});

test('.env.example is what the schema says (npm run docs writes it)', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
});

function caught(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return '';
}
