/**
 * What a person reads of Discord markdown, by a parser that follows Discord's client and shares no code
 * with the renderer. Lists and masked links are added where the parser does not know them.
 */
import { parse } from 'discord-markdown-parser';
import { z } from 'zod';

const Node = z.looseObject({ type: z.string() });
type Node = z.infer<typeof Node>;

export interface Read {
  /** As it appears: no marks, no backslashes. */
  text: string;
  /** The kinds of markup met, `text` and line breaks aside, each with what it holds. */
  marks: { kind: string; text: string; target?: string }[];
}

const silent = new Set(['text', 'br', 'newline', 'twemoji', 'emoticon']);

export function read(markdown: string): Read {
  const marks: Read['marks'] = [];
  const text = words(nodes(parse(markdown, 'extended')), marks);
  for (const line of markdown.split('\n')) {
    if (/^ *(?:[-*]|\d+\.) +\S/.test(line)) marks.push({ kind: 'list', text: line });
  }
  return { text, marks };
}

/** The text of the marks of one kind, in order. */
export function marked(markdown: string, kind: string): string[] {
  return read(markdown)
    .marks.filter((mark) => mark.kind === kind)
    .map(({ text }) => text);
}

function nodes(value: unknown): Node[] {
  return z.array(Node).parse(value);
}

function words(all: readonly Node[], marks: Read['marks']): string {
  return all.map((node) => wordsOf(node, marks)).join('');
}

function wordsOf(node: Node, marks: Read['marks']): string {
  if (node.type === 'br' || node.type === 'newline') return '\n';
  const { content, name, target } = node;
  const inner = Array.isArray(content)
    ? words(nodes(content), marks)
    : String(content ?? name ?? `(${node.type})`);
  if (!silent.has(node.type)) {
    marks.push({
      kind: node.type,
      text: inner,
      ...(typeof target === 'string' ? { target } : {}),
    });
  }
  return inner;
}
