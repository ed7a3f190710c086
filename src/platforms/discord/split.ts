/** A reply divided into the fewest that each fit one Discord message; no paper is ever cut in two. */
import type { Block, Reply } from '../../reply/reply.ts';
import type { Text } from '../../reply/text.ts';
import { chunks } from '../chunks.ts';
import { ROW_BUTTONS_MAX, ROWS_MAX } from './limits.ts';
import { fits, listFits, render } from './render.ts';

export function split(reply: Reply): Reply[] {
  const parts: Block[][] = [];
  let current: Block[] = [];
  for (const block of reply.blocks.flatMap(divided)) {
    if (!current.length || fitsTogether([...current, block])) {
      current.push(block);
      continue;
    }
    const moved = movedAlong(current, block);
    parts.push(current.slice(0, current.length - moved.length));
    current = [...moved, block];
  }
  if (current.length) parts.push(current);
  return parts.map((blocks) => ({ ...reply, blocks }));
}

function fitsTogether(blocks: readonly Block[]): boolean {
  return fits(render({ blocks, summary: '' }, () => '-'));
}

/** What should not be left behind at the end of a message: a heading, or what the next buttons act on. */
function movedAlong(current: readonly Block[], next: Block): Block[] {
  const last = current.at(-1);
  if (current.length < 2 || !last || !fitsTogether([last, next])) return [];
  return last.kind === 'heading' || next.kind === 'buttons' ? [last] : [];
}

/** Blocks of one that would not fit a message even alone. */
function divided(block: Block): Block[] {
  if (block.kind === 'list') return lists(block.items).map((items) => ({ ...block, items }));
  const most = ROWS_MAX * ROW_BUTTONS_MAX;
  if (block.kind === 'buttons') {
    return chunks(block.buttons, most).map((buttons) => ({ ...block, buttons }));
  }
  return block.kind === 'paper' ? [{ ...block, buttons: block.buttons.slice(0, most) }] : [block];
}

function lists(items: readonly Text[]): Text[][] {
  const all: Text[][] = [];
  for (const item of items) {
    const last = all.at(-1);
    if (last && listFits([...last, item])) last.push(item);
    else all.push([item]);
  }
  return all;
}
