/** The answers service: finds papers, reads them, answers from what they say. Its ports are passed in. */
import type { Answered, Prose } from '../model/answer.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import { answer, type FoundPaper, PAPERS_READ } from './answer.ts';
import { excerptsOf } from './excerpts.ts';
import { leansOnBefore } from './following.ts';
import type { Rarity } from './question.ts';
import type { Writer } from './writer.ts';

/** Among which papers an answer is looked for; all of them when nothing is said. */
export interface Among {
  /** A topic's query. */
  topic?: string | undefined;
  /** These papers alone. */
  within?: readonly PaperId[] | undefined;
}

/** What of a paper is read beside its abstract, or instead of it. */
export type PaperText = Pick<FoundPaper, 'sections' | 'passages'>;

/** The papers, as answers need them. */
export interface Library {
  rarity(): Rarity;
  /** Papers that speak of what the question speaks of, best first, and how many were looked through. */
  find(
    question: string,
    among: Among,
    limit: number,
  ): Promise<{ found: readonly FoundPaper[]; searched: number }>;
  /** More of these papers than their abstracts, where there is more. */
  texts?(papers: readonly PaperId[]): Promise<ReadonlyMap<PaperId, PaperText>>;
}

export interface AskOptions extends Among {
  /** The one paper that is asked. */
  paper?: Paper | undefined;
  /** What the question leans on: what was asked before, and the papers that spoke to it. */
  after?: { subject: string; papers: readonly PaperId[] } | undefined;
  signal?: AbortSignal | undefined;
  onStage?: ((stage: 'searching' | 'reading') => void) | undefined;
  /** Whose budget a written answer comes from. */
  workspace: string;
  /** Told of the answer without prose, and again with every sentence that comes. */
  onWriting?: ((soFar: Answered) => void) | undefined;
}

export interface Answers {
  /** Whether a question needs what was asked before it to be understood. */
  leans(question: string): boolean;
  /**
   * With `after`, its papers are asked first, and all when they do not answer. Throws what the signal was
   * aborted with.
   */
  ask(question: string, options: AskOptions): Promise<Answered>;
}

/** Characters of whole texts that one answer analyses: some 30 ms. */
const TEXT_READ = 20_000;

export function createAnswers(library: Library, writer?: Writer): Answers {
  async function answerFrom(question: string, subject: string, options: AskOptions) {
    const { paper, topic, within, signal, onStage } = options;
    const asked = `${subject} ${question}`.trim();
    onStage?.('searching');
    const { found, searched } = paper
      ? { found: [{ paper, score: 1 }], searched: 1 }
      : await library.find(asked, { topic, within }, PAPERS_READ);
    signal?.throwIfAborted();
    onStage?.('reading');
    const texts = await library.texts?.(found.map((each) => each.paper.id));
    signal?.throwIfAborted();
    const rarity = library.rarity();
    const room = TEXT_READ / Math.max(1, texts?.size ?? 0);
    const read = found.map((each) => {
      const { sections, passages } = texts?.get(each.paper.id) ?? {};
      return {
        ...each,
        ...(sections && { sections: excerptsOf(asked, sections, { rarity, room }) }),
        ...(passages && { passages }),
      };
    });
    const given = { subject, rarity, isPaperGiven: paper !== undefined };
    return { ...answer(question, read, given), searched, isWithin: within !== undefined };
  }

  return {
    leans: leansOnBefore,

    async ask(question, options) {
      const { paper, after, workspace, signal, onWriting } = options;
      const subject = after?.subject ?? '';
      const within = !paper && after?.papers.length ? after.papers : options.within;
      let answered = await answerFrom(question, subject, { ...options, within });
      if (answered.kind === 'refusal' && within !== options.within) {
        answered = await answerFrom(question, subject, options);
      }
      if (answered.kind === 'refusal' || !writer) return answered;
      const quoted = answered;
      const onProse = (sentences: Prose['sentences']) =>
        onWriting?.({ ...quoted, prose: { sentences } });
      onProse([]);
      const asked = `${subject} ${question}`.trim();
      const prose = await writer.write(asked, quoted.quotes, { workspace, signal, onProse });
      return { ...quoted, prose };
    },
  };
}
