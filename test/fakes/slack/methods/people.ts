/**
 * The app itself, people, views and reactions.
 *
 * https://docs.slack.dev/reference/methods/auth.test
 * https://docs.slack.dev/reference/methods/apps.connections.open
 * https://docs.slack.dev/reference/methods/users.info
 * https://docs.slack.dev/reference/methods/views.open
 * https://docs.slack.dev/reference/methods/views.publish
 * https://docs.slack.dev/reference/methods/reactions.add
 */
import type { Service } from '../service.ts';
import type { View } from '../views.ts';
import { userWire, viewWire } from '../wire.ts';
import { ApiError, type Args, channelById, type Method, required, structured } from './method.ts';

const authTest: Method = ({ workspace: { team, app } }) => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  user: app.name,
  team_id: team.id,
  user_id: app.botUserId,
  bot_id: app.botId,
  is_enterprise_install: false,
});

const openConnection: Method = (service) => ({ url: service.socketUrl() });

const userInfo: Method = (service, args) => {
  const user = service.workspace.users.get(required(args, 'user'));
  if (user === undefined) throw new ApiError('user_not_found');
  return { user: userWire(user, service.workspace, service.now()) };
};

const openView: Method = (service, args) => {
  const trigger = service.views.useTrigger(required(args, 'trigger_id'));
  if ('error' in trigger) throw new ApiError(trigger.error);
  const view = viewOf(service, args, trigger.user);
  service.views.modals.push(view);
  return { view: viewWire(view, service.workspace) };
};

const publishView: Method = (service, args) => {
  const user = required(args, 'user_id');
  if (!service.workspace.users.has(user)) {
    throw new ApiError('invalid_arguments', ['user not found [json-pointer:/user_id]']);
  }
  const view = viewOf(service, args, user);
  service.views.homes.set(user, view);
  return { view: viewWire(view, service.workspace) };
};

const addReaction: Method = (service, args) => {
  const channel = channelById(service, args);
  const message = service.messages.find(channel.id, required(args, 'timestamp'));
  if (message === undefined) throw new ApiError('message_not_found');
  const name = required(args, 'name');
  const { botUserId } = service.workspace.app;
  const users = message.reactions.get(name) ?? new Set();
  if (users.has(botUserId)) throw new ApiError('already_reacted');
  message.reactions.set(name, users.add(botUserId));
  return {};
};

export const people: Record<string, Method> = {
  'auth.test': authTest,
  'apps.connections.open': openConnection,
  'users.info': userInfo,
  'views.open': openView,
  'views.publish': publishView,
  'reactions.add': addReaction,
};

function viewOf(service: Service, args: Args, user: string): View {
  const checked = service.views.check(structured(args, 'view', 'invalid_arguments'), user);
  if (!checked.ok) throw new ApiError('invalid_arguments', checked.reasons);
  return checked.view;
}
