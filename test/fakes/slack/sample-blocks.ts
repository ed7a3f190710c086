/** Small blocks to post in tests of the fake. */
import type { types } from '@slack/bolt';

export const section = (text: string): types.SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
});

/** A row of buttons; `Next` has the action_id `press-next`. */
export const buttons = (...texts: string[]): types.ActionsBlock => ({
  type: 'actions',
  elements: texts.map((text) => ({
    type: 'button',
    action_id: `press-${text.toLowerCase()}`,
    value: `value of ${text}`,
    text: { type: 'plain_text', text },
  })),
});
