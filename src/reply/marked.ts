/** Text with the words that were looked for in bold. */
import { bold, plain, type Span, type Text } from './text.ts';

/** `marks` are in order and do not overlap; with nothing but a space or hyphen between them they are one. */
export function marked(
  text: string,
  marks: readonly (readonly [start: number, end: number])[],
): Text {
  const spans: Span[] = [];
  let at = 0;
  for (const [start, end] of joined(text, marks)) {
    spans.push(plain(text.slice(at, start)), bold(text.slice(start, end)));
    at = end;
  }
  return [...spans, plain(text.slice(at))].filter((span) => span.text !== '');
}

function joined(text: string, marks: readonly (readonly [start: number, end: number])[]) {
  const whole: [start: number, end: number][] = [];
  for (const [start, end] of marks) {
    const before = whole.at(-1);
    if (before && /^[\s\p{Pd}]+$/u.test(text.slice(before[1], start))) before[1] = end;
    else whole.push([start, end]);
  }
  return whole;
}
