/** search <query>: papers of the catalogue, best first. */

import { z } from 'zod';
import { text } from '../src/command/args.ts';
import { defineCommand } from '../src/command/command.ts';
import { needsAll } from '../src/command/loading.ts';
import { pageArg } from '../src/command/resolve.ts';
import { parseQuery } from '../src/query/parse.ts';
import { count, sentence } from '../src/reply/build.ts';
import { paperList, readPage } from '../src/reply/list.ts';
import { bold, code, say } from '../src/reply/text.ts';

export const search = defineCommand({
  name: 'search',
  describe: 'Find papers by words, "phrases", author:, category:, since:, -without',
  examples: [
    'search model merging',
    'search "instruction tuning" since:2024 category:cs.CL -survey',
  ],
  rights: 'anyone',
  visibility: 'choice',
  defer: false,
  args: z.object({
    query: text({
      describe: 'Words, "a phrase", author:name, category:cs.CL, since:2024, -word',
      example: 'model merging since:2024',
      positional: true,
    }),
    page: pageArg,
  }),
  async run({ query, page: asked }, ctx) {
    const parsed = parseQuery(query);
    const { results, page } = await readPage(asked, (at) => ctx.catalogue.search(parsed, at));
    if (!results.exact) needsAll(ctx);
    if (!results.total) {
      return sentence(
        say`None of the ${ctx.catalogue.size} papers I know fits ${bold(query)}. Try fewer or other words, for example ${code('/paper search model merging')}.`,
      );
    }
    const near = results.onlyNear
      ? `, ${results.onlyNear.toLocaleString('en')} of them near in meaning alone`
      : '';
    const title = results.exact
      ? say`${count(results.total, 'paper')} for ${bold(query)}${near}.`
      : say`No paper has all of ${bold(query)}; these come closest.`;
    return paperList({ title, results, page, command: 'search', args: { query } });
  },
});
