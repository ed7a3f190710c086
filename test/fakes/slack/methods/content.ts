/**
 * What an app may say in a message, checked the same way wherever it says it: chat.*, response_url
 * or the acknowledgement of a command.
 *
 * https://docs.slack.dev/reference/methods/chat.postMessage#errors
 * https://docs.slack.dev/messaging/message-metadata
 */
import { z } from 'zod';
import { checkBlocks, imagesOf } from '../blocks.ts';
import { MESSAGE } from '../limits.ts';
import type { Content, Metadata } from '../messages.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, type Args, optional, structured } from './method.ts';

/** Text and blocks of a message. @throws ApiError saying why Slack would refuse them. */
export function contentOf(
  workspace: Workspace,
  args: Args,
  { maxText }: { maxText: number },
): Content {
  const text = optional(args, 'text') ?? '';
  const markdown = optional(args, 'markdown_text');
  const rawBlocks = structured(args, 'blocks', 'invalid_blocks_format');
  if (markdown !== undefined && (text !== '' || rawBlocks !== undefined)) {
    throw new ApiError('markdown_text_conflict');
  }
  if (text.length > maxText) throw new ApiError('msg_too_long');
  const source = markdown === undefined ? rawBlocks : [{ type: 'markdown', text: markdown }];
  const checked = checkBlocks(source ?? []);
  if (!checked.ok) throw new ApiError(checked.error, checked.reasons);
  if (text.trim() === '' && checked.blocks.length === 0) throw new ApiError('no_text');
  for (const { url, pointer } of imagesOf(checked.blocks)) {
    if (workspace.brokenImages.some((broken) => broken.test(url))) {
      throw new ApiError('invalid_blocks', [`downloading image failed [json-pointer:${pointer}]`]);
    }
  }
  return { text: markdown ?? text, blocks: checked.blocks };
}

const metadataSchema = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** The metadata argument: undefined when absent, null when it is `{}`, which removes it. */
export function metadataOf(args: Args): Metadata | null | undefined {
  const raw = structured(args, 'metadata', 'invalid_metadata_format');
  if (raw === undefined) return undefined;
  if (typeof raw !== 'object' || raw === null) throw new ApiError('invalid_metadata_format');
  if (Object.keys(raw).length === 0) return null;
  const parsed = metadataSchema.safeParse(raw);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ApiError('invalid_metadata_schema', reasons);
  }
  if (Buffer.byteLength(JSON.stringify(raw)) > MESSAGE.metadataBytes) {
    throw new ApiError('metadata_too_large');
  }
  return parsed.data;
}
