/** What people of one channel say of a paper. */
export interface Regard {
  up: number;
  /** "Not for us". */
  down: number;
  saves: number;
}

/** More of them spoke against it than for it. */
export const isDeclined = (regard: Regard | undefined): boolean => standing(regard) < 0;

/** How many more spoke for it than against it; 0 where nobody has. */
export function standing(regard: Regard | undefined): number {
  return regard ? regard.up + regard.saves - regard.down : 0;
}
