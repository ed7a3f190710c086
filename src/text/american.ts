/** Words of British spelling as Americans write them, so that `modelling` finds `modeling`. */

/**
 * What is said before `-ise` where it stands for `-ize`. Not whatever ends so: `supervised` belongs to `supervision`, and
 * `precise` to `precision`.
 */
const verbs =
  /\B(al|il|ol|im|an|en|on|ar|er|or|at|et|it|rd|nt|gn|tr|th|ph|andom|ustom|allel|odern|ybrid|onym|conom|nthes|mphas|pothes)is(?=(?:e[ds]?|ers?|ing|ations?|able|ability)$)/;
const colours = /(behavi|col|fav|flav|harb|hon|hum|lab|neighb|rig|tum|vap|vig)our/;
const doubled = /(model|label|signal|channel|level|travel|cancel|tunnel|fuel)l(?=(?:ed|ing|ers?)$)/;

/** What is British → what it is in American spelling. */
export const spellings: readonly (readonly [RegExp, string])[] = [
  [verbs, '$1iz'],
  [colours, '$1or'],
  [doubled, '$1'],
  [/(?<=aly)s(?=(?:e|ed|ers?|ing)$)/, 'z'],
  [/(dial|catal|anal|monol)ogue(?=s?$)/, '$1og'],
  [/(cent|fib|theat)re(?=s?$)/, '$1er'],
  [/centred$/, 'centered'],
  [/(def|off|lic)ence(?=s?$)/, '$1ense'],
  [/artefact/, 'artifact'],
  [/^programme(?=s?$)/, 'program'],
  [/^grey/, 'gray'],
  [/^learnt$/, 'learned'],
];

/** What at least stands in a word that is spelt otherwise; most have nothing of it. */
const hint = /is[eai]|ys[ei]|our|ll[ei]|ogue|tre|bre|ence|efact|amme|grey|rnt/;

/** A folded word in American spelling. */
export function american(word: string): string {
  if (!hint.test(word)) return word;
  return spellings.reduce((text, [british, plain]) => text.replace(british, plain), word);
}
