/** A command and its arguments: what a person typed, clicked or a button carries. */

export interface Invocation {
  /** A command's name, `search`. */
  command: string;
  /** Argument name → value, not yet validated. */
  args: Readonly<Record<string, string | number | boolean>>;
}
