/** A reply in the making, in Discord: in the promise of an answer, or in a message of our own. */
import type { REST, RepliableInteraction } from 'discord.js';
import type { Carrier } from '../../command/carrier.ts';
import type { Reply } from '../../reply/reply.ts';
import type { Put } from '../draft.ts';
import { isCode, toPostError } from './failure.ts';
import { editMessage, noMentions, type Posting, postMessage, prepared } from './post.ts';
import { split } from './split.ts';

/** Shows states in the promise of an answer, once that was made. */
export function putInto(interaction: RepliableInteraction, carrier: Carrier): Put {
  return async (state) => {
    const message = await prepared(carrier, firstOf(state));
    try {
      return (await interaction.editReply({ ...message, allowedMentions: noMentions })).id;
    } catch (error) {
      if (isCode(error, 'UnknownMessage')) return 'gone';
      throw toPostError(error);
    }
  };
}

/** Shows states in a new message of a channel. */
export function putUnder(rest: REST, carrier: Carrier, channel: string, posting: Posting): Put {
  return (state, draft) =>
    draft === undefined
      ? postMessage(rest, carrier, channel, firstOf(state), posting)
      : editMessage(rest, carrier, channel, draft, firstOf(state));
}

function firstOf(state: Reply): Reply {
  return split(state)[0] ?? state;
}
