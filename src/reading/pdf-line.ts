/** Pieces of text as a PDF places them, put together to lines in the order in which people read them. */

/** A run of letters; the page's origin is below, on the left, and a point is the unit. */
export interface Piece {
  text: string;
  x: number;
  /** Of the baseline. */
  y: number;
  width: number;
  /** Height of the letters. */
  size: number;
  font: string;
}

export interface Line {
  text: string;
  x: number;
  y: number;
  right: number;
  /** That of most letters. */
  size: number;
  font: string;
  /** Wide gaps in it, as between the cells of a table. */
  gaps: number;
  /** From 0. */
  page: number;
  /** Where the page's edge is, of 1 from its foot to its head. */
  height: number;
}

/** Of a letter's height: what parts words, and what parts columns. */
const SPACE = 0.16;
const GAP = 1.4;
/** As much of a page's lines lies on one side of its middle when it has two columns. */
const TWO_COLUMNS = 0.5;

/** The lines of a page of that width and height. */
export function linesOf(
  pieces: readonly Piece[],
  { width, height, page }: { width: number; height: number; page: number },
): Line[] {
  const runs = runsOf(pieces);
  const middle = middleOf(runs) ?? width / 2;
  const side = (run: Run) => (run.right <= middle ? 'left' : run.x >= middle ? 'right' : 'both');
  const letters = (of: readonly Run[]) => of.reduce((sum, { text }) => sum + text.length, 0);
  const onLeft = runs.filter((run) => side(run) === 'left');
  const onRight = runs.filter((run) => side(run) === 'right');
  const hasColumns =
    letters(onRight) > 0.1 * letters(runs) &&
    letters(onLeft) + letters(onRight) > TWO_COLUMNS * letters(runs);
  const finish = (of: readonly Run[]) =>
    rowsOf(of).map((row) => lineOf(row, { page, pageHeight: height }));
  if (!hasColumns) return finish(runs);
  // What reaches over both columns parts what is above from what is below.
  const wide = rowsOf(runs.filter((run) => side(run) === 'both'));
  const bars = wide.map((row) => row[0]?.y ?? 0);
  const bands = bars.length + 1;
  const bandOf = ({ y }: Run) => bars.filter((bar) => bar > y).length;
  const columns = [onLeft, onRight].map((column) => Map.groupBy(column, bandOf));
  return Array.from({ length: bands }, (_, band) => [
    ...columns.flatMap((column) => finish(column.get(band) ?? [])),
    ...finish(wide[band] ?? []),
  ]).flat();
}

interface Run extends Piece {
  right: number;
}

/** Neighbours on a baseline, up to the next gap. */
function runsOf(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = [];
  for (const piece of pieces) {
    if (!piece.text.trim()) continue;
    const last = runs.at(-1);
    const right = piece.x + piece.width;
    const size = Math.max(last?.size ?? 0, piece.size);
    const gap = last ? piece.x - last.right : 0;
    // Raised and lowered letters belong to the line they stand in.
    const isSame = last && Math.abs(piece.y - last.y) < 0.55 * size && Math.abs(gap) < GAP * size;
    if (!last || !isSame) {
      runs.push({ ...piece, right });
      continue;
    }
    const needsSpace = gap > SPACE * size && !/\s$/.test(last.text) && !/^\s/.test(piece.text);
    if (piece.text.length > last.text.length) {
      Object.assign(last, { size: piece.size, font: piece.font, y: piece.y });
    }
    last.text += (needsSpace ? ' ' : '') + piece.text;
    last.right = Math.max(last.right, right);
    last.width = last.right - last.x;
  }
  return runs;
}

/** Where the gutter between two columns is: the place in the page's midst that fewest runs cross. */
function middleOf(runs: readonly Run[]): number | undefined {
  const left = Math.min(...runs.map(({ x }) => x));
  const right = Math.max(...runs.map((run) => run.right));
  let best: { at: number; crossing: number } | undefined;
  for (let share = 0.4; share <= 0.6; share += 0.01) {
    const at = left + share * (right - left);
    const crossing = runs.filter((run) => run.x < at && run.right > at).length;
    const isNearer =
      Math.abs(share - 0.5) < Math.abs(((best?.at ?? 0) - left) / (right - left) - 0.5);
    if (!best || crossing < best.crossing || (crossing === best.crossing && isNearer)) {
      best = { at, crossing };
    }
  }
  return best?.at;
}

/** Runs of one height beside each other, from the head of the page to its foot. */
function rowsOf(runs: readonly Run[]): Run[][] {
  const rows: Run[][] = [];
  for (const run of runs.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && first.y - run.y < 0.55 * Math.max(first.size, run.size)) row.push(run);
    else rows.push([run]);
  }
  return rows.map((row) => row.toSorted((a, b) => a.x - b.x));
}

function lineOf(row: readonly Run[], about: { page: number; pageHeight: number }): Line {
  const main = row.reduce((a, b) => (b.text.length > a.text.length ? b : a), row[0] ?? NOTHING);
  let gaps = 0;
  for (const [i, run] of row.entries()) {
    if (i && run.x - (row[i - 1]?.right ?? 0) > GAP * run.size) gaps += 1;
  }
  return {
    text: row.map(({ text }) => text.trim()).join(' '),
    x: row[0]?.x ?? 0,
    y: main.y,
    right: Math.max(...row.map(({ right }) => right)),
    size: main.size,
    font: main.font,
    gaps,
    page: about.page,
    height: main.y / about.pageHeight,
  };
}

const NOTHING: Run = { text: '', x: 0, y: 0, width: 0, right: 0, size: 1, font: '' };
