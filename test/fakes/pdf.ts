/** Small PDFs: of placed lines, uncompressed ASCII, in Times and Times Bold as every reader knows them; and a bomb. */
import { deflateSync } from 'node:zlib';

export interface Placed {
  text: string;
  x: number;
  /** From the foot of the page, 792 points high and 612 wide. */
  y: number;
  /** Default 10. */
  size?: number;
  bold?: boolean;
  /** Upwards along the page's edge. */
  turned?: boolean;
}

/** A PDF of one page that is `megabytes` of blanks, packed twice: a kilobyte. */
export function bombOf(megabytes: number): Uint8Array {
  const packed = deflateSync(deflateSync(Buffer.alloc(megabytes * 1_000_000, ' '), { level: 9 }));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>',
    `<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${packed.toString('latin1')}\nendstream`,
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('');
  const file = `%PDF-1.4\n${body}trailer << /Size 5 /Root 1 0 R >>\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}

/** A PDF with these lines on its pages. Ligatures are written as such, as TeX does. */
export function pdfOf(pages: readonly (readonly Placed[])[]): string {
  const kids = pages.map((_, i) => `${5 + 2 * i} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>',
    ...pages.flatMap((lines, i) => {
      const content = lines.map(shown).join('\n');
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${6 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer << /Size ${objects.length + 1} /Root 1 0 R >>`;
  return `${file}${xref}${trailer}\nstartxref\n${file.length}\n%%EOF\n`;
}

function shown({ text, x, y, size = 10, bold, turned }: Placed): string {
  // Adobe's standard encoding has fi and fl at octal 256 and 257: PDF 32000-1, annex D.
  const escaped = text
    .replace(/[()\\]/g, '\\$&')
    .replaceAll('ﬁ', '\\256')
    .replaceAll('ﬂ', '\\257');
  const matrix = turned ? `0 1 -1 0 ${x} ${y}` : `1 0 0 1 ${x} ${y}`;
  return `BT /${bold ? 'F2' : 'F1'} ${size} Tf ${matrix} Tm (${escaped}) Tj ET`;
}

/** Lines under each other, 12 points apart. */
export function column(
  x: number,
  top: number,
  texts: readonly string[],
  more: Partial<Placed> = {},
): Placed[] {
  return texts.map((text, i) => ({ text, x, y: top - 12 * i, ...more }));
}
