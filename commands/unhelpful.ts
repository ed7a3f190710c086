/** unhelpful: say that the last answer here did not help. */
import { z } from 'zod';
import { defineCommand } from '../src/command/command.ts';
import { personOf } from '../src/command/person.ts';
import { answerArg, withExchange } from '../src/command/resolve.ts';
import { sentence } from '../src/reply/build.ts';
import { code, say } from '../src/reply/text.ts';

export const unhelpful = defineCommand({
  name: 'unhelpful',
  describe: 'Say that the last answer here did not help',
  group: 'buttons',
  examples: ['unhelpful'],
  rights: 'anyone',
  visibility: 'asker',
  defer: false,
  args: z.object({ answer: answerArg }),
  async run({ answer }, ctx) {
    const { id, subject } = await withExchange(answer, ctx);
    await ctx.exchanges.signal(id, personOf(ctx), 'not-helpful', ctx.now().toISOString());
    return sentence(
      say`Noted, thank you. ${code(`/paper search ${subject}`)} shows all papers that come near.`,
    );
  },
});
