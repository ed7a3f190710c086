import type { Peer } from './peer.ts';

/** The peers, by name; each is loaded only in its own process. */
export const peers: Readonly<Record<string, () => Promise<{ createPeer(): Peer }>>> = {
  'stock Orama': () => import('./orama.ts'),
  'MiniSearch 7': () => import('./minisearch.ts'),
  'FlexSearch 0.8': () => import('./flexsearch.ts'),
  'SQLite FTS5': () => import('./sqlite.ts'),
};
