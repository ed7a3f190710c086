import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { normaliseTitle } from '../../src/model/paper.ts';
import { parsePage } from '../../src/sources/page.ts';

const excerpt = readFileSync(new URL('../fixtures/page-excerpt.txt', import.meta.url), 'utf8');
const lines = excerpt.split('\n');
const prose = `${'A sentence of an abstract. '.repeat(20)}The end.`;

/** The page without some of its lines, numbered as in an editor. */
const without = (...numbers: number[]) =>
  lines.filter((_, index) => !numbers.includes(index + 1)).join('\n');

function complaint(page: string): string {
  try {
    parsePage(page);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error instanceof Error ? error.message : '';
  }
  throw new Error('the page was accepted');
}

describe('a captured page', () => {
  it('gives its papers in order, each text exactly as it stands there', () => {
    expect(parsePage(excerpt)).toEqual([
      { title: lines[10], abstract: lines[12] },
      { title: lines[14], abstract: lines[16] },
      { title: lines[18], abstract: lines[20] },
      { title: lines[22], abstract: lines[24] },
    ]);
    expect(lines[10]).toBe('MUSCLE: A Model Update Strategy for Compatible LLM Evolution');
  });

  it('reads the same with Windows line ends, a byte order mark and no blank lines', () => {
    const papers = parsePage(excerpt);
    expect(parsePage(`\uFEFF${excerpt.replaceAll('\n', '\r\n')}`)).toEqual(papers);
    expect(parsePage(lines.filter((line) => line !== '').join('\n'))).toEqual(papers);
  });

  it('keeps spaces at the edges of a line and separators inside it', () => {
    const [paper] = parsePage(`Mar 14\n\n  A title\u2028in two \n\n ${prose} \n`);
    expect(paper).toEqual({ title: '  A title\u2028in two ', abstract: ` ${prose} ` });
  });

  it.each(['Mar 14', 'March 14, 2025', '14 Mar 2025', '2025-03-14', 'Week 11', 'March 2025'])(
    'ends its header at the date %s',
    (date) => {
      const page = `Subscribe\n\n${date}\n\nOne\n\nShort.\n\nTwo\n\nShort too.\n`;
      expect(parsePage(page).map(({ title }) => title)).toEqual(['One', 'Two']);
    },
  );

  it('takes neighbouring days beside the date for header too', () => {
    expect(parsePage(`Mar 13\nMar 14\nMar 15\nOne\n${prose}`)).toHaveLength(1);
  });

  it('without a date ends its header two lines before the first long line', () => {
    const page = `Daily\n\nHome\n\nPricing\n\nOne\n\n${prose}\n\nTwo\n\nA short abstract.\n`;
    expect(parsePage(page).map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  it('without any header begins with its first title', () => {
    expect(parsePage(`One\n\n${prose}\n`)).toEqual([{ title: 'One', abstract: prose }]);
  });

  it('may hold a title that is a date or begins with a tag', () => {
    const page = `Mar 14\n\nFirst\n\n${prose}\n\n<think> Less\n\n${prose}\n\nMar 15\n\n${prose}\n`;
    expect(parsePage(page).map(({ title }) => title)).toEqual(['First', '<think> Less', 'Mar 15']);
  });

  it('is read back from any papers and any header that ends with a date', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9<>&$\\"'é中]{1,12}$/);
    const line = (min: number, max: number) =>
      fc.array(word, { minLength: min, maxLength: max }).map((words) => words.join(' '));
    const paper = fc.record({
      title: line(1, 20),
      abstract: line(25, 200).map((text) => `${text}.`),
    });
    fc.assert(
      fc.property(
        fc.array(line(1, 4).filter((text) => !/^\s*<|\d/.test(text))),
        fc.uniqueArray(paper, {
          minLength: 1,
          selector: ({ title }) => normaliseTitle(title) || title,
        }),
        (header, papers) => {
          const page = [...header, 'Mar 14', ...papers.flatMap((p) => [p.title, p.abstract])];
          expect(parsePage(page.join('\n\n'))).toEqual(papers);
        },
      ),
    );
  });
});

describe('a page that is not of that shape', () => {
  it('without an abstract in the middle names the line of its title', () => {
    expect(complaint(without(17))).toMatch(
      /^Line 15: the title "The Inherent Limits.+" has no abstract, line 18 looks like the next title; add its abstract/,
    );
  });

  it('without the first abstract names the first title', () => {
    expect(complaint(without(13))).toMatch(/^Line 11: the title "MUSCLE/);
  });

  it('without the last abstract names the last title', () => {
    expect(complaint(without(25))).toMatch(/^Line 23: the title .+ has no abstract, the page ends/);
  });

  it('without two abstracts, so that titles pair up, still names the first', () => {
    expect(complaint(without(17, 21))).toMatch(/^Line 15: the title "The Inherent/);
  });

  it('without a title names the line of the abstract that stands in its place', () => {
    expect(complaint(without(15))).toMatch(
      /^Line 16: a title is due here, but this is an abstract/,
    );
    expect(complaint(without(11))).toMatch(/^Line 12: a title is due here/);
    expect(complaint(prose)).toMatch(/^Line 1: a title is due here/);
  });

  it('with a paper twice names both lines', () => {
    const page = `Mar 14\n\nOne\n\n${prose}\n\nTwo\n\n${prose}\n\nONE.\n\n${prose}\n`;
    expect(complaint(page)).toMatch(/^Line 11: the paper "ONE\." is already at line 3; delete one/);
  });

  it('with nothing but its header says where it ended', () => {
    expect(complaint(lines.slice(0, 9).join('\n'))).toMatch(
      /^Line 9: the page ends without a paper/,
    );
    expect(complaint('')).toMatch(/^Line 1: the page ends without a paper/);
    expect(complaint('Mar 13\nMar 14\n')).toMatch(/^Line 2: the page ends without a paper/);
    expect(complaint('some\nshort\nlines')).toMatch(/^Line 3: .+ date such as "Mar 14"/);
  });

  it.each(['<!DOCTYPE html>\n<html>', '\n\n  <html lang="en">', '<?xml version="1.0"?>'])(
    'but %j says that HTML will not do',
    (page) => {
      expect(complaint(page)).toMatch(/^Line [13]: this is HTML; open the page in a browser/);
    },
  );

  it('but bytes says that they are not text', () => {
    const png = new TextDecoder().decode(Uint8Array.of(0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0));
    expect(complaint(png)).toMatch(/^Line 1: this is not plain UTF-8 text/);
    expect(complaint(excerpt.replace('MUSCLE', 'MUS\0CLE'))).toMatch(/^Line 11: this is not plain/);
  });
});
