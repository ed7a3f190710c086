/** What a channel reads when a person puts a paper before it. Pure. */
import type { Paper } from '../model/paper.ts';
import { paperBlock, titleOf } from '../reply/paper.ts';
import type { Reply } from '../reply/reply.ts';
import { bold, say } from '../reply/text.ts';

export function composeSubmission(paper: Paper, by: string): Reply {
  return {
    visibility: 'channel',
    summary: `${by} suggests: ${titleOf(paper)}`,
    blocks: [{ kind: 'text', text: say`${bold(by)} suggests this paper.` }, paperBlock(paper)],
  };
}
