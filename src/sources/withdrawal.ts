/**
 * How authors say that they took a paper back: a new version whose comment, or abstract, begins with it.
 * https://info.arxiv.org/help/withdraw.html
 */

const lead = String.raw`(?:this|the|our|an?)?\s*(?:arxiv\s+)?(?:paper|article|submission|manuscript|work|note|preprint|e-?print|version|report|document)?`;
const begins = new RegExp(
  String.raw`^\W*${lead}\s*(?:(?:is|was|has|have|had|been|being|now|temporarily)\s+)*withdraw(?:n|al)\b`,
  'i',
);

/** The authors' words, or undefined when the paper stands. */
export function withdrawalIn(comment: string | undefined, abstract: string): string | undefined {
  if (comment && begins.test(comment)) return comment;
  return begins.test(abstract) ? abstract.slice(0, 500) : undefined;
}
