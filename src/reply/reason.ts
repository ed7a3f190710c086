/** Why an edition is not in its channel, in words, and what a person can do about it. */
import type { Reason } from '../model/delivery.ts';

export interface ReasonWords {
  /** What follows `because`: `the channel is archived`. */
  because: string;
  /** A sentence on what to do, or that nothing needs to be done. */
  remedy: string;
}

const AGAIN = 'I try again by myself.';

export const reasonWords: Readonly<Record<Reason, ReasonWords>> = {
  'channel-gone': {
    because: 'the channel was deleted, or is private without me',
    remedy: 'Invite me there again if it still exists, or follow topics in another channel.',
  },
  'channel-archived': {
    because: 'the channel is archived',
    remedy: 'Bring it back from the archive, or follow topics in another channel.',
  },
  'bot-removed': {
    because: 'I was removed from the server',
    remedy: 'Someone who manages it can add me again.',
  },
  'not-invited': {
    because: 'I am no longer in the channel',
    remedy: 'Invite me there again.',
  },
  'no-permission': {
    because: 'I may not post there',
    remedy: 'Give me the right to send messages and links in that channel.',
  },
  'no-direct-messages': {
    because: 'my direct messages are not let through',
    remedy: 'Allow direct messages from me, or follow topics in a channel.',
  },
  'message-refused': {
    because: 'the platform refused the message itself',
    remedy: 'Whoever runs me finds the cause in the log; the next digest is made anew.',
  },
  'service-away': { because: 'the platform did not answer', remedy: AGAIN },
  'rate-limited': { because: 'the platform asked me to slow down', remedy: AGAIN },
  interrupted: { because: 'I was stopped while posting it', remedy: AGAIN },
  'own-fault': {
    because: 'something broke on my side',
    remedy: 'Whoever runs me finds the cause in the log.',
  },
  superseded: {
    because: 'a newer digest took its place',
    remedy: 'The newer one covers what it would have shown.',
  },
  'too-old': {
    because: 'it was a week late by the time I could post it',
    remedy: 'The next digest comes at its usual time.',
  },
  unsure: {
    because: 'it may have been posted already and I may not look',
    remedy: 'Let me read the history of that channel, so that I can tell next time.',
  },
};
