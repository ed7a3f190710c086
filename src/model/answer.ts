/** What became of a question: quotes that answer it, or the papers that come nearest. */
import type { Paper } from './paper.ts';

export type QuestionKind = 'yes-no' | 'quantity' | 'comparison' | 'definition' | 'claim' | 'open';

/** A sentence that stands word for word in its paper. */
export interface Quote {
  paper: Paper;
  /** Counted from 0 through the abstract, then through the sections; -1 is the title. */
  index: number;
  /** `abstract`, `title`, or the heading it stands under. */
  section: string;
  /** Where a reader finds the section. */
  sectionUrl?: string | undefined;
  /** Verbatim. */
  text: string;
  /** The same for a reader: its LaTeX as Unicode, in one line. */
  shown: string;
  /** UTF-16 ranges of `shown` that match the question, in order. */
  marks: [start: number, end: number][];
  /** The chance that it answers, 0 to 1. */
  score: number;
}

interface Outcome {
  asked: QuestionKind;
  /** The chance that the quotes answer, 0 to 1. */
  score: number;
  /** How many papers were read. */
  read: number;
}

export type Answer =
  | (Outcome & {
      kind: 'answer';
      /** In reading order, the deciding one first. */
      quotes: Quote[];
      /** How many of the papers read speak to the question. */
      speaking: number;
    })
  | (Outcome & {
      kind: 'refusal';
      /** The papers that come nearest, best first. */
      nearest: Paper[];
    });

/** A sentence that somebody wrote over the quotes, with the numbers of those it rests on, from 1. */
export interface Written {
  /** With its citations, "… [1]." */
  text: string;
  cites: readonly number[];
}

/**
 * Why a model wrote nothing that can be shown: it could not be reached in time, nothing of what it wrote holds,
 * or the day's budget is spent.
 */
export type Missing = 'away' | 'unsupported' | 'spent';

export interface Prose {
  sentences: readonly Written[];
  missing?: Missing;
}

export type Answered = Answer & {
  /** How many papers were looked through. */
  searched: number;
  /** Whether those were only some that the conversation had spoken of. */
  isWithin: boolean;
  /** Prose over the quotes; undefined where nobody writes any. */
  prose?: Prose;
};
