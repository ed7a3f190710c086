/**
 * The document of a paper at arXiv: the page it makes of most, and the PDF of all.
 * https://info.arxiv.org/about/accessible_HTML.html
 */
import { Refusal } from '../errors.ts';
import type { Document } from '../model/full-text.ts';
import { endpoint } from './endpoint.ts';
import { createHttp, type HttpSettings } from './http.ts';
import { SourceError, type Turn } from './source.ts';

export interface FullTextSource {
  /**
   * The newest version of an arXiv paper; undefined when arXiv has none of that kind, or no page that could be
   * read. Throws `Refusal` when arXiv cannot be asked.
   */
  fetch(kind: Document['kind'], id: string, signal: AbortSignal): Promise<Document | undefined>;
}

/** Hardly any paper is larger; what is holds pictures or is not meant to be read. */
export const DOCUMENT_MAX_BYTES = 40 * 1024 * 1024;

export function createFullTextSource(
  urls: { html: string; pdf: string },
  { turn, http: settings }: { turn: Turn; http?: HttpSettings | undefined },
): FullTextSource {
  // A person waits: one more try, and soon.
  const http = createHttp({ maxBytes: DOCUMENT_MAX_BYTES, retries: 1, ...settings });

  function ask(kind: Document['kind'], id: string, signal: AbortSignal): Promise<Document> {
    const asked = { url: endpoint(urls[kind], `${kind}/${id}`), signal, turn };
    return kind === 'html'
      ? http<Document>({ ...asked, expect: 'HTML', read: (text) => ({ kind, text }) })
      : http<Document>({ ...asked, expect: 'PDF', read: (bytes) => ({ kind, bytes }) });
  }

  return {
    async fetch(kind, id, signal) {
      try {
        return await ask(kind, id, signal);
      } catch (cause) {
        const isOurs = cause instanceof SourceError;
        if (!isOurs && !signal.aborted) throw cause;
        if (isOurs && (cause.status === 404 || cause.status === 410)) return undefined;
        if (isOurs && cause.failure === 'garbled') {
          if (kind === 'html') return undefined;
          throw new Refusal(`The PDF of ${id} cannot be read: ${cause.message}.`, { cause });
        }
        throw new Refusal('arXiv does not answer just now; try again in a few minutes.', {
          cause,
        });
      }
    },
  };
}
