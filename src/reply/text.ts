/** Rich text free of any platform: spans, never markup. A renderer escapes every string it finds here. */

export type Span =
  | { kind: 'text'; text: string; style?: 'bold' | 'italic' | 'code' }
  | { kind: 'link'; text: string; url: string };
export type Text = readonly Span[];

export const plain = (text: string): Span => ({ kind: 'text', text });
export const bold = (text: string): Span => ({ kind: 'text', text, style: 'bold' });
export const italic = (text: string): Span => ({ kind: 'text', text, style: 'italic' });
export const code = (text: string): Span => ({ kind: 'text', text, style: 'code' });
export const link = (text: string, url: string): Span => ({ kind: 'link', text, url });

const address = /:\/\/|\bwww\.|[\p{L}\p{N}]\.\p{L}{2,}\//iu;

/** ` (evil.example)` to stand behind a link's label that reads like the address of another place; else empty. */
export function whereTo(label: string, url: string): string {
  if (!address.test(label)) return '';
  const { host } = new URL(url);
  const said = URL.parse(label.includes('://') ? label : `https://${label}`);
  return said?.host === host && !said.username ? '' : ` (${host})`;
}

/** Template tag: ``say`Subscribed to ${bold(topic)}.` `` → spans; strings put in are plain text. */
export function say(
  strings: TemplateStringsArray,
  ...values: (Span | Text | string | number)[]
): Text {
  const spans: Span[] = [];
  for (const [i, string] of strings.entries()) {
    if (string) spans.push(plain(string));
    const value = values[i];
    if (value === undefined) continue;
    if (typeof value === 'string' || typeof value === 'number') spans.push(plain(String(value)));
    else if ('kind' in value) spans.push(value);
    else spans.push(...value);
  }
  return spans;
}

/** The words alone, for logs, notifications and plain-text fallbacks. */
export function toPlain(text: Text): string {
  return text.map((span) => span.text).join('');
}

/** What begins a sentence: `this conversation` as `This conversation`, `#papers` as it is. */
export function beginning(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
