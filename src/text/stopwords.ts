/** English words that carry no subject: left out of ranking and of bold, kept inside phrases. */

export const stopWords: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being below
  between both but by can cannot could did do does doing done down during each either etc for from
  further had has have having he her here hers him his how however i if in into is it its itself just
  may me might more most must my neither no nor not of off on once only onto or other our ours out over
  own per please same shall she should so some such tell than that the their theirs them themselves
  then there these they this those through thus to too toward towards under until up upon very via
  versus vs was we were what when where whether which while who whom whose why will with within without would
  you your yours`.split(/\s+/),
);

/** Whether a folded word, or the term made of it, says nothing about a paper's subject. */
export function isStopWord(term: string): boolean {
  return stopWords.has(term);
}
