/** What a query offers while it is typed: the fields of its language, then the values they take. */
import { fields } from '../query/fields.ts';
import type { Suggestion } from './suggestion.ts';

/** By field, the values that the house knows, given what is typed of them. */
export type Known = Readonly<Record<string, (typed: string) => Promise<readonly string[]>>>;

/** Blanks in quotes are part of it. */
const lastWord = /(?:[^\s"]|"[^"]*(?:"|$))*$/;

/** Each suggestion is the whole query, its last word finished. */
export async function completeQuery(typed: string, known: Known): Promise<Suggestion[]> {
  const [last = ''] = lastWord.exec(typed) ?? [];
  const [, signs = '', word = ''] = /^([-(]*)(.*)$/s.exec(last) ?? [];
  const before = `${typed.slice(0, typed.length - last.length)}${signs}`;
  const [, key = '', rest = ''] = /^(\p{L}+):(.*)$/su.exec(word) ?? [];
  const name = key.toLowerCase();
  const field = fields.get(name);
  if (!field) {
    return [...fields]
      .filter(([each]) => each.startsWith(word.toLowerCase()))
      .map(([each, { takes }]) => ({ value: `${before}${each}:`, label: `${each}: ${takes}` }));
  }
  const part = rest.replaceAll('"', '').toLowerCase();
  const values = [
    ...(field.values ?? []).filter((value) => value.toLowerCase().startsWith(part)),
    ...((await known[name]?.(part)) ?? []).filter((value) => value.toLowerCase().includes(part)),
  ];
  return values
    .filter((value) => value.toLowerCase() !== part)
    .map((value) => {
      const written = `${name}:${/\s/.test(value) ? `"${value}"` : value}`;
      return { value: `${before}${written}`, label: written };
    });
}
