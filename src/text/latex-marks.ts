/** Where LaTeX begins and ends in a text: pairs of braces, and what stands between dollar signs. */

/** For each `{`, `\(` and `\[` the place of its partner; 0 where it has none, and everywhere else. */
export function partners(text: string): Uint32Array {
  const found = new Uint32Array(text.length);
  const braces: number[] = [];
  let formula: { at: number; end: string } | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{') braces.push(at);
    else if (char === '}') {
      const open = braces.pop();
      if (open !== undefined) found[open] = at;
    } else if (char === '\\') {
      const sign = text[at + 1];
      if (!formula && sign === '(') formula = { at, end: ')' };
      else if (!formula && sign === '[') formula = { at, end: ']' };
      else if (formula && sign === formula.end) {
        found[formula.at] = at;
        formula = undefined;
      }
      at++;
    }
  }
  return found;
}

/** Whether each brace has its partner within the text. */
export function isBalanced(text: string): boolean {
  let depth = 0;
  for (const [brace] of text.matchAll(/\\.|[{}]/gs)) {
    if (brace === '{') depth++;
    else if (brace === '}' && --depth < 0) return false;
  }
  return depth === 0;
}

/**
 * Whether what stands between two dollar signs is a formula rather than prose between two prices
 * (`from $5 to $10`) or shell variables.
 * @param next the character after the second sign
 */
export function isFormula(between: string, next: string): boolean {
  if (!/\S/.test(between) || /\n\s*\n/.test(between)) return false;
  if (/[\\^_{]/.test(between)) return true;
  const words = between.match(/\p{L}{2,}/gu) ?? [];
  const isPrice =
    /^\d/.test(between) && (/\d/.test(next) || (/\s/.test(between) && words.length > 0));
  return !isPrice && words.length < 4;
}
