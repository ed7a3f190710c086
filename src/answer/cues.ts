/** Words that tell what a sentence says, whatever it is about: direction, denial, numbers, definitions. */

const up =
  /^(?:increas|rais|elevat|high|greater|more|improv|enhanc|promot|induc|activ|upregul|stimul|augment|gain|longer|larger|accelerat|facilit|better|outperform|exceed|surpass|positiv|stabil|trigger|caus|lead|boost|strengthen|expand|grow|extend|faster)/;
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

/** Numbers that measure or count; a year does neither. */
export function numbersIn(words: readonly string[]): string[] {
  return words.filter((word) => /^\p{N}/u.test(word) && !/^(?:19|20)\d\d$/.test(word));
}

const comparing =
  /^(?:than|versus|vs|compared|comparison|whereas|while|unlike|contrast|outperforms?|outperformed|relative)$/;

export function compares(words: readonly string[]): boolean {
  return words.some((word) => comparing.test(word));
}

const defining =
  /\b(?:is|are|refers? to|denotes?|means?|is defined as|are defined as|is called|known as|which is|, an? |consists? of|describes?)\b/i;

/** Whether a sentence says what its subject is: "Model merging is a technique that …". */
export function defines(text: string): boolean {
  return defining.test(text);
}

const hedging = /^(?:may|might|could|should|need|needed|needs|future|warranted|further)$/;

/** Whether a sentence says what may be or should be done. */
export function hedges(words: readonly string[]): boolean {
  return words.some((word) => hedging.test(word));
}
