/**
 * Which blocks Slack accepts in a message or a view, and what it says of the ones it refuses, with
 * the JSON pointer that its own errors carry. The kinds a paper bot may post are here; a kind that
 * is missing is refused, so add it with its limits before using it.
 *
 * https://docs.slack.dev/reference/block-kit/blocks
 */
import { z } from 'zod';
import {
  accessory,
  anyText,
  type Element,
  element,
  imageElement,
  inputElement,
  madeUpId,
  plainText,
} from './block-elements.ts';
import { BLOCK, MESSAGE } from './limits.ts';

const block_id = z.string().min(1).max(BLOCK.blockId).default(madeUpId);

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText(BLOCK.text).optional(),
    fields: z.array(anyText(BLOCK.sectionField)).min(1).max(BLOCK.sectionFieldItems).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    error: 'must define either `text` or `fields`',
  });

const header = z.strictObject({
  type: z.literal('header'),
  block_id,
  text: plainText(BLOCK.header),
});

const divider = z.strictObject({ type: z.literal('divider'), block_id });

const contextElement = z.discriminatedUnion('type', [...anyText(BLOCK.text).options, imageElement]);
const context = z.strictObject({
  type: z.literal('context'),
  block_id,
  elements: z.array(contextElement).min(1).max(BLOCK.contextItems),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id,
  elements: z.array(element).min(1).max(BLOCK.actionsItems),
});

const image = imageElement.extend({ block_id, title: plainText(BLOCK.imageTitle).optional() });

const input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainText(BLOCK.inputLabel),
  hint: plainText(BLOCK.inputLabel).optional(),
  element: inputElement,
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id,
  text: z.string().min(1).max(BLOCK.markdown),
});

const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id,
  elements: z.array(z.looseObject({ type: z.string() })).min(1),
});

const block = z.discriminatedUnion('type', [
  section,
  header,
  divider,
  context,
  actions,
  image,
  input,
  markdown,
  richText,
]);

export type Block = z.output<typeof block>;
export type ContextElement = z.output<typeof contextElement>;

export type BlockCheck =
  | { ok: true; blocks: Block[] }
  | {
      ok: false;
      error: 'invalid_blocks' | 'invalid_blocks_format' | 'msg_blocks_too_long';
      /** What is wrong and where, as Slack words it. */
      reasons: string[];
    };

/** The blocks as Slack would keep them (identifiers filled in), or why it refuses them. */
export function checkBlocks(input: unknown, maxBlocks: number = MESSAGE.blockItems): BlockCheck {
  if (!Array.isArray(input)) return { ok: false, error: 'invalid_blocks_format', reasons: [] };
  const parsed = z.array(block).max(maxBlocks).safeParse(input);
  if (!parsed.success) {
    return {
      ok: false,
      error: 'invalid_blocks',
      reasons: parsed.error.issues.map((issue) => reason(issue)),
    };
  }
  const reasons = [...repeatedIds(parsed.data)];
  if (reasons.length > 0) return { ok: false, error: 'invalid_blocks', reasons };
  if (textLength(parsed.data) > MESSAGE.blockText) {
    return { ok: false, error: 'msg_blocks_too_long', reasons: [] };
  }
  return { ok: true, blocks: parsed.data };
}

/** Every element a person can press or choose from, with the block it stands in. */
export function* elementsOf(blocks: Block[]): Generator<{ blockId: string; element: Element }> {
  for (const one of blocks) {
    if (one.type === 'actions') {
      for (const each of one.elements) yield { blockId: one.block_id, element: each };
    } else if (one.type === 'section' && one.accessory && one.accessory.type !== 'image') {
      yield { blockId: one.block_id, element: one.accessory };
    }
  }
}

/** Addresses of all pictures, with the JSON pointer of each. */
export function* imagesOf(blocks: Block[]): Generator<{ url: string; pointer: string }> {
  for (const [at, one] of blocks.entries()) {
    if (one.type === 'image') yield { url: one.image_url, pointer: `/blocks/${at}/image_url` };
    if (one.type === 'section' && one.accessory?.type === 'image') {
      yield { url: one.accessory.image_url, pointer: `/blocks/${at}/accessory/image_url` };
    }
    if (one.type !== 'context') continue;
    for (const [position, part] of one.elements.entries()) {
      if (part.type !== 'image') continue;
      yield { url: part.image_url, pointer: `/blocks/${at}/elements/${position}/image_url` };
    }
  }
}

function* repeatedIds(blocks: Block[]): Generator<string> {
  const blockIds = new Set<string>();
  for (const [at, one] of blocks.entries()) {
    if (blockIds.has(one.block_id)) {
      yield `\`block_id\` "${one.block_id}" already exists [json-pointer:/blocks/${at}/block_id]`;
    }
    blockIds.add(one.block_id);
    const actionIds = new Set<string>();
    for (const { element: each } of elementsOf([one])) {
      if (actionIds.has(each.action_id)) {
        yield `\`action_id\` "${each.action_id}" already exists [json-pointer:/blocks/${at}]`;
      }
      actionIds.add(each.action_id);
    }
  }
}

/** Sum of all texts: every string that stands under a `text` key, at any depth. */
function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) =>
      sum + (key === 'text' && typeof one === 'string' ? one.length : textLength(one)),
    0,
  );
}

/** One zod issue in Slack's words: `must be less than 3001 characters [json-pointer:…]`. */
export function reason(issue: z.core.$ZodIssue, root = '/blocks'): string {
  return `${complaint(issue)} [json-pointer:${[root, ...issue.path.map(String)].join('/')}]`;
}

function complaint(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'array'
        ? `no more than ${issue.maximum} items allowed`
        : `must be less than ${Number(issue.maximum) + 1} characters`;
    case 'too_small':
      return issue.origin === 'array'
        ? `no fewer than ${issue.minimum} items required`
        : `must be more than ${Number(issue.minimum) - 1} characters`;
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return 'unsupported type';
    default:
      return issue.message;
  }
}
