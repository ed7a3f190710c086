import { expect, test } from 'vitest';
import { openHouse } from '../../house.ts';
import { addressOf } from './http.ts';

async function open() {
  const house = await openHouse();
  return async (text: string): Promise<{ id: number; html: string; text: string }[]> => {
    const answered = await fetch(`${addressOf(house)}/channels/general/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    const { messages } = (await answered.json()) as { messages: never[] };
    return messages;
  };
}

test('@paperboy asks and asks on, /paper commands, and talk is left alone', async () => {
  const say = await open();
  const [, first] = await say('@paperboy What is model merging?');
  expect(first?.html).toMatch(/<blockquote>.*<mark>.*<footer/s);
  expect(first?.html).toContain('Begin with @paperboy to ask on.');
  const [, second] = await say('@paperboy and in Japanese?');
  expect(second?.text).toMatch(/of this conversation/);
  expect(second?.html).not.toContain('to ask on');
  expect((await say('@paperboy search merging'))[1]?.text).toMatch(/for merging/);
  expect((await say('/paper what is merging?'))[1]?.text).toMatch(/There is no command what/);
  expect(await say('and in French?')).toHaveLength(1);
});

test('a question asked before on the page leads to its answer there', async () => {
  const say = await open();
  const [, answer] = await say('/paper ask What is model merging?');
  const [, again] = await say('/paper ask what is model merging');
  expect(again?.html).toContain(`/#general/${answer?.id}`);
  expect(again?.html).toContain('Ask again');
});
