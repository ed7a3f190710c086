/** Another search engine, set up as its documentation does, over the same papers. */
import type { Paper } from '../../src/model/paper.ts';
import type { Asked } from '../queries.ts';

export interface Peer {
  build(papers: readonly Paper[]): Promise<void> | void;
  /** The ten best. */
  search(asked: Asked): Promise<unknown> | unknown;
}

export const dayOf = (published: string | undefined) =>
  published ? Math.floor(Date.parse(published) / 86_400_000) : 0;
