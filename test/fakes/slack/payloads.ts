/**
 * What Slack sends to an app, field by field.
 *
 * https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 * https://docs.slack.dev/apis/events-api#callback-field
 */
import { randomUUID } from 'node:crypto';
import { type Element, type Option, optionsOf } from './block-elements.ts';
import { type Block, elementsOf } from './blocks.ts';
import type { Message } from './messages.ts';
import { escaped } from './mrkdwn.ts';
import type { SlackEvent } from './service.ts';
import type { View } from './views.ts';
import { messageWire, viewWire, type Wire } from './wire.ts';
import type { Channel, User, Workspace } from './workspace.ts';

type Interaction = { workspace: Workspace; user: User; triggerId: string };

/** A slash command; Slack hides the names of channels that are not public. */
export function slashPayload(
  { workspace, user, triggerId }: Interaction,
  command: { channel: Channel; command: string; text: string; responseUrl: string },
): Wire {
  const names = {
    public: command.channel.name,
    private: 'privategroup',
    mpim: 'privategroup',
    im: 'directmessage',
  };
  return {
    token: workspace.app.verificationToken,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: command.channel.id,
    channel_name: names[command.channel.kind],
    user_id: user.id,
    user_name: user.name,
    command: command.command,
    text: command.text,
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
    response_url: command.responseUrl,
    trigger_id: triggerId,
  };
}

/** What was pressed, and where it stands. */
export type Press = {
  at: { message: Message; channel: Channel; responseUrl: string } | { view: View };
  blockId: string;
  element: Element;
  /** Text or value of what was chosen, for a menu. */
  choice: string | undefined;
  actionTs: string;
};

/** The press of a button or a choice from a menu, in a message or in App Home. */
export function blockActionsPayload(
  { workspace, user, triggerId }: Interaction,
  press: Press,
): Wire {
  const { blockId, element, choice } = press;
  const chosen = chosenIn(element, choice);
  const blocks = 'view' in press.at ? press.at.view.blocks : press.at.message.blocks;
  const values = valuesOf(blocks);
  if (element.type !== 'button') {
    values[blockId] = {
      ...values[blockId],
      [element.action_id]: { type: element.type, ...chosen },
    };
  }
  const action = {
    type: element.type,
    action_id: element.action_id,
    block_id: blockId,
    action_ts: press.actionTs,
    ...chosen,
  };
  return {
    type: 'block_actions',
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.team.id },
    api_app_id: workspace.app.id,
    token: workspace.app.verificationToken,
    trigger_id: triggerId,
    team: { id: workspace.team.id, domain: workspace.team.domain },
    enterprise: null,
    is_enterprise_install: false,
    state: { values },
    ...placeOf(press.at, workspace),
    actions: [action],
  };
}

function placeOf(at: Press['at'], workspace: Workspace): Wire {
  if ('view' in at) {
    const view = viewWire(at.view, workspace);
    return { container: { type: 'view', view_id: at.view.id }, view };
  }
  const { message, channel, responseUrl } = at;
  const is_ephemeral = message.ephemeralFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral,
      ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    // Slack keeps no ephemeral messages, so it cannot send one back.
    ...(!is_ephemeral && { message: messageWire(message, workspace) }),
    response_url: responseUrl,
  };
}

/** The envelope of the Events API around one event. */
export function eventPayload(
  workspace: Workspace,
  event: SlackEvent,
  { eventId, at }: { eventId: string; at: number },
): Wire {
  return {
    token: workspace.app.verificationToken,
    team_id: workspace.team.id,
    context_team_id: workspace.team.id,
    context_enterprise_id: null,
    api_app_id: workspace.app.id,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(at / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.team.id,
        user_id: workspace.app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${eventId}`,
  };
}

export const newEventId = () => `Ev${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`;

/**
 * What Slack makes of a message that a person typed: `@name` and `#name` become tokens, addresses
 * become links, and the three control characters are escaped.
 */
export function typed(text: string, workspace: Workspace): string {
  return escaped(text)
    .replace(/\bhttps?:\/\/\S+[^\s.,;:!?)]/g, (url) => `<${url}>`)
    .replace(/(^|\s)@([\w.-]*\w)/g, (whole, space: string, name: string) => {
      const user = [...workspace.users.values()].find((one) => one.name === name);
      return user === undefined ? whole : `${space}<@${user.id}>`;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, space: string, name: string) => {
      const channel = workspace.findChannel(name);
      return channel === undefined ? whole : `${space}<#${channel.id}|${name}>`;
    });
}

/** The part of an action that says what was pressed or chosen. */
function chosenIn(element: Element, choice: string | undefined): Wire {
  switch (element.type) {
    case 'button': {
      const { text, value, url, style } = element;
      return {
        text,
        ...(value !== undefined && { value }),
        ...(url && { url }),
        ...(style && { style }),
      };
    }
    case 'static_select':
    case 'overflow':
    case 'radio_buttons':
      return { selected_option: pick(optionsOf(element), choice) };
    case 'multi_static_select':
    case 'checkboxes':
      return { selected_options: [pick(optionsOf(element), choice)] };
    case 'external_select':
      return { selected_option: { text: { type: 'plain_text', text: choice }, value: choice } };
    case 'users_select':
      return { selected_user: choice };
    case 'channels_select':
      return { selected_channel: choice };
    case 'datepicker':
      return { selected_date: choice };
    case 'timepicker':
      return { selected_time: choice };
  }
}

function pick(options: Option[], choice: string | undefined): Option {
  const found = options.find((one) => one.value === choice || one.text.text === choice);
  if (found === undefined) {
    const offered = options.map((one) => one.text.text).join(', ');
    throw new Error(`fake slack: the menu does not offer ${choice}, only: ${offered}`);
  }
  return found;
}

/** What the menus of a message stand at before anyone touches them. */
function valuesOf(blocks: Block[]): Record<string, Wire> {
  const values: Record<string, Wire> = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    if (element.type !== 'static_select' && element.type !== 'radio_buttons') continue;
    const value = { type: element.type, selected_option: element.initial_option ?? null };
    values[blockId] = { ...values[blockId], [element.action_id]: value };
  }
  return values;
}
