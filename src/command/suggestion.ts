/** What an argument offers while it is typed. */
export interface Suggestion {
  /** What the argument becomes. */
  value: string;
  /** What the person reads. */
  label: string;
}
