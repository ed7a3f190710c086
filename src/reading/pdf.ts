/** A PDF as sections: its letters by PDF.js as `unpdf` packs it, their order and meaning by ours. */
import { getDocumentProxy } from 'unpdf';
import type { Reading } from '../model/full-text.ts';
import { statedVersion } from './html.ts';
import { type Line, linesOf, type Piece } from './pdf-line.ts';
import { sectionsOf } from './pdf-text.ts';
import { UnreadableError } from './unreadable.ts';

const PAGES_MAX = 400;
/** Fewer letters a page than that: pictures of pages. */
const LETTERS_LEAST = 40;

/** Throws `UnreadableError` for a scan, a locked file and what is no PDF. */
export async function readPdf(bytes: Uint8Array): Promise<Reading> {
  const document = await getDocumentProxy(bytes, { verbosity: 0 }).catch((cause: unknown) => {
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new UnreadableError(
      isLocked ? 'is locked with a password' : 'is no PDF that can be read',
      {
        cause,
      },
    );
  });
  if (document.numPages > PAGES_MAX) {
    throw new UnreadableError(
      `has ${document.numPages} pages, and more than ${PAGES_MAX} are not read`,
    );
  }
  const lines: Line[] = [];
  let version: number | undefined;
  for (let page = 0; page < document.numPages; page += 1) {
    const sheet = await document.getPage(page + 1);
    const { width, height } = sheet.getViewport({ scale: 1 });
    const [left = 0, bottom = 0] = sheet.view;
    const pieces: Piece[] = [];
    for (const item of (await sheet.getTextContent()).items) {
      if (!('str' in item)) continue;
      const [a = 0, b = 0, , , x = 0, y = 0] = item.transform.map(Number);
      if (Math.abs(b) > Math.abs(a)) {
        // arXiv stamps the first page along its edge.
        version ??= statedVersion(item.str);
        continue;
      }
      pieces.push({
        text: item.str,
        x: x - left,
        y: y - bottom,
        width: item.width,
        size: item.height || Math.abs(a),
        font: item.fontName,
      });
    }
    lines.push(...linesOf(pieces, { width, height, page }));
    sheet.cleanup();
  }
  const letters = lines.reduce((sum, { text }) => sum + text.length, 0);
  if (letters < LETTERS_LEAST * document.numPages) {
    throw new UnreadableError('holds pictures of pages, not their text');
  }
  return { ...(version && { version }), sections: sectionsOf(lines) };
}
