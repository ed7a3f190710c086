/** Questions that follow others: whether one needs what was said before to be understood. */
import { isStopWord } from '../text/stopwords.ts';
import { readings } from '../text/tokens.ts';

/** "And on smaller models?", "why?", "what about …" */
const goingOn =
  /^(?:and|but|so|or|then|also|why|really|(?:what|how) about|what else|which ones?|any others?)\b/i;
/** Words that point back. */
const pointing =
  /\b(?:it|its|they|them|their|theirs|this|these|those|the (?:former|latter|other|same)|ones?)\b/i;
/** A question with fewer words of subject leans on the one before. */
const SUBJECTS_MIN = 2;

/** By words that point back, and by how little else there is; of English questions. */
export function leansOnBefore(question: string): boolean {
  if (goingOn.test(question.trim()) || pointing.test(question)) return true;
  const subjects = new Set(readings(question).apart.map(({ term }) => term));
  return [...subjects].filter((term) => !isStopWord(term)).length < SUBJECTS_MIN;
}
