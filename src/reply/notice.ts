/** What the bot tells an owner directly. */
import type { Obstacle } from '../model/delivery.ts';
import type { Paper } from '../model/paper.ts';
import { sentence } from './build.ts';
import { linkedTitle } from './paper.ts';
import { reasonWords } from './reason.ts';
import type { Reply } from './reply.ts';
import { say } from './text.ts';

/** `name` is the channel's, `#papers`. */
export function blockedNotice(name: string, reason: Obstacle): Reply {
  const { because, remedy } = reasonWords[reason];
  return sentence(
    say`I cannot post digests in ${name} any more: ${because}. ${remedy} Topics and schedule are kept, and digests go on by themselves once I can post there again.`,
  );
}

/** Of a digest that may be missing: it names the papers, since no later digest will. */
export function unsureNotice(name: string, papers: readonly Paper[]): Reply {
  const { because, remedy } = reasonWords.unsure;
  const { blocks, ...reply } = sentence(
    say`I was stopped while I posted a digest in ${name}, and left it at that: ${because}. ${remedy} These were its papers, should it be missing:`,
  );
  const items = papers.map((paper) => [linkedTitle(paper)]);
  return { ...reply, blocks: [...blocks, { kind: 'list', items }] };
}
