/** The papers of a digest, or of its preview, each with the reason it is there. */
import type { Pick } from '../model/pick.ts';
import { enumerated, paperBlock } from './paper.ts';
import type { Block } from './reply.ts';
import { italic, say } from './text.ts';

/** Numbered papers, each with the topics it matches. */
export function picksList(picks: readonly Pick[]): Block[] {
  return picks.map(({ paper, topics, terms }, i) =>
    paperBlock(paper, {
      number: i + 1,
      terms,
      ...(topics.length ? { reason: say`matches ${enumerated(topics.map(italic))}` } : {}),
    }),
  );
}
