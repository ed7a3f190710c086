/** The fields of the query language, `name:value`: what each takes and a right example. */
import { topicName } from '../model/topic.ts';
import { tokens } from '../text/tokens.ts';
import { type Compare, type Condition, facts, type Sort, sorts } from './ast.ts';
import { periodOf } from './period.ts';

export type FieldMeaning =
  | Exclude<Condition, { kind: 'topic' }>
  | { kind: 'sort'; by: Sort }
  /** What the topic asks for is for the parser to find. */
  | { kind: 'topic'; topic: string };

export interface Field {
  /** What the value is, to follow "takes". */
  takes: string;
  example: string;
  /** Some that many want, to offer while it is typed. */
  values?: readonly string[];
  /** Undefined when the value means nothing here. */
  parse(value: string): FieldMeaning | undefined;
}

const periods = 'a date or a time back, such as 2024, 2024-05-17, 30d, 2w or last-week';
const isPeriod = (value: string) => periodOf(value, new Date(0)) !== undefined;

export const fields: ReadonlyMap<string, Field> = new Map<string, Field>([
  [
    'author',
    {
      takes: 'a name',
      example: 'author:hinton',
      parse: (name) => (tokens(name).length ? { kind: 'author', name } : undefined),
    },
  ],
  [
    'category',
    {
      takes: 'one category, such as cs.CL or cs.*',
      example: 'category:cs.CL OR category:cs.LG',
      values: ['cs.CL', 'cs.LG', 'cs.AI', 'cs.CV', 'cs.IR', 'cs.RO', 'cs.*', 'stat.ML'],
      parse: (pattern) =>
        /[\p{L}\p{N}*]/u.test(pattern) && !/[,;|]/.test(pattern)
          ? { kind: 'category', pattern }
          : undefined,
    },
  ],
  [
    'since',
    {
      takes: periods,
      example: 'since:30d',
      values: ['7d', '30d', 'last-week', 'last-month', '1y'],
      parse: (value) =>
        isPeriod(value) ? { kind: 'since', period: value.toLowerCase() } : undefined,
    },
  ],
  [
    'until',
    {
      takes: periods,
      example: 'until:2024-05',
      values: ['7d', '30d', 'last-week', 'last-month', '1y'],
      parse: (value) =>
        isPeriod(value) ? { kind: 'until', period: value.toLowerCase() } : undefined,
    },
  ],
  [
    'upvotes',
    {
      takes: 'a whole number, or a comparison such as >10 or <=5',
      example: 'upvotes:>10',
      values: ['>5', '>10', '>50'],
      parse: upvotes,
    },
  ],
  [
    'has',
    {
      takes: facts.join(', '),
      example: 'has:code',
      values: facts,
      parse(value) {
        const fact = facts.find((each) => each === value.toLowerCase());
        return fact && { kind: 'has', fact };
      },
    },
  ],
  [
    'source',
    {
      takes: 'one source, such as arxiv, huggingface, biorxiv, feed or file',
      example: 'source:arxiv',
      values: ['arxiv', 'huggingface', 'biorxiv', 'feed', 'file'],
      parse: (pattern) =>
        /[\p{L}\p{N}*]/u.test(pattern) && !/[\s,;|]/.test(pattern)
          ? { kind: 'source', pattern: pattern.toLowerCase() }
          : undefined,
    },
  ],
  [
    'topic',
    {
      takes: 'the name of a topic of this channel or of /paper topics',
      example: 'topic:model-merging -survey',
      parse(value) {
        const topic = topicName(value);
        return topic ? { kind: 'topic', topic } : undefined;
      },
    },
  ],
  [
    'seen',
    {
      takes: 'here, which is what this channel was shown',
      example: 'seen:here merging',
      values: ['here'],
      parse: (value) => (value.toLowerCase() === 'here' ? { kind: 'seen' } : undefined),
    },
  ],
  [
    'saved',
    {
      takes: 'me, which is what you saved',
      example: 'saved:me sort:new',
      values: ['me'],
      parse: (value) => (value.toLowerCase() === 'me' ? { kind: 'saved' } : undefined),
    },
  ],
  [
    'sort',
    {
      takes: 'new, top or relevance',
      example: 'model merging sort:new',
      values: sorts,
      parse(value) {
        const by = sorts.find((sort) => sort === value.toLowerCase());
        return by && { kind: 'sort', by };
      },
    },
  ],
]);

const compares: ReadonlyMap<string, Compare> = new Map([
  ['>', '>'],
  ['>=', '>='],
  ['≥', '>='],
  ['<', '<'],
  ['<=', '<='],
  ['≤', '<='],
  // A plain number means at least that many.
  ['', '>='],
]);

function upvotes(value: string): (Condition & { kind: 'upvotes' }) | undefined {
  const [, sign = '', digits] = /^([<>]=?|[≥≤])?(\d{1,9})$/.exec(value) ?? [];
  const compare = compares.get(sign);
  return digits && compare ? { kind: 'upvotes', compare, count: Number(digits) } : undefined;
}
