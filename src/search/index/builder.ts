/** Makes a segment of papers, from their text or from segments they stand in already. */
import type { Lengths } from './bm25f.ts';
import { Draft } from './draft.ts';
import type { Entry } from './entry.ts';
import { finish } from './finish.ts';
import { HASH_START, printOf } from './hash.ts';
import { sharedLexicon } from './lexicon.ts';
import { NO_DAY, NO_UPVOTES, type Segment } from './segment.ts';
import { FIELD_END, FIRST_WORD, Numbers } from './text.ts';
import { textOf } from './vocabulary.ts';

export class SegmentBuilder {
  readonly #draft = new Draft(sharedLexicon());

  get size(): number {
    return this.#draft.keys.length;
  }

  /** Adds a paper from its text. Throws, and leaves nothing of it, when it is none. */
  add(entry: Entry): void {
    const { lexicon, codes, titles, prints } = this.#draft;
    const before = codes.length;
    try {
      const print = printOf(entry);
      codes.push(entry.authors.length);
      for (const author of entry.authors) lexicon.write(author, codes);
      const title = codes.length;
      lexicon.write(entry.title, codes);
      const hash = this.#titleHash(title);
      lexicon.write(entry.abstract, codes);
      titles.push(hash);
      prints.push(print);
    } catch (error) {
      codes.length = before;
      throw error;
    }
    this.#end(entry.key, entry.day ?? NO_DAY, entry.upvotes ?? NO_UPVOTES, entry.labels);
  }

  /** A function that adds papers of a segment by their numbers in it. */
  from(segment: Segment): (paper: number) => void {
    const { vocabulary, text, textEnds, labels, labelEnds, labelNames } = segment;
    const { lexicon, codes, titles, prints } = this.#draft;
    /** Entry → code. */
    const known = new Uint32Array(segment.terms.length);
    const learn = (entry: number) => {
      const code = lexicon.word(textOf(vocabulary, entry)) + FIRST_WORD;
      known[entry] = code;
      return code;
    };
    return (paper) => {
      const end = textEnds[paper] ?? 0;
      const numbers = new Numbers(text, textEnds[paper - 1] ?? 0);
      // The first is how many authors there are.
      codes.push(numbers.next());
      while (numbers.at < end) {
        const code = numbers.next();
        const entry = code - FIRST_WORD;
        codes.push(entry < 0 ? code : known[entry] || learn(entry));
      }
      titles.push(segment.titles[paper] ?? 0);
      prints.push(segment.prints[paper] ?? 0);
      const names = labels.subarray(labelEnds[paper - 1] ?? 0, labelEnds[paper]);
      this.#end(
        segment.keys[paper] ?? 0,
        segment.days[paper] ?? NO_DAY,
        segment.upvotes[paper] ?? NO_UPVOTES,
        Array.from(names, (number) => labelNames[number] ?? ''),
      );
    };
  }

  /** The segment, in slices; `means` are those of the collection, or undefined for those of these papers. */
  finish(means?: Lengths): Generator<undefined, Segment> {
    return finish(this.#draft, means);
  }

  /** The `titleHash` of the words written since, compounds in their parts. */
  #titleHash(start: number): number {
    const { lexicon, codes } = this.#draft;
    let hash = HASH_START;
    let isEmpty = true;
    for (let at = start; at < codes.length; at += 1) {
      const code = codes.at(at);
      if (code >= FIRST_WORD) {
        if (lexicon.isStop(code - FIRST_WORD)) continue;
        hash = lexicon.hashOn(hash, code - FIRST_WORD);
        isEmpty = false;
      }
      // The joined word follows.
      else if (code !== FIELD_END) at += 1;
    }
    return isEmpty ? 0 : hash >>> 0;
  }

  #end(key: number, day: number, upvotes: number, labels: readonly string[]): void {
    const draft = this.#draft;
    for (const name of labels) {
      const number = draft.labelNames.get(name) ?? draft.labelNames.size;
      draft.labelNames.set(name, number);
      draft.labels.push(number);
    }
    draft.codeEnds.push(draft.codes.length);
    draft.labelEnds.push(draft.labels.length);
    draft.keys.push(key);
    draft.days.push(day);
    draft.upvotes.push(upvotes);
  }
}
