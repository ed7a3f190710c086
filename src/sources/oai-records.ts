/**
 * A page of arXiv's OAI-PMH in its own format `arXivRaw`, the only one that tells the versions of a paper.
 * https://www.openarchives.org/OAI/openarchivesprotocol.html
 */
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

export interface OaiRecord {
  /** `oai:arXiv.org:2604.21935` */
  id: string;
  title: string;
  abstract: string;
  categories: string[];
  /** The newest, from 1. */
  version?: number | undefined;
  comment?: string | undefined;
  doi?: string | undefined;
}

export interface OaiPage {
  records: OaiRecord[];
  /** Asks for the next page; undefined on the last. */
  resume?: string | undefined;
  /** What the repository objects to, by OAI's own code: `badResumptionToken`. */
  error?: { code: string; text: string };
}

const text = z.string().catch('');

const Raw = z.object({
  title: text,
  abstract: text,
  categories: text,
  comments: z.string().optional().catch(undefined),
  doi: z.string().optional().catch(undefined),
  version: z.array(z.object({ '@version': z.string() })).catch([]),
});

const Document = z.object({
  'OAI-PMH': z.object({
    error: z.object({ '@code': z.string(), '#text': text }).optional(),
    ListRecords: z
      .object({
        record: z
          .array(
            z.object({
              header: z.object({ identifier: z.string(), '@status': z.string().optional() }),
              metadata: z.object({ arXivRaw: Raw }).optional(),
            }),
          )
          .default([]),
        resumptionToken: z
          .union([z.string(), z.object({ '#text': z.string().optional() })])
          .optional(),
      })
      .optional(),
  }),
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // Identifiers and versions look like numbers, and are none.
  parseTagValue: false,
  isArray: (name) => name === 'record' || name === 'version',
});

/** Throws when the text is no answer of OAI-PMH, or breaks off. */
export function readOai(text: string): OaiPage {
  // The parser takes half a document for a whole one.
  if (!/<\/OAI-PMH>\s*$/.test(text)) throw new Error('it is no whole answer of OAI-PMH');
  const { error, ListRecords: list } = Document.parse(parser.parse(text))['OAI-PMH'];
  if (error) return { records: [], error: { code: error['@code'], text: error['#text'] } };
  const token = list?.resumptionToken;
  return {
    resume: (typeof token === 'string' ? token : token?.['#text']) || undefined,
    records: (list?.record ?? []).flatMap(({ header, metadata }) => {
      // Deleted at arXiv, which says nothing more of it.
      if (header['@status'] === 'deleted') return [];
      const raw = metadata?.arXivRaw ?? Raw.parse({});
      const versions = raw.version.map((each) => Number(/^v(\d+)$/.exec(each['@version'])?.[1]));
      const newest = Math.max(0, ...versions.filter((version) => version > 0));
      return {
        id: header.identifier,
        title: raw.title,
        abstract: raw.abstract,
        categories: raw.categories.split(/\s+/).filter((category) => category !== ''),
        version: newest || undefined,
        comment: raw.comments,
        doi: raw.doi,
      };
    }),
  };
}
