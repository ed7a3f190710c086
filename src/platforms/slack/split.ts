/** A Reply as the fewest replies that each fit one Slack message; a block is never parted. */
import type { Block, Reply } from '../../reply/reply.ts';
import { chunks } from '../chunks.ts';
import { BLOCK, MESSAGE } from './limits.ts';
import { render } from './render.ts';

interface Size {
  blocks: number;
  text: number;
}

const whole: Size = { blocks: MESSAGE.blocks, text: MESSAGE.blockText };

/** Items of a list that is too long for one message go in lots of this many, which always fit. */
const LOT = 8;

export function split(reply: Reply): Reply[] {
  const parts: Block[][] = [];
  let room: Size = { blocks: 0, text: 0 };
  for (const unit of units(reply.blocks.flatMap(loosened))) {
    const size = sizeOf(unit);
    const last = parts.at(-1);
    if (last && fits(size, room)) {
      last.push(...unit);
    } else {
      parts.push([...unit]);
      room = whole;
    }
    room = { blocks: room.blocks - size.blocks, text: room.text - size.text };
  }
  if (parts.length < 2) return [reply];
  return parts.map((blocks, i) => ({
    ...reply,
    blocks,
    summary: `${reply.summary} (${i + 1}/${parts.length})`,
  }));
}

/** Blocks that hold any number of things, as several of a size that fits. */
function loosened(block: Block): Block[] {
  if (block.kind === 'list' && !fits(sizeOf([block]), whole)) {
    return chunks(block.items, LOT).map((items) => ({ kind: 'list', items }));
  }
  if (block.kind === 'buttons') {
    return chunks(block.buttons, BLOCK.buttonsInActions).map((buttons) => ({
      kind: 'buttons',
      buttons,
    }));
  }
  return [block];
}

/** What has to stay together: a heading with what it heads. */
function units(blocks: readonly Block[]): Block[][] {
  const all: Block[][] = [];
  for (const block of blocks) {
    const last = all.at(-1);
    if (last?.at(-1)?.kind === 'heading' && block.kind !== 'heading') last.push(block);
    else all.push([block]);
  }
  return all;
}

function fits(size: Size, room: Size): boolean {
  return size.blocks <= room.blocks && size.text <= room.text;
}

function sizeOf(blocks: readonly Block[]): Size {
  const rendered = render({ visibility: 'asker', summary: '', blocks }, () => '').blocks;
  return { blocks: rendered.length, text: textLength(rendered) };
}

/** Every string under a `text` key, at any depth, as Slack is seen to count. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, one]) => {
    return sum + (key === 'text' && typeof one === 'string' ? one.length : textLength(one));
  }, 0);
}
