import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readable } from '../../src/text/latex.ts';

const Example = z.object({ id: z.string(), latex: z.string(), readable: z.string() });
const examples = readFileSync(new URL('../fixtures/latex.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => Example.parse(JSON.parse(line)));

/** Pairs of LaTeX and what it reads as. */
function reads(pairs: readonly (readonly [latex: string, text: string])[]): void {
  expect(pairs.map(([latex]) => readable(latex))).toEqual(pairs.map(([, text]) => text));
}

describe('LaTeX of real papers reads as its authors meant it', () => {
  test.each(examples)('$id: $latex', (example) => {
    expect(readable(example.latex)).toBe(example.readable);
  });
});

test('formulas become Unicode', () => {
  reads([
    [String.raw`$\mathcal{O}(n^2)$ and \(\mathbb{R}^{d \times d}\)`, '𝒪(n²) and ℝ^(d×d)'],
    [String.raw`\[ x_1 \leq \sqrt{n} \]`, 'x₁ ≤ √n'],
    [String.raw`$$\frac12 + \frac{a+b}{2\pi}$$`, '1/2 + (a+b)/2π'],
    [String.raw`$\sqrt{n+1}$, $\sqrt[3]{x}$`, '√(n+1), ³√x'],
    [String.raw`$\hat{\theta}$, $\tilde O(n\log n)$`, 'θ̂, Õ(n log n)'],
    [String.raw`$\mathrm{softmax}(x)$, $x_{\text{train}}$`, 'softmax(x), x_train'],
    [String.raw`$A\not\in B$, $90^\circ$, $x^\top$, $f'$`, 'A∉B, 90°, xᵀ, f′'],
    [String.raw`$ {n \choose k} $, $\binom{n}{k}$, $a \over b$`, '(n choose k), (n choose k), a/b'],
    [String.raw`{\cal O}(n), {\bf bold}, $\left( x \right.$`, '𝒪(n), bold, (x'],
  ]);
});

test('prose loses its commands and keeps its words', () => {
  reads([
    [String.raw`\textbf{one} \emph{two} {\em three} \texttt{a\_b}`, 'one two three a_b'],
    [String.raw`50\% of R\&D, \#1, \$5`, '50% of R&D, #1, $5'],
    [String.raw`as in~\cite{a}. Fig.~\ref{b} shows \emph{c}`, 'as in. Fig. shows c'],
    ["``quoted'' \\emph{x}---y, 1--2", '“quoted” x—y, 1–2'],
    [
      String.raw`see \url{https://a.b/~c_d} or \href{https://a.b}{here}`,
      'see https://a.b/~c_d or here (https://a.b)',
    ],
    [String.raw`a note\footnote{Really.}`, 'a note (Really.)'],
  ]);
});

test('a link never hides where it leads', () => {
  expect(readable(String.raw`\href{https://evil.example}{https://good.example}`)).toBe(
    'https://evil.example',
  );
});

test('accents become letters', () => {
  reads([
    [String.raw`Erd\H{o}s, G\"odel, Poincar\'{e}, na{\"\i}ve`, 'Erdős, Gödel, Poincaré, naïve'],
    [
      String.raw`\v{S}koda, Fran\c cois, \L{}ukasz, \L ukasz, stra\ss e`,
      'Škoda, François, Łukasz, Łukasz, straße',
    ],
    [String.raw`the model\'s \"quoted\" word`, 'the model\'s "quoted" word'],
  ]);
});

test("an author's own command reads as its arguments, or as its name", () => {
  reads([
    [String.raw`\method{} beats \ours by \gain{5 points}`, 'method beats ours by 5 points'],
    [String.raw`$\poly(n)$ and $n\polylog n$`, 'poly(n) and n polylog n'],
  ]);
});

test('money, percentages, sets, paths and "about" stay as they were', () => {
  for (const text of [
    'It costs $5 and $6.',
    'from $5 to $10, or $0.398 ($0.228 each)',
    'between $5/$6 and $1.5M',
    'colours from {1, 2, ..., k}',
    String.raw`C:\Users\name holds ~30k files`,
    'x^2 and a_b for {n, $3}',
  ]) {
    expect(readable(text)).toBe(text);
  }
});

test('prices do not spoil the formulas beside them', () => {
  expect(readable('costs $5 per $n$ items')).toBe('costs $5 per n items');
});

test('what is broken stays, what is whole beside it is read', () => {
  reads([
    [String.raw`\textbf{never closed, $x^2$`, String.raw`\textbf{never closed, x²`],
    ['$x^{2$ and $y_1$', '$x^{2$ and y₁'],
    [String.raw`too many }} \(n`, String.raw`too many }} \(n`],
    ['a backslash at the end\\', 'a backslash at the end\\'],
  ]);
});

test('text without LaTeX comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.string().map((text) => text.replace(/[\\${]/g, '')),
      (text) => readable(text) === text,
    ),
  );
});

const piece = fc.oneof(
  fc.constantFrom(...examples.flatMap(({ latex }) => latex.match(/\\[A-Za-z]+\{?|./gs) ?? [])),
  fc.constantFrom(
    '\\over ',
    '{\\cal',
    '\\hat',
    '\\(',
    '\\)',
    '$$',
    '\\begin{',
    '\\binom',
    '~',
    '\u2061',
  ),
  fc.string({ unit: 'binary' }),
);

test('any text gives well-formed text of at most four times its length', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      const result = readable(text);
      expect(result.length).toBeLessThanOrEqual(4 * text.length);
      expect(result.isWellFormed()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

// With work that grows as the square of the length it would take minutes.
test('a hundred thousand hostile characters are read to their end', () => {
  for (const unit of [
    ...['{', '}', '$', '\\', '^', '_', '$x^', '\\frac{', '\\hat', '\\(', '\\over ', '{\\cal'],
    ...['\\text{$', '{,', '\\cite{} ', '\\sqrt[', '\\begin{a}', '~', '\\log', '$\\log', ' \n'],
  ]) {
    for (const end of ['', '$', '\\a}', '}'.repeat(50_000)]) {
      const text = `$${unit.repeat(100_000 / unit.length)}${end}`;
      expect(readable(text).length, unit).toBeLessThanOrEqual(4 * text.length);
    }
  }
});
