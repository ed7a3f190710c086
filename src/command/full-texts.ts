/** Whole texts of papers as commands know them. */
import type { FullText } from '../model/full-text.ts';
import type { Paper, PaperId } from '../model/paper.ts';

export interface FullTexts {
  /**
   * A paper's text: what is stored, unless a newer version is known, else read now from the operator's files
   * or arXiv and stored. Throws `Refusal` when it cannot be had.
   */
  read(paper: Paper): Promise<{ text: FullText; wasStored: boolean }>;
  /** Those of these papers whose text is stored. */
  stored(papers: readonly PaperId[]): Promise<Map<PaperId, FullText>>;
  has(paper: PaperId): Promise<boolean>;
}
