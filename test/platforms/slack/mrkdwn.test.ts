import { expect, test } from 'vitest';
import { mrkdwn } from '../../../src/platforms/slack/mrkdwn.ts';
import { bold, italic, link, plain } from '../../../src/reply/text.ts';

test('spans of one style in a row share their marks', () => {
  const reason = [italic('shares '), italic('long context'), italic(', '), italic('users')];
  expect(mrkdwn(reason, 100)).toBe('_shares long context, users_');
});

test('spans of different styles keep their own marks', () => {
  expect(mrkdwn([plain('by '), bold('Ada'), plain(' and '), italic('Bo')], 100)).toBe(
    'by *Ada* and _Bo_',
  );
  const links = [link('one', 'https://a.example/'), link('two', 'https://b.example/')];
  expect(mrkdwn(links, 100)).toBe('<https://a.example/|one><https://b.example/|two>');
});
