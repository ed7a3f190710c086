/** An import under way, with how much of the file is read (from 0 to 1), or one that has ended. */
export type Importing = { file: string; papers: number } & (
  | { share: number }
  /** `faults`: lines that hold no paper. */
  | { faults: number }
);
