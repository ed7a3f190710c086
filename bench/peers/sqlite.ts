import { DatabaseSync } from 'node:sqlite';
import { dayOf, type Peer } from './peer.ts';

export function createPeer(): Peer {
  const db = new DatabaseSync(':memory:');
  db.exec(`
    CREATE VIRTUAL TABLE texts USING fts5(title, abstract, authors, tokenize = 'porter unicode61');
    CREATE TABLE papers (id INTEGER PRIMARY KEY, categories TEXT, day INTEGER);
  `);
  const plain = db.prepare(
    'SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 4, 1, 2) LIMIT 10',
  );
  const filtered = db.prepare(`
    SELECT texts.rowid FROM texts JOIN papers ON papers.id = texts.rowid
    WHERE texts MATCH ? AND instr(categories, ?) AND day >= ? ORDER BY bm25(texts, 4, 1, 2) LIMIT 10`);
  return {
    build(papers) {
      const text = db.prepare(
        'INSERT INTO texts (rowid, title, abstract, authors) VALUES (?, ?, ?, ?)',
      );
      const rest = db.prepare('INSERT INTO papers VALUES (?, ?, ?)');
      db.exec('BEGIN');
      for (const [i, { title, abstract, authors, categories, published }] of papers.entries()) {
        text.run(i + 1, title, abstract, authors.join(' '));
        rest.run(i + 1, ` ${categories.join(' ')} `, dayOf(published));
      }
      db.exec('COMMIT');
    },
    search({ text, category, since }) {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      const query = words.map((word) => `"${word}"`).join(' OR ');
      return category ? filtered.all(query, ` ${category} `, dayOf(since)) : plain.all(query);
    },
  };
}
