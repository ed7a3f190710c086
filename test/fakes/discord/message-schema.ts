/**
 * What Discord accepts as a message: the lengths of its texts, its embeds and their sum, its rows.
 *
 * https://discord.com/developers/docs/resources/message#create-message
 * https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
import type { APIActionRowComponent, APIComponentInMessageActionRow } from 'discord-api-types/v10';
import { type APIEmbed, MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { rowsSchema } from './component-schema.ts';
import { emptyMessage, invalidForm } from './errors.ts';
import { codePoints, link, text } from './text-schema.ts';

const EMBEDS_TOTAL = 6_000;

const picture = link(['http', 'https', 'attachment']);
const webLink = link(['http', 'https']);

const embed = z.object({
  title: text(256).nullish(),
  description: text(4_096).nullish(),
  url: webLink.nullish(),
  timestamp: z.iso.datetime({ offset: true }).nullish(),
  color: z.int().min(0).max(0xffffff).nullish(),
  footer: z.object({ text: text(2_048, 1), icon_url: picture.nullish() }).nullish(),
  image: z.object({ url: picture }).nullish(),
  thumbnail: z.object({ url: picture }).nullish(),
  author: z
    .object({ name: text(256, 1), url: webLink.nullish(), icon_url: picture.nullish() })
    .nullish(),
  fields: z
    .array(z.object({ name: text(256, 1), value: text(1_024, 1), inline: z.boolean().nullish() }))
    .max(25)
    .nullish(),
});

const embeds = z
  .array(embed)
  .max(10)
  .superRefine((list, ctx) => {
    if (list.reduce((sum, one) => sum + embedSize(one), 0) > EMBEDS_TOTAL) {
      ctx.addIssue({
        code: 'custom',
        message: `Embed size exceeds maximum size of ${EMBEDS_TOTAL}`,
        params: { code: 'MAX_EMBED_SIZE_EXCEEDED' },
      });
    }
  });

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])).nullish(),
    users: z.array(z.string()).max(100).nullish(),
    roles: z.array(z.string()).max(100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, ctx) => {
    for (const kind of ['users', 'roles'] as const) {
      if (value.parse?.includes(kind) && (value[kind]?.length ?? 0) > 0) {
        ctx.addIssue({
          code: 'custom',
          path: ['parse'],
          message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          params: { code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE' },
        });
      }
    }
  });

const messageSchema = z.object({
  content: text(2_000).nullish(),
  tts: z.boolean().nullish(),
  nonce: z.union([text(25), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  embeds: embeds.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  components: rowsSchema.nullish(),
  flags: z
    .int()
    .refine((flags) => (flags & MessageFlags.IsComponentsV2) === 0, {
      message: 'This fake does not know components v2.',
    })
    .nullish(),
  message_reference: z
    .object({ message_id: z.string(), fail_if_not_exists: z.boolean().nullish() })
    .nullish(),
});

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A message as a bot sends it. In an edit, what is absent stays and what is null goes. */
export interface MessageBody {
  readonly content?: string | null;
  readonly tts?: boolean;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean;
  readonly embeds?: APIEmbed[] | null;
  readonly allowed_mentions?: z.infer<typeof allowedMentions> | null;
  readonly components?: Row[] | null;
  readonly flags?: number | null;
  readonly message_reference?: { message_id: string; fail_if_not_exists?: boolean } | null;
}

/** Checks a message; throws error 50035 naming each bad field under `prefix`. */
export function parseMessage(body: unknown, prefix: readonly string[] = []): MessageBody {
  const parsed = messageSchema.safeParse(body, { reportInput: true });
  if (!parsed.success) throw invalidForm(parsed.error.issues, prefix);
  // The schema has just proved the shape; Discord's own types say it more exactly than zod's output.
  return body as MessageBody;
}

/** Throws error 50006 when nothing of a message would be visible. */
export function requireSomething(message: {
  content: string;
  embeds: readonly object[];
  components?: readonly object[];
  attachments: readonly object[];
}): void {
  const parts = [message.embeds, message.components ?? [], message.attachments];
  if (message.content === '' && parts.every((part) => part.length === 0)) throw emptyMessage();
}

type EmbedTexts = z.infer<typeof embed>;

function embedSize(value: EmbedTexts): number {
  const texts = [value.title, value.description, value.footer?.text, value.author?.name];
  for (const field of value.fields ?? []) texts.push(field.name, field.value);
  return texts.reduce((sum, one) => sum + codePoints(one ?? ''), 0);
}
