/** The vectors that a model made of papers, kept so that nothing is sent to it twice. */
import { endianness } from 'node:os';
import type { PaperId } from '../model/paper.ts';
import type { Database } from './database.ts';

export interface StoredVector {
  paper: PaperId;
  model: string;
  /** Of the text it was made of. */
  textHash: string;
  vector: Float32Array<ArrayBuffer>;
}

export interface VectorStore {
  put(vectors: readonly StoredVector[]): Promise<void>;
  /** Those that this model made of these papers. */
  get(model: string, papers: readonly PaperId[]): Promise<StoredVector[]>;
}

export function createVectorStore(db: Database): VectorStore {
  return {
    async put(vectors) {
      if (!vectors.length) return;
      await db
        .insertInto('vectors')
        .values(
          vectors.map(({ paper, model, textHash, vector }) => {
            return { paper, model, text_hash: textHash, vector: bytesOf(vector) };
          }),
        )
        .onConflict((c) =>
          c.column('paper').doUpdateSet((eb) => ({
            model: eb.ref('excluded.model'),
            text_hash: eb.ref('excluded.text_hash'),
            vector: eb.ref('excluded.vector'),
          })),
        )
        .execute();
    },

    async get(model, papers) {
      if (!papers.length) return [];
      const rows = await db
        .selectFrom('vectors')
        .selectAll()
        .where('paper', 'in', papers)
        .where('model', '=', model)
        .execute();
      return rows.map(({ paper, text_hash: textHash, vector }) => {
        // Only this file writes the column, out of an identity.
        return { paper: paper as PaperId, model, textHash, vector: numbersOf(vector) };
      });
    },
  };
}

/** Little-endian, whatever the machine is. */
function bytesOf(vector: Float32Array): Buffer {
  const bytes = Buffer.from(Float32Array.from(vector).buffer);
  return endianness() === 'LE' ? bytes : bytes.swap32();
}

function numbersOf(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const own = Buffer.from(Uint8Array.from(bytes).buffer);
  if (endianness() === 'BE') own.swap32();
  return new Float32Array(own.buffer, own.byteOffset, own.length / 4);
}
