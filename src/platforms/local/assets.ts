/** The files of the page: our own, and the fonts from their packages, read once. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { etag } from 'hono/etag';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Family → its package; the family's style sheet asks for `files/…` beside it. */
const fonts = {
  inter: '@fontsource-variable/inter',
  newsreader: '@fontsource-variable/newsreader',
} as const;

/** Routes for `/`, `/style.css`, `/client.js`, … and `/fonts/inter/…`. */
export function assetRoutes(): Hono {
  const files = new Map<string, { body: Uint8Array<ArrayBuffer>; type: string }>();
  const add = (path: string, file: string) => {
    const type = types[extname(file)];
    if (type) files.set(path, { body: new Uint8Array(readFileSync(file)), type });
  };
  const page = join(import.meta.dirname, 'page');
  for (const name of readdirSync(page))
    add(name === 'index.html' ? '/' : `/${name}`, join(page, name));
  for (const [family, name] of Object.entries(fonts)) {
    const sheet = fileURLToPath(import.meta.resolve(`${name}/wght.css`));
    add(`/fonts/${family}/wght.css`, sheet);
    const folder = join(sheet, '..', 'files');
    for (const file of readdirSync(folder).filter((each) => each.includes('-wght-'))) {
      add(`/fonts/${family}/files/${file}`, join(folder, file));
    }
  }

  const routes = new Hono();
  for (const [path, { body, type }] of files) {
    routes.get(path, etag(), (c) =>
      c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }),
    );
  }
  return routes;
}
