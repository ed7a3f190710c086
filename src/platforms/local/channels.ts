/** What a channel of the local page may be called. */
import { UserError } from '../../errors.ts';
import { CHANNEL_NAME_MAX, channelName } from './limits.ts';

/** Throws `UserError` with a right example. */
export function checkChannelName(name: string): void {
  if (channelName.test(name) && name.length <= CHANNEL_NAME_MAX) return;
  throw new UserError(
    `A channel's name is made of small letters, digits and hyphens, at most ${CHANNEL_NAME_MAX} of them, for example reading-group.`,
  );
}
