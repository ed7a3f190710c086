/** Whole texts of papers, wired: read from the operator's files or arXiv, kept in the database. */
import type { FullTexts } from '../command/full-texts.ts';
import type { Config } from '../config.ts';
import { createReader } from '../reading/reader.ts';
import { createFullTextSource, DOCUMENT_MAX_BYTES } from '../sources/full-text.ts';
import type { Turn } from '../sources/source.ts';
import type { Database } from '../store/database.ts';
import { createFullTextStore } from '../store/full-texts.ts';

export function createFullTexts({
  db,
  config,
  turn,
  now,
}: {
  db: Database;
  config: Config;
  /** arXiv's, shared with all that ask it. */
  turn: Turn;
  now(): Date;
}): FullTexts {
  const store = createFullTextStore(db);
  const urls = { html: config.ARXIV_HTML_URL, pdf: config.ARXIV_PDF_URL };
  const { read } = createReader({
    fetch: createFullTextSource(urls, { turn }).fetch,
    store,
    folder: config.PAPERBOY_PAPERS_DIR,
    maxBytes: DOCUMENT_MAX_BYTES,
    now,
  });
  return { read, stored: store.get, has: store.has };
}
