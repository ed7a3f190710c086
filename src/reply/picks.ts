/** The papers of a digest, or of its preview, each with the reason it is there. */
import type { Pick } from '../model/pick.ts';
import { enumerated, paperBlock } from './paper.ts';
import { regardWords } from './regard.ts';
import type { Block } from './reply.ts';
import { italic, plain, say, type Text } from './text.ts';

/** Numbered papers, each with the topics it matches and what people of the channel say of it. */
export function picksList(picks: readonly Pick[]): Block[] {
  return picks.map((pick, i) =>
    paperBlock(pick.paper, { number: i + 1, terms: pick.terms, reason: reasonOf(pick) }),
  );
}

function reasonOf({ topics, regard }: Pick): Text {
  const matches = topics.length ? say`matches ${enumerated(topics.map(italic))}` : [];
  const said = regardWords(regard);
  return said ? [...matches, plain(matches.length ? ` · ${said}` : said)] : matches;
}
