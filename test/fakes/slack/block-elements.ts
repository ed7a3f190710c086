/**
 * The parts inside a block (texts, buttons, menus) as zod schemas of what Slack accepts. Parsing
 * fills in what Slack fills in: an `action_id` for an element without one, `emoji`, `verbatim`.
 *
 * https://docs.slack.dev/reference/block-kit/block-elements
 * https://docs.slack.dev/reference/block-kit/composition-objects
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { BLOCK } from './limits.ts';

/** An identifier as Slack makes them up for blocks and elements that have none. */
export const madeUpId = () => randomBytes(4).toString('base64url').slice(0, 5);

export const plainText = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().default(true),
  });

const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().default(false),
  });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

export type Text = z.output<ReturnType<typeof anyText>>;

const confirm = z.strictObject({
  title: plainText(BLOCK.confirmTitle),
  text: anyText(BLOCK.confirmText),
  confirm: plainText(BLOCK.confirmButton),
  deny: plainText(BLOCK.confirmButton),
  style: z.enum(['primary', 'danger']).optional(),
});

const action = {
  action_id: z.string().min(1).max(BLOCK.actionId).default(madeUpId),
  confirm: confirm.optional(),
};
const focusable = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(BLOCK.placeholder).optional() };

const optionShape = {
  value: z.string().min(1).max(BLOCK.optionValue),
  description: anyText(BLOCK.optionText).optional(),
};
const option = z.strictObject({ text: plainText(BLOCK.optionText), ...optionShape });
const linkOption = option.extend({ url: z.string().min(1).max(BLOCK.buttonUrl).optional() });
const choiceOption = z.strictObject({ text: anyText(BLOCK.optionText), ...optionShape });
export type Option = z.output<typeof choiceOption>;

const menu = {
  options: z.array(option).min(1).max(BLOCK.optionItems).optional(),
  option_groups: z
    .array(
      z.strictObject({
        label: plainText(BLOCK.optionText),
        options: z.array(option).min(1).max(BLOCK.optionItems),
      }),
    )
    .max(BLOCK.optionGroupItems)
    .optional(),
};

const button = z.strictObject({
  type: z.literal('button'),
  ...action,
  text: plainText(BLOCK.buttonText),
  url: z
    .string()
    .min(1)
    .max(BLOCK.buttonUrl)
    .regex(/^[a-z][a-z0-9+.-]*:/i, 'must be a valid url')
    .optional(),
  value: z.string().max(BLOCK.buttonValue).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(BLOCK.buttonText).optional(),
});

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...action,
    ...placeholder,
    ...focusable,
    ...menu,
    initial_option: option.optional(),
  })
  .superRefine((element, issues) => {
    if ((element.options === undefined) === (element.option_groups === undefined)) {
      issues.addIssue('must define either `options` or `option_groups`');
    }
    const initial = element.initial_option;
    if (initial !== undefined && !optionsOf(element).some((one) => one.value === initial.value)) {
      issues.addIssue({ code: 'custom', path: ['initial_option'], message: 'must be an option' });
    }
  });

const multiStaticSelect = z.strictObject({
  type: z.literal('multi_static_select'),
  ...action,
  ...placeholder,
  ...focusable,
  ...menu,
  initial_options: z.array(option).min(1).optional(),
  max_selected_items: z.int().min(1).optional(),
});

const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...action,
  ...placeholder,
  ...focusable,
  initial_option: option.optional(),
  min_query_length: z.int().optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...action,
  options: z.array(linkOption).min(1).max(BLOCK.overflowItems),
});

const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...action,
  ...focusable,
  options: z.array(choiceOption).min(1).max(BLOCK.choiceItems),
  initial_option: choiceOption.optional(),
});

const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...action,
  ...focusable,
  options: z.array(choiceOption).min(1).max(BLOCK.choiceItems),
  initial_options: z.array(choiceOption).min(1).optional(),
});

const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...action,
  ...placeholder,
  ...focusable,
  initial_user: z.string().optional(),
});

const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  ...action,
  ...placeholder,
  ...focusable,
  initial_channel: z.string().optional(),
});

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...action,
  ...placeholder,
  ...focusable,
  initial_date: z.iso.date().optional(),
});

const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...action,
  ...placeholder,
  ...focusable,
  initial_time: z.iso.time({ precision: -1 }).optional(),
  timezone: z.string().optional(),
});

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: action.action_id,
  ...placeholder,
  ...focusable,
  initial_value: z.string().optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().optional(),
  max_length: z.int().max(BLOCK.text).optional(),
});

const interactive = [
  button,
  staticSelect,
  multiStaticSelect,
  externalSelect,
  overflow,
  radioButtons,
  checkboxes,
  usersSelect,
  channelsSelect,
  datepicker,
  timepicker,
] as const;

/** What may stand in an actions block. */
export const element = z.discriminatedUnion('type', interactive);
export type Element = z.output<typeof element>;

export const imageElement = z.strictObject({
  type: z.literal('image'),
  image_url: z.string().min(1).max(BLOCK.imageUrl),
  alt_text: z.string().min(1).max(BLOCK.altText),
});

/** What may stand beside a section. */
export const accessory = z.discriminatedUnion('type', [...interactive, imageElement]);

/** What may stand in an input block. */
export const inputElement = z.discriminatedUnion('type', [
  staticSelect,
  multiStaticSelect,
  radioButtons,
  checkboxes,
  usersSelect,
  channelsSelect,
  datepicker,
  timepicker,
  plainTextInput,
]);

/** The options a person can choose from, over all groups. */
export function optionsOf(menuLike: {
  options?: Option[] | undefined;
  option_groups?: { options: Option[] }[] | undefined;
}): Option[] {
  return menuLike.options ?? menuLike.option_groups?.flatMap((group) => group.options) ?? [];
}
