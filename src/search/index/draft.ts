/** Papers on their way into a segment, their words under the numbers of a lexicon. */
import { Growing } from './growing.ts';
import type { Lexicon } from './lexicon.ts';

export class Draft {
  readonly lexicon: Lexicon;
  /** The papers as `text.ts` has them. */
  readonly codes = new Growing(4096);
  readonly codeEnds = new Growing();
  readonly keys = new Growing();
  readonly prints = new Growing();
  readonly titles = new Growing();
  readonly days = new Growing();
  readonly upvotes = new Growing();
  readonly labels = new Growing();
  readonly labelEnds = new Growing();
  readonly labelNames = new Map<string, number>();

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
  }
}
