/** ask <question> [paper:] [topic:]: an answer in the papers' own words, or which papers come nearest. */
import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { needsAll } from '../src/command/loading.ts';
import { topicOf, withPaper } from '../src/command/resolve.ts';
import { workspaceOf } from '../src/model/channel.ts';
import type { Paper } from '../src/model/paper.ts';
import { answerReply, stageReply, writingReply } from '../src/reply/answer.ts';

export const ask = defineCommand({
  name: 'ask',
  describe: 'Ask the papers: an answer in their own words, each quote with its source',
  examples: [
    'ask What is model merging?',
    'ask How much does it reduce negative flips? paper:2407.09435',
    'ask Is it better than fine-tuning? topic:model-merging',
  ],
  rights: 'anyone',
  visibility: 'channel',
  defer: true,
  args: z.object({
    question: text({
      describe: 'A question, or a claim to check',
      example: 'What is model merging?',
      positional: true,
    }),
    paper: text({
      describe: 'Ask this paper alone: an arXiv id or link, or words of the title',
      example: 'paper:2407.09435',
      complete: 'paper',
    }).optional(),
    topic: text({
      describe: 'Ask the papers of a topic or query alone',
      example: 'topic:model-merging',
      complete: 'topic',
    }).optional(),
  }),
  async run({ question, paper: wanted, topic }, ctx) {
    const query = topic === undefined ? undefined : (await topicOf(topic, ctx)).query;
    const answered = async (paper?: Paper) => {
      const asking = { question, paper, topic };
      const answer = await ctx.answers.ask(question, {
        paper,
        topic: query,
        workspace: workspaceOf(ctx.place.channel),
        signal: ctx.signal,
        onStage: (stage) => ctx.progress(stageReply(stage, asking)),
        onWriting: (soFar) => ctx.progress(writingReply(soFar, asking)),
      });
      if (answer.kind === 'refusal' && !paper) needsAll(ctx);
      return answerReply(answer, asking);
    };
    return wanted === undefined ? answered() : withPaper(wanted, ctx, answered);
  },
});
