/** Addresses below a base that an operator gave, with or without the beginning of the path. */

/** `https://x/api` and `api/query` make `https://x/api/query`, as do `https://x` and `https://x/api/query`. */
export function endpoint(base: string, path: string): URL {
  const url = new URL(base);
  const have = url.pathname.split('/').filter((part) => part !== '');
  const want = path.split('/');
  const overlaps = (n: number) =>
    have.slice(have.length - n).join('/') === want.slice(0, n).join('/');
  let shared = Math.min(have.length, want.length);
  while (!overlaps(shared)) shared--;
  url.pathname = [...have, ...want.slice(shared)].join('/');
  return url;
}
