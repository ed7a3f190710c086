/** A person's vote, save or "not for us" on a paper, in a channel. */
import type { ChannelRef } from './channel.ts';
import type { PaperId } from './paper.ts';

/** `up` and `down` exclude each other. */
export type SignalKind = 'save' | 'up' | 'down';

export interface Signal {
  /** `slack:U024BE7LH`: the platform and its own id of the person. */
  person: string;
  channel: ChannelRef;
  paper: PaperId;
  kind: SignalKind;
}
