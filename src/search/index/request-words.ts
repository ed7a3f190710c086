/** Words that ask for papers rather than say what they are about: "could you list works that propose …". */
import { tokens } from '../../text/tokens.ts';

const words = `article articles could exist existing example examples find give introduce introduced list
  literature mention name paper papers please propose proposed provide publication publications research show
  studies study tell use used using work works`;

const terms: ReadonlySet<string> = new Set(tokens(words).map(({ term }) => term));

export function isRequestWord(term: string): boolean {
  return terms.has(term);
}
