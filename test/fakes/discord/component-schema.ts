/**
 * What Discord accepts as the components of a message: rows of buttons or one select menu. The
 * layout components of "components v2" are refused, since the fake does not know them.
 *
 * https://discord.com/developers/docs/components/reference
 */
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { link, text } from './text-schema.ts';

type Fail = (path: PropertyKey[], code: string, message: string) => void;

const customId = text(100, 1);
const emoji = z.object({
  id: z.string().nullish(),
  name: z.string().nullish(),
  animated: z.boolean().nullish(),
});

const button = z
  .object({
    type: z.literal(ComponentType.Button),
    style: z.literal([
      ButtonStyle.Primary,
      ButtonStyle.Secondary,
      ButtonStyle.Success,
      ButtonStyle.Danger,
      ButtonStyle.Link,
    ]),
    label: text(80).nullish(),
    emoji: emoji.nullish(),
    custom_id: customId.nullish(),
    url: link(['http', 'https', 'discord'], 512).nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, ctx) => {
    const fail: Fail = (path, code, message) =>
      ctx.addIssue({ code: 'custom', path, message, params: { code } });
    const isLink = value.style === ButtonStyle.Link;
    if (isLink && value.url == null) {
      fail(['url'], 'BASE_TYPE_REQUIRED', 'A url is required');
    }
    if (isLink && value.custom_id != null) {
      fail(['custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'A link has no custom id');
    }
    if (!isLink && value.custom_id == null) {
      fail(['custom_id'], 'COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required');
    }
    if (!isLink && value.url != null) {
      fail(['url'], 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL', 'Only a link has a url');
    }
    if (!value.label?.trim() && value.emoji == null) {
      fail(['label'], 'BASE_TYPE_REQUIRED', 'A label or an emoji is required');
    }
  });

const menu = {
  custom_id: customId,
  placeholder: text(150).nullish(),
  min_values: z.int().min(0).max(25).nullish(),
  max_values: z.int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
};

const stringSelect = z
  .object({
    type: z.literal(ComponentType.StringSelect),
    ...menu,
    options: z
      .array(
        z.object({
          label: text(100, 1),
          value: text(100, 1),
          description: text(100).nullish(),
          emoji: emoji.nullish(),
          default: z.boolean().nullish(),
        }),
      )
      .min(1)
      .max(25),
  })
  .superRefine((value, ctx) => {
    const seen = new Set<string>();
    value.options.forEach((option, index) => {
      if (seen.has(option.value)) {
        ctx.addIssue({
          code: 'custom',
          path: ['options', index, 'value'],
          message: 'The specified option value is already used',
          params: { code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED' },
        });
      }
      seen.add(option.value);
    });
    if (Math.max(value.min_values ?? 1, value.max_values ?? 1) > value.options.length) {
      ctx.addIssue({
        code: 'custom',
        path: ['options'],
        message: `Must be ${value.max_values ?? 1} or more in length.`,
        params: { code: 'BASE_TYPE_MIN_LENGTH' },
      });
    }
  });

const entitySelect = z.object({
  type: z.literal([
    ComponentType.UserSelect,
    ComponentType.RoleSelect,
    ComponentType.MentionableSelect,
    ComponentType.ChannelSelect,
  ]),
  ...menu,
});

const row = z
  .object({
    type: z.literal(ComponentType.ActionRow),
    components: z
      .array(z.discriminatedUnion('type', [button, stringSelect, entitySelect]))
      .min(1)
      .max(5),
  })
  .superRefine((value, ctx) => {
    const menus = value.components.filter((one) => one.type !== ComponentType.Button);
    if (menus.length > 0 && value.components.length > 1) {
      ctx.addIssue({
        code: 'custom',
        path: ['components'],
        message: 'The specified component exceeds the maximum width',
        params: { code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED' },
      });
    }
  });

/** The rows of one message: at most five, and no custom id twice in the message. */
export const rowsSchema = z
  .array(row)
  .max(5)
  .superRefine((rows, ctx) => {
    const seen = new Set<string>();
    rows.forEach((one, rowIndex) => {
      one.components.forEach((component, index) => {
        const id = component.custom_id;
        if (id == null) return;
        if (seen.has(id)) {
          ctx.addIssue({
            code: 'custom',
            path: [rowIndex, 'components', index, 'custom_id'],
            message: 'Component custom id cannot be duplicated',
            params: { code: 'COMPONENT_CUSTOM_ID_DUPLICATED' },
          });
        }
        seen.add(id);
      });
    });
  });
