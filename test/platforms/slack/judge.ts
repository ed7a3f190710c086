/** What Slack would say to a rendered message, and what a person would read of it. */
import { expect } from 'vitest';
import type { SlackMessage } from '../../../src/platforms/slack/render.ts';
import { checkBlocks } from '../../fakes/slack/blocks.ts';
import { type Reading, readMrkdwn } from '../../fakes/slack/mrkdwn.ts';

const names = { user: (id: string) => id, channel: (id: string) => id };

/** Fails unless Slack accepts the message and nothing in it calls anybody. */
export function expectAccepted(message: SlackMessage): void {
  expect(checkBlocks(message.blocks)).toMatchObject({ ok: true });
  expect(message.text.trim()).not.toBe('');
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  for (const markup of [message.text, ...markups(message.blocks)]) {
    expect(read(markup).notifies).toEqual([]);
    // Whatever is between angle brackets is a link to the web, made by the renderer.
    expect(markup.replace(/<https?:[^<>|]*\|[^<>]*>/g, '')).not.toMatch(/[<>]/);
    expect(markup).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  }
}

export function read(markup: string): Reading {
  return readMrkdwn(markup, names);
}

/** Every text of the blocks, as markup. */
export function markups(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markups);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'text' && typeof one === 'string' ? [one] : markups(one),
  );
}
