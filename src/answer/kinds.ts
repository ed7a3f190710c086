/** What a question wants: it decides which sentence answers it and which quote stands first. */
import type { QuestionKind } from '../model/answer.ts';

const comparison =
  /\b(?:versus|vs\.?|compared? (?:to|with|against)|compare|differences? between|differs? from|(?:better|worse|more|less|fewer|faster|slower|larger|smaller|higher|lower|cheaper|safer|stronger|weaker|\p{L}+er) (?:[\p{L}\p{N}-]+ ){0,4}than)\b|\b(?:better|worse|faster|safer|stronger|cheaper|prefer|outperforms?)\b.*\bor\b|\bor\b.*\b(?:better|worse|faster|safer|stronger|cheaper)\b/iu;
const quantity =
  /\bhow (?:many|much|often|large|big|long|fast|high|low|far|old|accurate|common|prevalent|frequent|costly|expensive)\b|\b(?:what|which) (?:(?:is|are|was|were) the )?(?:[\p{L}-]+ ){0,2}(?:number|size|rate|percentage|proportion|share|fraction|amount|prevalence|incidence|accuracy|cost|score|speed-?up|improvement)\b/iu;
const definition =
  /^(?:what(?:'s|’s| is| are| was| were) (?!the (?:best|most|main|effects?|role|impact|relation|difference|use|state)|there\b)[\p{L}\p{N}"'“”+.()/–-]+(?: [\p{L}\p{N}"'“”+.()/–-]+){0,4} ?\??$|define\b|what does .+ (?:mean|stand for)\b|.*\b(?:meaning|definition) of\b)/iu;
const auxiliary =
  "(?:is|are|was|were|do|does|did|can|could|should|would|will|may|might|must|has|have|had)(?:n['’]t)?";
const startsWhether = new RegExp(
  `^${auxiliary}\\s(?!you\\b|anyone\\b|anybody\\b|there any (?:papers|works|stud|research))`,
  'i',
);
const endsWhether = new RegExp(
  `[:;,.–—-]\\s*(?:and |or |but |so )?${auxiliary}\\s[^?]*\\?\\s*$`,
  'i',
);
/** "Could you list the works …" asks for papers, not for yes or no. */
const request =
  /^(?:what|which|who|whom|whose|when|where|why|how|name|list|tell|show|find|give|any|papers?|please|define|explain|describe|compare|(?:can|could|would) (?:you|anyone|anybody)|(?:is|are) there any)\b/i;

/** Fewer words than these only name a subject: "mixture of experts". */
const CLAIM_WORDS_MIN = 4;

/**
 * The kind of a question in English. A sentence that asks nothing is a claim, to be supported or not;
 * what fits no kind is open.
 */
export function kindOf(question: string): QuestionKind {
  const text = plain(question);
  if (quantity.test(text) && /\?|^(?:how|what|which)\b/i.test(text)) return 'quantity';
  const isQuestion = /\?\s*$/.test(text) || request.test(text) || startsWhether.test(text);
  if (!isQuestion) return text.split(' ').length >= CLAIM_WORDS_MIN ? 'claim' : 'open';
  if (comparison.test(text)) return 'comparison';
  if (asksWhether(text)) return 'yes-no';
  return definition.test(text) ? 'definition' : 'open';
}

/** Whether yes or no would answer the question; a comparison may ask so too. */
export function asksWhether(question: string): boolean {
  const text = plain(question);
  return startsWhether.test(text) || (!request.test(text) && endsWhether.test(text));
}

/** Nobody asks longer; whatever is, its beginning tells. */
const QUESTION_MAX = 500;

function plain(question: string): string {
  return question.trim().replace(/\s+/g, ' ').slice(0, QUESTION_MAX);
}
