/**
 * What a message to the bot means where no slash says that it is a command:
 *
 * - a command, when its first word is one: "search lora", "status?". But what ends in a question mark is a
 *   question unless it is put to `ask` or `search`, and so is "show me …" or "help us …".
 * - a slip, which gets "did you mean", when its first word is nearly a command, begins no question, and
 *   nothing ends in a question mark: "serach lora".
 * - a greeting, which gets help: "hello!".
 * - a question or a claim, anything else.
 */
import type { Invocation } from '../model/invocation.ts';
import { isStopWord } from '../text/stopwords.ts';
import type { CommandDescription } from './description.ts';
import { nearestCommand, parseLine } from './grammar.ts';

const MAY_END_ASKING = ['ask', 'search'];
const GREETING =
  /^(?:hi|hey|hello|good (?:morning|afternoon|evening)|thanks|thank you)(?: there| all| paperboy)?[^\p{L}\p{N}]*$/iu;

/** Throws `UserError` for a command that is said wrong. */
export function readSaid(text: string, commands: readonly CommandDescription[]): Invocation {
  const words = text.trim();
  const [first = '', second] = words.toLowerCase().split(/\s+/);
  const word = first.replace(/\W+$/, '');
  const isSlash = word === '/paper' || word === '';
  const isCommand = commands.some(({ name, aliases }) =>
    [name, ...(aliases ?? []).flatMap((alias) => alias.split(' ')[0] ?? [])].includes(word),
  );
  if (isSlash) return parseLine(words, commands);
  if (GREETING.test(words)) return parseLine('help', commands);
  // "Why?" asks, though there is a command of that name.
  const isBare = isCommand && second === undefined && !(isQuestion(words) && isStopWord(word));
  if (isBare) return parseLine(word, commands);
  const isAsking = isQuestion(words) && !MAY_END_ASKING.includes(word);
  const isPlea = second === 'me' || second === 'us';
  const near = isStopWord(word) ? undefined : nearestCommand(word, commands);
  const isSlip = near !== undefined && near !== 'ask';
  if (!isAsking && !isPlea && (isCommand || isSlip)) return parseLine(words, commands);
  return parseLine(`ask ${words}`, commands);
}

/** Whether words that were said to nobody in particular ask something. */
export function readsLikeQuestion(text: string): boolean {
  return (
    isQuestion(text) ||
    /^(?:and |but |so )?(?:what|which|who|when|where|why|how)\b/i.test(text.trim())
  );
}

const isQuestion = (text: string) => /\?[\s)"'”’]*$/.test(text);
