/** The XML that sources send, by kind: each reader gives what a document says, or throws. */
import { readFeed } from './feed-items.ts';
import { readOai } from './oai-records.ts';

export const readers = {
  feed: (text: string) => readFeed(withoutEntities(text)),
  oai: (text: string) => readOai(withoutEntities(text)),
};

export type Readers = typeof readers;
export type Kind = keyof Readers;

/** No source has a use for entities of its own, but who wants to fill a memory has. */
function withoutEntities(text: string): string {
  if (/<!DOCTYPE[^>]*\[|<!ENTITY/i.test(text.slice(0, 10_000))) {
    throw new Error('the document declares entities of its own');
  }
  return text;
}
