/**
 * Answers a question from the papers a search found, in their own words: quotes, or a refusal.
 * Pure: the search, the store and the platforms are the caller's.
 */
import type { Answer, Quote } from '../model/answer.ts';
import type { PlacedSection } from '../model/full-text.ts';
import type { Paper } from '../model/paper.ts';
import { readable } from '../text/latex.ts';
import { chancesOf, isAnswered, scoreOf } from './decide.ts';
import { type Candidate, choose, speakingOf } from './order.ts';
import { type Passage, passagesOf } from './passages.ts';
import { type Question, type Rarity, readQuestion } from './question.ts';
import { marksIn, standsIn } from './quote.ts';
import { rank } from './rank.ts';
import { aboutEach, sidesOf } from './sides.ts';

/** As many of the search's papers are worth reading. */
export const PAPERS_READ = 10;
/** As many as a refusal offers. */
const NEAREST_MAX = 3;
/** A reader takes in so many quotes. */
const QUOTES_MAX = 5;

/** A paper the search found. */
export interface FoundPaper {
  paper: Paper;
  /** The search's; comparable within one search only. */
  score: number;
  /** Its full text, where it is stored. */
  sections?: readonly PlacedSection[];
  /** Its sentences, where somebody else divided and numbered them. */
  passages?: readonly Passage[];
}

export interface AnswerOptions {
  /** How rare words are in the catalogue that was searched. */
  rarity: Rarity;
  /** What the conversation is about, where there is one. */
  subject?: string | undefined;
  /** The person named the paper: the only question left is whether it speaks to this. Default false. */
  isPaperGiven?: boolean;
}

/** Answers from `found`, best first, of which the first few are read. */
export function answer(
  text: string,
  found: readonly FoundPaper[],
  { rarity, subject, isPaperGiven = false }: AnswerOptions,
): Answer {
  const question = readQuestion(text, rarity, subject);
  const papers = found.slice(0, PAPERS_READ);
  const top = Math.max(...papers.map(({ score }) => score), Number.MIN_VALUE);
  const relevance = ({ score }: FoundPaper) => (isPaperGiven ? 1 : score / top);
  const matching = papers.map(() => new Set<string>());

  /** Every sentence read as an answer to one question. */
  const read = (asked: Question): Candidate[] =>
    papers.flatMap((found, at) => {
      const { paper, sections, passages } = found;
      const sentences = passages?.length ? passages : passagesOf(paper, sections);
      const ranked = rank(asked, paper.title, sentences);
      for (const term of ranked.matching) matching[at]?.add(term);
      const evidence = { paper: ranked, relevance: relevance(found), isPaperGiven };
      const chances = chancesOf(evidence, asked.kind);
      return ranked.sentences.map((sentence, place) => ({
        ...sentence,
        paper: at,
        chance: chances[place] ?? 0,
      }));
    });
  const sides = question.kind === 'comparison' ? sidesOf(text) : undefined;
  const whole = read(question);
  const each = sides ? aboutEach(question, sides).map(read) : [];
  const candidates = whole.map((candidate, at) => ({
    ...candidate,
    chance: Math.max(candidate.chance, ...each.map((side) => side[at]?.chance ?? 0)),
  }));
  // Two things are compared by what speaks of both, or by what speaks of each.
  const ofEach = each.map(scoreOf);
  const score = Math.max(scoreOf(whole), sides ? Math.min(...ofEach) : 0);
  const chosen = choose(question, candidates, { max: QUOTES_MAX, sides });
  const outcome = { asked: question.kind, score, read: papers.length };
  const quotes = chosen.flatMap(({ paper: at, passage, chance }): Quote[] => {
    const source = papers[at];
    if (!source || !standsIn(passage.text, storedText(source))) return [];
    const shown = readable(passage.text).replace(/\s+/g, ' ').trim();
    const marks = marksIn(shown, [...(matching[at] ?? [])]);
    const { index, section, sectionUrl, text: quoted } = passage;
    return [
      {
        paper: source.paper,
        index,
        section,
        sectionUrl,
        text: quoted,
        shown,
        marks,
        score: chance,
      },
    ];
  });
  if (!quotes.length || !isAnswered(score, isPaperGiven)) {
    const nearest = papers.slice(0, NEAREST_MAX).map(({ paper }) => paper);
    return { ...outcome, kind: 'refusal', nearest };
  }
  // Whatever is quoted speaks, if only together with the best.
  const quoted = new Set(quotes.map(({ paper }) => paper.id)).size;
  return { ...outcome, kind: 'answer', quotes, speaking: Math.max(quoted, speakingOf(candidates)) };
}

function storedText({ paper, sections = [] }: FoundPaper): string {
  return [paper.title, paper.abstract, ...sections.map(({ text }) => text)].join('\n');
}
