import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { createFeed, feedUrl } from '../../src/sources/feed.ts';
import { createHttp, type Http } from '../../src/sources/http.ts';
import { pagesOf, papersIn, quick, sourceContract } from '../contracts/source.ts';
import { recording, startSources } from '../fakes/sources/server.ts';

const day = '2026-07-18';
const eprint = recording('eprint.xml');
const open = (url: string, http: Http = createHttp(quick)) =>
  createFeed({ url: new URL('/feed', url), http });

const read = async (body: string, type?: string) => {
  const fake = await startSources();
  fake.serve('/feed', { body, ...(type && { headers: { 'content-type': type } }) });
  return (await pagesOf(open(fake.url), day)).flatMap(({ listings }) => listings);
};

const rss = (items: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items}</channel></rss>`;

sourceContract('A feed', {
  open: (url, http) => open(url, http),
  day,
  format: 'XML',
  serve: (fake) => fake.serve('/feed', eprint),
  papers: 3,
  serveFlawed(fake) {
    fake.serve('/feed', eprint.replace(/<title>Threshold.*<\/title>/, ''));
    return 'https://eprint.iacr.org/2025/1665';
  },
  serveEmpty: (fake) => fake.serve('/feed', rss('')),
});

describe('a feed', () => {
  it('that carries old papers announces only its newer ones', async () => {
    const listings = await read(eprint);
    expect(listings.map(({ kind, paper }) => [kind, paper.published?.slice(0, 10)])).toEqual([
      ['update', '2026-03-09'],
      ['update', '2025-09-13'],
      ['update', '2026-06-02'],
    ]);
    expect(listings[0]?.paper.authors).toHaveLength(5);
    expect(listings[1]?.paper.authors).toContain('Michael Klooß');
    expect(listings[2]?.paper.abstract).toContain('$<a,x>=0$');
  });

  it('whose items have no dates has its papers all the same', async () => {
    const listings = await read(recording('nber.xml'));
    expect(listings.map(({ kind }) => kind)).toEqual(['new', 'new']);
    expect(listings[0]?.paper.published).toBe('2026-07-15T00:00:00.000Z');
    expect(listings[1]?.paper).not.toHaveProperty('published');
  });

  it('with a date that nobody understands has no date', async () => {
    const [listing] = await read(rss('<item><title>A</title><pubDate>next week</pubDate></item>'));
    expect(listing?.paper).not.toHaveProperty('published');
  });

  it('names papers by the arXiv id or DOI that it gives, else by title', async () => {
    const listings = await read(
      rss(
        '<item><title>A</title><link>https://arxiv.org/abs/2508.13426v2</link></item>' +
          '<item><title>B</title><link>https://doi.org/10.1038/s41586-026-1</link></item>' +
          '<item><title>C</title><link>https://example.org/c</link></item>',
      ),
    );
    expect(listings.map(({ paper }) => paper.id)).toEqual([
      'arxiv:2508.13426',
      'doi:10.1038/s41586-026-1',
      expect.stringMatching(/^title:/),
    ]);
  });

  it('has its markup dropped, and what it means kept', async () => {
    const [listing] = await read(
      rss(
        '<item><title>AT&amp;amp;T &lt;i&gt;vs&lt;/i&gt; x &lt; y</title><description>' +
          '<![CDATA[<p>One <b>bold</b> word.</p><script>alert(1)</script><p>Two &mdash; done.</p>]]>' +
          '</description></item>',
      ),
    );
    expect(listing?.paper.title).toBe('AT&T vs x < y');
    expect(listing?.paper.abstract).toBe('One bold word.\n\nTwo — done.');
  });

  it('may be Atom, RDF or JSON', async () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>A</title><id>a</id><link href="https://example.org/a"/><author><name>Ada</name></author><summary>Text.</summary></entry></feed>';
    const rdf =
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>x</title></channel><item rdf:about="https://example.org/a"><title>A</title><link>https://example.org/a</link><description>Text.</description><dc:creator>Ada</dc:creator><dc:identifier>doi:10.1038/x1</dc:identifier></item></rdf:RDF>';
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'x',
      items: [
        {
          id: '1',
          url: 'https://example.org/a',
          title: 'A',
          content_text: 'Text.',
          authors: [{ name: 'Ada' }],
        },
      ],
    });
    for (const body of [atom, rdf, json]) {
      const [listing] = await read(body);
      expect(listing?.paper).toMatchObject({
        title: 'A',
        abstract: 'Text.',
        authors: ['Ada'],
        url: 'https://example.org/a',
      });
    }
    expect((await read(rdf))[0]?.paper.id).toBe('doi:10.1038/x1');
  });

  it('may be in an encoding of its own', async () => {
    const fake = await startSources();
    const body =
      '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>x</title><item><title>Klo\u00df</title></item></channel></rss>';
    fake.serve('/feed', { body, headers: { 'content-type': 'text/xml; charset=utf-8' } });
    // Sent as UTF-8, and said so: the header goes before the document.
    expect(papersIn(await pagesOf(open(fake.url), day))[0]?.title).toBe('Kloß');
  });

  it('that is large comes in parts, between which the bot can answer', async () => {
    const item = `<item><title>A &amp; B</title><description>${'word '.repeat(300)}</description><link>https://example.org/`;
    const items = Array.from({ length: 2000 }, (_, n) => `${item}${n}</link></item>`).join('');
    const fake = await startSources();
    fake.serve(
      '/feed',
      rss(items.replaceAll(/A &amp; B(?=<\/title>)/g, () => `Title ${Math.random()}`)),
    );
    const pages = await pagesOf(open(fake.url), day);
    expect(papersIn(pages)).toHaveLength(2000);
    expect(pages).toHaveLength(20);
  });
});

describe('the address of a feed', () => {
  it.each([
    'eprint',
    'ftp://example.org/x',
    'file:///etc/passwd',
    'https://me:secret@example.org/x',
  ])('is not %s', (text) => {
    expect(() => feedUrl(text)).toThrow(UserError);
  });

  it('is a link, whose fragment does not matter', () => {
    expect(feedUrl(' https://example.org/rss#top ').href).toBe('https://example.org/rss');
  });
});
