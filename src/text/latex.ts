/**
 * LaTeX in titles and abstracts, made readable. Abstracts are prose with some LaTeX in it rather than
 * LaTeX: `50%` is no comment, `$5 and $6` no formula, a brace may never close. Parsers of whole
 * documents fail on that, so a small lenient reader walks the text; the symbols come from a library.
 */
import { LatexReader } from './latex-reader.ts';

/**
 * The text with its LaTeX as Unicode: `$\mathcal{O}(n^2)$` → 𝒪(n²), `\textbf{b\"o}` → bö. Text without
 * LaTeX comes back as it was, and so do the parts that are broken. Never throws; takes time linear in
 * the length, and gives at most four times the length.
 */
export function readable(text: string): string {
  if (!/[\\${]/.test(text)) return text;
  return new LatexReader(text).span(0, text.length, 'prose', 0);
}
