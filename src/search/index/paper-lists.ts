/** Sorted lists of papers put together and taken apart. */

/** Sorted numbers of papers. Lists given to a matcher become its own to change. */
export type Papers = Uint32Array<ArrayBuffer>;

export function everyone(size: number): Papers {
  const papers = new Uint32Array(size);
  for (let paper = 0; paper < size; paper += 1) papers[paper] = paper;
  return papers;
}

/** In one or both. */
export function union(a: Papers, b: Papers): Papers {
  if (!a.length) return b;
  if (!b.length) return a;
  const all = new Uint32Array(a.length + b.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; size += 1) {
    const [left, right] = [a[i] ?? Infinity, b[j] ?? Infinity];
    all[size] = Math.min(left, right);
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return all.subarray(0, size);
}

/** In any of them. */
export function unionOf(lists: readonly Papers[]): Papers {
  const [only] = lists;
  if (lists.length < 2) return only ?? new Uint32Array();
  const half = lists.length >>> 1;
  return union(unionOf(lists.slice(0, half)), unionOf(lists.slice(half)));
}

/** In the first and not in the second; written over the first. */
export function difference(papers: Papers, out: Papers): Papers {
  if (!out.length) return papers;
  let kept = 0;
  let at = 0;
  for (const paper of papers) {
    while ((out[at] ?? Infinity) < paper) at += 1;
    if (out[at] === paper) continue;
    papers[kept] = paper;
    kept += 1;
  }
  return papers.subarray(0, kept);
}

/** Those for which a test holds; written over the list. */
export function those(papers: Papers, test: (paper: number) => boolean): Papers {
  let kept = 0;
  for (const paper of papers) {
    if (!test(paper)) continue;
    papers[kept] = paper;
    kept += 1;
  }
  return papers.subarray(0, kept);
}
