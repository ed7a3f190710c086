/** What every wrong argument gets: its own sentence, with an example that is right. */
import { expect } from 'vitest';
import { channelRef } from '../../src/model/channel.ts';
import { type Scene, wordsOf } from './scene.ts';

interface Mistake {
  wrong: string;
  sentence: string;
  /** The part of the sentence that shows how it is said. */
  example: string;
  /** A right line made of the example. */
  right: string;
}

/** Says each wrong line and then, elsewhere, the right one that its sentence shows. */
export async function expectMistakes(scene: Scene, mistakes: readonly Mistake[]): Promise<void> {
  const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'elsewhere' });
  const elsewhere = scene.as({ place: { channel } });
  for (const { wrong, sentence, example, right } of mistakes) {
    const reply = await scene.say(wrong);
    expect.soft(reply.summary, wrong).toBe(sentence);
    expect.soft(reply.visibility, wrong).toBe('asker');
    expect.soft(sentence, wrong).toContain(example);
    expect.soft(right, wrong).toContain(example);
    const put = wordsOf(await elsewhere.say(right));
    expect.soft(isMistake(put), `${right} → ${put}`).toBe(false);
  }
}

/** Whether an answer is the one to a line that does not work. */
export const isMistake = (words: string) =>
  /shows how it is said|There is no command|Something went wrong/.test(words);
