/** A paper as a BibTeX entry, for a bibliography. */
import { type Paper, paperUrl } from '../model/paper.ts';
import { readable } from '../text/latex.ts';

/** `@misc{akiba2024evolutionary, …}`, its authors in the paper's own order. */
export function bibtex(paper: Paper): string {
  const arxiv = paper.id.startsWith('arxiv:') ? paper.id.slice('arxiv:'.length) : undefined;
  const fields: [name: string, value: string | undefined][] = [
    // Braces keep the capitals that a bibliography style would take away.
    ['title', `{${written(paper.title)}}`],
    ['author', paper.authors.map(written).join(' and ') || undefined],
    ['year', paper.published?.slice(0, 4)],
    ['eprint', arxiv],
    ['archiveprefix', arxiv && 'arXiv'],
    ['primaryclass', arxiv && paper.categories[0] && written(paper.categories[0])],
    ['doi', inBraces(paper.doi)],
    ['url', inBraces(paperUrl(paper))],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return [`@misc{${keyOf(paper)},`, ...lines, '}'].join('\n');
}

/** Family name of the first author, year, first word of the title: what people cite by. */
function keyOf({ authors, published, title }: Paper): string {
  const [last = '', first] = (authors[0] ?? '').split(',');
  const family = first === undefined ? last.split(/\s+/).at(-1) : last;
  const word = plainWords(title).find((each) => each.length > 3) ?? '';
  const key = [plainWords(family ?? '').join(''), published?.slice(0, 4), word].join('');
  return key || 'paper';
}

/** An address or a DOI, in which nothing ends its field early. */
const inBraces = (address: string | undefined) => address?.replace(/[{}\\\s]/g, encodeURIComponent);

const plainWords = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? [];

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** In readable Unicode, with what TeX would take for commands escaped. */
function written(text: string): string {
  return readable(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\~^]|[{}%&$#_]/g, (sign) => commands[sign] ?? `\\${sign}`);
}
