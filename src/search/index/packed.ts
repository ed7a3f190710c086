/** Trees of typed arrays, numbers and texts as a small JSON tree and the arrays' bytes in a row. */

const kinds = { Uint8Array, Uint16Array, Int32Array, Uint32Array } as const;
type Kind = keyof typeof kinds;
type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array;

/** Arrays begin at a multiple of this, so that they can be read where they lie. */
const ALIGN = 8;

export interface Packed {
  /** The tree, each array replaced by `{ $: kind, at, length }`. */
  tree: unknown;
  arrays: Numbers[];
  /** Bytes of all arrays, the gaps between them included. */
  size: number;
}

export const aligned = (bytes: number) => Math.ceil(bytes / ALIGN) * ALIGN;

export function pack(value: unknown): Packed {
  const arrays: Numbers[] = [];
  let size = 0;
  const packed = (part: unknown): unknown => {
    if (ArrayBuffer.isView(part)) {
      for (const [kind, type] of Object.entries(kinds)) {
        if (!(part instanceof type)) continue;
        const place = { $: kind, at: size, length: part.length };
        arrays.push(part);
        size = aligned(size + part.byteLength);
        return place;
      }
    }
    if (Array.isArray(part)) return part.map(packed);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, packed(each)]));
  };
  const tree = packed(value);
  return { tree, arrays, size };
}

/** What of a tree can be handed to another thread instead of copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const buffers = new Set(pack(value).arrays.map(({ buffer }) => buffer));
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer);
}

/** The value again, its arrays views of the buffer; the first lies at `from`. */
export function unpack(tree: unknown, buffer: ArrayBuffer, from: number): unknown {
  if (Array.isArray(tree)) return tree.map((part) => unpack(part, buffer, from));
  if (typeof tree !== 'object' || tree === null) return tree;
  if ('$' in tree && 'at' in tree && 'length' in tree) {
    const { $: kind, at, length } = tree;
    return new kinds[kind as Kind](buffer, from + Number(at), Number(length));
  }
  return Object.fromEntries(
    Object.entries(tree).map(([name, part]) => [name, unpack(part, buffer, from)]),
  );
}
