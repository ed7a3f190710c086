/** Words that tell what a sentence says, whatever it is about: direction, denial, numbers, definitions. */
import { isStopWord } from '../text/stopwords.ts';
import type { Token } from '../text/tokens.ts';

const up =
  /^(?:increas|rais|elevat|high|greater|more|improv|enhanc|promot|induc|activ|upregul|stimul|augment|gain|longer|larger|accelerat|facilit|better|outperform|exceed|surpass|positiv|stabil|trigger|caus|lead|boost|strengthen|expand|grow|extend|faster|ris(?:es?|ing|en)$|rose$)/;
const down =
  /^(?:decreas|reduc|low|less|fewer|declin|inhibit|suppress|impair|downregul|attenu|diminish|block|prevent|loss|lose|short|small|slow|wors|deplet|deficien|fail|lack|abolish|limit|protect|negativ|destabil|weaken|shrink|degrad|drop|hurt|harm)/;
const denial =
  /^(?:no|not|neither|nor|without|never|none|cannot|fail|fails|failed|unable|absence|lack|lacks|lacked|unaffected|insufficient|unlikely|independent|isnt|doesnt|didnt|wasnt|werent|arent)$/;

export type Direction = 'up' | 'down' | 'both' | undefined;

/** Whether a sentence denies something, by its folded words. */
export function denies(words: readonly string[]): boolean {
  return words.some((word) => denial.test(word));
}

/** Whether something goes up or down in a sentence; "not increased" goes down. */
export function directionOf(words: readonly string[]): Direction {
  const isUp = words.some((word) => up.test(word));
  const isDown = words.some((word) => down.test(word));
  if (isUp && isDown) return 'both';
  if (!isUp && !isDown) return undefined;
  return isUp !== denies(words) ? 'up' : 'down';
}

/**
 * The tokens of a text that are numbers which measure or count. Years do neither, nor do the numbers of
 * names: "GPT-4", "Llama 2", "Figure 3".
 */
export function numbersIn(text: string, tokens: readonly Token[]): Token[] {
  return tokens.filter(({ word, start, end }) => {
    if (!/^\p{N}/u.test(word) || /^(?:19|20)\d\d$/.test(word)) return false;
    const before = text.slice(Math.max(0, start - 24), start);
    if (/[\p{L}_][-–]?$/u.test(before)) return false;
    if (/^\s*%/.test(text.slice(end, end + 4))) return true;
    // Capitals alone are a measure: "HR 0.50".
    const name = /\b\p{Lu}[\p{L}-]*\p{Ll}[\p{L}-]*(?=\s$)/u.exec(before)?.[0];
    return name === undefined || isStopWord(name.toLowerCase());
  });
}

const comparing =
  /^(?:than|versus|vs|compared|comparison|whereas|while|unlike|contrast|outperforms?|outperformed|relative)$/;

/** Whether a sentence compares two things, by its folded words. */
export function compares(words: readonly string[]): boolean {
  return words.some((word) => comparing.test(word));
}

const afterSubject =
  /^[)\]”"']*(?:\s*\([^)]{1,30}\))?,?\s+(?:(?:is|are|was|were) (?:an?|the|one|any|defined|called|termed)\b|(?:refers? to|denotes?|means|consists? of|stands for|describes|aims? (?:to|at)|has emerged as|have emerged as|is to|enables?|combines?|allows?|(?:which|that) (?:is|are))\b)|^[)\]”"']*,\s+(?:an?|the)\s/iu;
const beforeSubject =
  /\b(?:called|termed|named|known as|referred to as|defined? (?:an? |the )?|introduces?|present|proposes?)[\s“"'(]*(?:[\p{L}\d-]+ ){0,2}$/iu;

/**
 * Whether a sentence says what its subject is: 1 for "Model merging is a technique that …" or "…, called
 * model merging", by where the words in question stand in it.
 */
export function defines(text: string, subject: readonly Token[]): boolean {
  return subject.some(
    ({ start, end }) =>
      afterSubject.test(text.slice(end, end + 60)) ||
      beforeSubject.test(text.slice(Math.max(0, start - 60), start)),
  );
}

const hedging = /^(?:may|might|could|should|need|needed|needs|future|warranted|further)$/;

/** Whether a sentence says what may be or should be done. */
export function hedges(words: readonly string[]): boolean {
  return words.some((word) => hedging.test(word));
}

/** What a paper says of itself stands on its own: "this paper", "in this study". */
const itself =
  /^(?:in )?(?:this|our) (?:paper|work|study|survey|article|review|report|research)\b/i;
const dangling =
  /^(?:(?:this|these|that|those|such|it|they|its|their|he|she)\b|(?:furthermore|moreover|additionally|in addition|however|nevertheless|thus|therefore|hence|consequently|finally|also|then|similarly|instead|concurrently|further|conversely|put together|to (?:this|that) end|by \w+ing (?:this|these|that|those|it|them)|(?:in|for|with|from|within|based on|given) (?:this|these|that|those|such))\b)/i;

/** Whether a sentence begins with what only the sentence before it explains. */
export function dangles(text: string): boolean {
  return dangling.test(text) && !itself.test(text);
}
