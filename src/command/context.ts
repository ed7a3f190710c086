/** What a running command can reach: who asked, where, and the services of the house. */

import type { Answers } from '../answer/answers.ts';
import type { ChannelRef } from '../model/channel.ts';
import type { Edition, Submission } from '../model/delivery.ts';
import type { Importing } from '../model/importing.ts';
import type { Paper, PaperId } from '../model/paper.ts';
import type { Selection, Tally } from '../model/pick.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Topic } from '../model/topic.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Catalogue } from '../search/catalogue.ts';
import type { AnswerStore } from '../store/answers.ts';
import type { ChannelStore } from '../store/channels.ts';
import type { EditionStore } from '../store/editions.ts';
import type { Blocked } from '../store/obstacles.ts';
import type { SeenStore } from '../store/seen.ts';
import type { SignalStore } from '../store/signals.ts';
import type { Conversations } from './conversations.ts';
import type { CommandDescription } from './description.ts';
import type { FullTexts } from './full-texts.ts';
import type { Live } from './live.ts';
import type { SourceService } from './sources.ts';

/** The person who typed or pressed. */
export interface Actor {
  /** The platform's own id. */
  id: string;
  name: string;
  /** The platform's right to change this channel's settings. */
  mayManage(): Promise<boolean>;
  /** IANA name from the person's profile, where the platform knows one. */
  timezone(): Promise<string | undefined>;
}

/** Where it was typed or pressed. */
export interface Place {
  channel: ChannelRef;
  /** As people see it, `#reading-group`. */
  name: string;
  /**
   * The platform's name of the thread it happened in, or of the message it replies to; unique over all the
   * platform's channels.
   */
  thread?: string | undefined;
  /** Whether people and channels are named by references with their ids here, so that a bare name is nobody's. */
  hasReferences?: boolean;
  /** How a person here asks on after an answer, as a sentence. */
  askingOn?: string | undefined;
  /** A sentence that says what keeps Paperboy from posting here and what to do; undefined when nothing does. */
  obstacle(): Promise<string | undefined>;
}

/** The digest service, as far as commands and the clock need it. */
export interface Digests {
  /** The next slot of a schedule, ISO 8601. */
  next(settings: ChannelSettings): string;
  /** What an edition of the channel with these subscriptions would hold if it were due now. */
  preview(settings: ChannelSettings, subscriptions: readonly Subscription[]): Promise<Selection>;
  /** What keeps the bot from posting there, as it learned when it tried; undefined where nothing does. */
  blocked(channel: ChannelRef): Promise<Pick<Blocked, 'reason' | 'since'> | undefined>;
  /** A link to a message of an edition, where the platform gives one. */
  link(channel: ChannelRef, message: string): Promise<string | undefined>;
  /** Where these subscriptions would lose the channel's new papers. */
  tally(settings: ChannelSettings, subscriptions: readonly Subscription[]): Promise<Tally>;
  /** The stage that lets a paper into the channel's next edition, or stops it. */
  why(
    settings: ChannelSettings,
    subscriptions: readonly Subscription[],
    paper: Paper,
  ): Promise<Verdict>;
  /**
   * Posts an edition now, beside the schedule, and gives what became of it: still `planned` while another
   * one is being posted in the channel, in which case the next minute sees to it.
   */
  postNow(settings: ChannelSettings): Promise<Edition>;
  /** The same with one paper, which a person puts before the channel; it counts as seen there. */
  suggest(channel: ChannelRef, submission: Submission): Promise<Edition>;
  /** Plans what is due and delivers whatever waits. */
  tick(): Promise<void>;
  /** Forgets editions that have been over for a month. */
  forget(): Promise<void>;
}

export interface Services {
  catalogue: Catalogue;
  answers: Answers;
  /** The paper a name stands for: its identity, one it had before, its DOI. */
  known(name: PaperId): Promise<Paper | undefined>;
  /** The curated topics, in order. */
  topics: readonly Topic[];
  channels: ChannelStore;
  editions: EditionStore;
  seen: SeenStore;
  signals: SignalStore;
  exchanges: AnswerStore;
  conversations: Conversations;
  /** A link to a message that was posted in a channel, where its platform is connected. */
  permalink(channel: ChannelRef, message: string): Promise<string | undefined>;
  digests: Digests;
  sources: SourceService;
  fullTexts: FullTexts;
  /** Who may change what serves every channel: `slack:U024BE7LH`. */
  operators: ReadonlySet<string>;
  /** How far the catalogue is loaded into memory; undefined once it is. */
  loading(): { done: number; total: number } | undefined;
  /** The import that has been going on for a while, or has lately ended after such a while. */
  importing(): Promise<Importing | undefined>;
  /** Where nobody said otherwise, IANA. */
  timezone: string;
  /** Hears how long each command took. */
  took(command: string, seconds: number): void;
  now(): Date;
}

export interface Context extends Services, Live {
  /** All there are, in the order people should read them. */
  commands: readonly CommandDescription[];
  actor: Actor;
  place: Place;
}
