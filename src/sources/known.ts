/** The facts that a source states: absent ones are left out, so that nothing known is overwritten by nothing. */

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the entries that are undefined or an empty text. */
export function known<T extends object>(facts: T): Known<T> {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
  // Object.fromEntries forgets the types of its keys.
  return Object.fromEntries(entries) as Known<T>;
}
