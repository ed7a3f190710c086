/** A channel: a place to post, on one platform, in one workspace. */
import { z } from 'zod';

export const PlatformName = z.enum(['slack', 'discord', 'local']);
export type PlatformName = z.infer<typeof PlatformName>;

/** `slack:T024/C051`, `discord:8110/8123`, `local:local/general`; a person's direct messages are a channel too. */
export const ChannelRef = z
  .string()
  .regex(/^(slack|discord|local):[^/\s]+\/[^/\s]+$/)
  .brand<'ChannelRef'>();
export type ChannelRef = z.infer<typeof ChannelRef>;

export interface ChannelParts {
  platform: PlatformName;
  workspace: string;
  channel: string;
}

/** The reference of a channel. Throws where a part is empty, or has a blank or a slash. */
export function channelRef({ platform, workspace, channel }: ChannelParts): ChannelRef {
  return ChannelRef.parse(`${platform}:${workspace}/${channel}`);
}

/** What a reference is made of. */
export function channelParts(ref: ChannelRef): ChannelParts {
  const colon = ref.indexOf(':');
  const slash = ref.indexOf('/');
  return {
    platform: PlatformName.parse(ref.slice(0, colon)),
    workspace: ref.slice(colon + 1, slash),
    channel: ref.slice(slash + 1),
  };
}

/** The workspace as a name, `slack:T024`; direct messages that belong to none (`dm`) are each their own. */
export function workspaceOf(ref: ChannelRef): string {
  const { platform, workspace } = channelParts(ref);
  return workspace === 'dm' ? ref : `${platform}:${workspace}`;
}
