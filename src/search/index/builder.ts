/** Makes a segment of papers, from their text or from segments they stand in already. */
import { eachWritten, type Form, formOf, type Token } from '../../text/tokens.ts';
import type { Lengths } from './bm25f.ts';
import { finish } from './finish.ts';
import { Growing } from './growing.ts';
import { printOf, titleHash } from './hash.ts';
import { NO_DAY, NO_UPVOTES, type Segment } from './segment.ts';
import { FIELD_END, FIRST_WORD } from './text.ts';
import { textOf } from './vocabulary.ts';
import { WrittenWords } from './written-words.ts';

/** A paper as the index takes it. */
export interface Entry {
  key: number;
  title: string;
  abstract: string;
  authors: readonly string[];
  /** See `labels.ts`. */
  labels: string[];
  /** Days since 1970. */
  day?: number | undefined;
  upvotes?: number | undefined;
}

/** Words as written whose reading all builders remember: a small segment has no time to learn them. */
const FORMS_MAX = 20_000;
const forms = new Map<string, Form>();

function remembered(found: string): Form {
  const known = forms.get(found);
  if (known) return known;
  const form = formOf(found);
  if (forms.size >= FORMS_MAX) forms.clear();
  forms.set(found, form);
  return form;
}
const NONE = 0xffffffff;

/** Everything about the papers so far, under numbers in the order words were met. */
export class Draft {
  readonly numbers = new Map<string, number>();
  readonly texts: string[] = [];
  /** Word → the number of its term, or `NONE` for what only ever was a term. */
  readonly terms = new Growing();
  readonly counts = new Growing();
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
}

export class SegmentBuilder {
  readonly #draft = new Draft();
  /** A word as written → its code, or the codes of a compound. */
  readonly #known = new WrittenWords<number | readonly number[]>();
  readonly #make = (found: string) => this.#read(found);

  get size(): number {
    return this.#draft.keys.length;
  }

  /** Adds a paper from its text. Throws, and leaves nothing of it, when it is none. */
  add(entry: Entry): void {
    const { codes, titles, prints } = this.#draft;
    const before = codes.length;
    try {
      const print = printOf(entry);
      codes.push(entry.authors.length);
      for (const author of entry.authors) this.#write(author);
      const title = codes.length;
      this.#write(entry.title);
      const hash = titleHash(this.#wordsFrom(title));
      this.#write(entry.abstract);
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
    const { vocabulary, terms, text, textEnds, labels, labelEnds, labelNames } = segment;
    const { codes, counts, titles, prints } = this.#draft;
    const known = new Uint32Array(terms.length).fill(NONE);
    const numberOf = (entry: number) => {
      const before = known[entry] ?? NONE;
      if (before !== NONE) return before;
      const term = textOf(vocabulary, terms[entry] ?? 0);
      const number = this.#word({ word: textOf(vocabulary, entry), term });
      known[entry] = number;
      return number;
    };
    return (paper) => {
      const end = textEnds[paper] ?? 0;
      const start = textEnds[paper - 1] ?? 0;
      let isFirst = true;
      for (let at = start; at < end; ) {
        let code = 0;
        for (let shift = 0, byte = 128; byte > 127; shift += 7) {
          byte = text[at] ?? 0;
          at += 1;
          code |= (byte & 127) << shift;
        }
        if (isFirst || code < FIRST_WORD) codes.push(code);
        else {
          const number = numberOf(code - FIRST_WORD);
          codes.push(number + FIRST_WORD);
          counts.add(number);
        }
        isFirst = false;
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

  #write(field: string): void {
    const { codes, counts } = this.#draft;
    eachWritten(field, (text, start, end) => {
      const form = this.#known.of(text, start, end, this.#make);
      if (typeof form === 'number') {
        codes.push(form);
        counts.add(form - FIRST_WORD);
        return;
      }
      for (const code of form) {
        codes.push(code);
        if (code >= FIRST_WORD) counts.add(code - FIRST_WORD);
      }
    });
    codes.push(FIELD_END);
  }

  /** The words written since, compounds in their parts. */
  #wordsFrom(start: number): string[] {
    const { codes, texts } = this.#draft;
    const words: string[] = [];
    for (let at = start; at < codes.length; at += 1) {
      const code = codes.at(at);
      if (code >= FIRST_WORD) words.push(texts[code - FIRST_WORD] ?? '');
      // The joined word follows.
      else if (code !== FIELD_END) at += 1;
    }
    return words;
  }

  #read(found: string): number | readonly number[] {
    const { parts, compound } = remembered(found);
    const tokens = compound ? [compound, ...parts] : parts;
    const codes = tokens.map((token) => this.#word(token) + FIRST_WORD);
    if (compound) codes.unshift(parts.length - 1);
    const [only = codes, ...more] = codes;
    return more.length ? codes : only;
  }

  #word({ word, term }: Pick<Token, 'word' | 'term'>): number {
    const { terms } = this.#draft;
    const number = this.#number(word);
    if (terms.at(number) === NONE) terms.set(number, this.#number(term));
    return number;
  }

  #number(text: string): number {
    const { numbers, texts, terms, counts } = this.#draft;
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, texts.length);
    texts.push(text);
    terms.push(NONE);
    counts.push(0);
    return texts.length - 1;
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
