/** submit <arXiv link or id>: put a paper in front of the channel, with your name. */
import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { settingsOrDefault } from '../src/command/channel.ts';
import { defineCommand } from '../src/command/command.ts';
import type { Context } from '../src/command/context.ts';
import { Refusal, UserError } from '../src/errors.ts';
import { type Paper, paperIdIn } from '../src/model/paper.ts';
import { sentence } from '../src/reply/build.ts';
import { deliveryWords } from '../src/reply/delivery.ts';
import { paperBlock, titleOf } from '../src/reply/paper.ts';
import { beginning, bold, code, say } from '../src/reply/text.ts';

export const submit = defineCommand({
  name: 'submit',
  describe: 'Put a paper of arXiv in front of this channel, with your name',
  group: 'keep',
  examples: ['submit 2407.09435', 'submit https://arxiv.org/abs/2407.09435'],
  rights: 'anyone',
  visibility: 'asker',
  defer: true,
  args: z.object({
    paper: text({
      describe: 'An arXiv link or id',
      example: '2407.09435',
      positional: true,
      complete: 'paper',
    }),
  }),
  async run({ paper: written }, ctx) {
    const obstacle = await ctx.place.obstacle();
    if (obstacle) throw new Refusal(obstacle);
    const paper = await find(written, ctx);
    const settings = await settingsOrDefault(ctx);
    const { channel } = settings;
    if ((await ctx.editions.taken(channel)).has(paper.id)) {
      return sentence(
        say`${beginning(ctx.place.name)} has had this paper already; ${code(`/paper show ${paper.id}`)} shows it again.`,
        'asker',
        [paperBlock(paper)],
      );
    }
    const { delivery } = await ctx.digests.suggest(channel, {
      paper: paper.id,
      by: ctx.actor.name,
    });
    if (delivery.state === 'planned' || delivery.state === 'sending') {
      return sentence(say`A digest is being posted in ${ctx.place.name}; your paper follows it.`);
    }
    return delivery.state === 'sent'
      ? sentence(say`${bold(titleOf(paper))} is now in front of ${ctx.place.name}.`)
      : sentence(
          say`${bold(titleOf(paper))} was not posted: ${deliveryWords(delivery, settings.schedule.timezone)}.`,
        );
  },
});

/** The paper from the catalogue, else from arXiv. */
async function find(written: string, ctx: Context): Promise<Paper> {
  const id = paperIdIn(written);
  if (!id) {
    throw new UserError(
      `“${written.slice(0, 80)}” is no arXiv link or id. It looks like 2407.09435 or https://arxiv.org/abs/2407.09435.`,
    );
  }
  const known = await ctx.known(id);
  if (known) return known;
  const found = id.startsWith('arxiv:') ? await ctx.sources.bring(id) : undefined;
  if (!found) {
    throw new UserError(
      id.startsWith('arxiv:')
        ? `arXiv has no paper ${id.slice('arxiv:'.length)}; check the number.`
        : `I do not know ${id}, and fetch from arXiv only; give its arXiv id, for example “submit 2407.09435”.`,
    );
  }
  return found;
}
