/** Which paper a record says it is: nothing is guessed, and what contradicts itself is refused. */
import { type PaperId, paperIdIn, paperIdOf } from '../model/paper.ts';

export interface StatedIdentity {
  /** An arXiv id, a DOI, or an identity of ours. */
  id?: string | undefined;
  arxiv?: string | undefined;
  doi?: string | undefined;
  title: string;
}

/** The one identity of a record, or the reason why it has none. */
export function statedIdentity(record: StatedIdentity): PaperId | { reason: string } {
  const stated: PaperId[] = [];
  for (const [field, kind, expected] of [
    ['arxiv', 'arxiv', 'is not an arXiv id such as 2407.09435'],
    ['doi', 'doi', 'is not a DOI such as 10.1000/182'],
    ['id', undefined, 'is neither an arXiv id such as 2407.09435 nor a DOI such as 10.1000/182'],
  ] as const) {
    const value = record[field];
    if (value === undefined) continue;
    const shown = `${field} "${value.slice(0, 60)}"`;
    const id = paperIdIn(value);
    if (!id || (kind && kindOf(id) !== kind)) return { reason: `${shown} ${expected}` };
    const problem = impossible(id, record.title);
    if (problem) return { reason: `${shown} ${problem}` };
    const other = stated.find((one) => kindOf(one) === kindOf(id) && one !== id);
    if (other) return { reason: `names two papers, ${other} and ${id}` };
    stated.push(id);
  }
  return (
    stated.find((id) => kindOf(id) === 'arxiv') ??
    stated.find((id) => kindOf(id) === 'doi') ??
    paperIdOf({ title: record.title })
  );
}

const kindOf = (id: PaperId) => id.slice(0, id.indexOf(':'));

/**
 * Why no paper of this title can have this identity. arXiv numbers are YYMM.NNNN from 0704 to 1412,
 * YYMM.NNNNN since: https://info.arxiv.org/help/arxiv_identifier.html
 */
function impossible(id: PaperId, title: string): string | undefined {
  if (kindOf(id) === 'title') {
    const own = paperIdOf({ title });
    return id === own ? undefined : `is not the identity of its title, which is ${own}`;
  }
  const [, yymm, digits] = /^arxiv:(\d{4})\.(\d+)$/.exec(id) ?? [];
  if (!yymm || !digits) return undefined;
  const month = Number(yymm.slice(2));
  if (month < 1 || month > 12 || Number(yymm) < 704) return 'names a month arXiv never had';
  const expected = Number(yymm) >= 1501 ? 5 : 4;
  if (digits.length === expected) return undefined;
  return `needs ${expected} digits after the point; a spreadsheet may have taken its last zero`;
}
