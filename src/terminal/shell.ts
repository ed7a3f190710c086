/** A command line as it is typed in this terminal. */

/** `search model merging` → `npm run paper -- search model merging`, quoted where a shell needs it. */
export function shellLine(line: string, channel = 'general'): string {
  // One quoted element is read like the line itself, so quotes inside it survive.
  const safe = /^[\w ./:,@%+=-]*$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
  return `npm run paper -- ${channel === 'general' ? '' : `--channel ${channel} `}${safe}`;
}
