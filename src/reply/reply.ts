/** What a command or a digest says, free of any platform. Each platform renders it its own way. */
import type { Invocation } from '../model/invocation.ts';
import type { PaperId } from '../model/paper.ts';
import type { Text } from './text.ts';

export type Button =
  | {
      kind: 'run';
      label: string;
      invocation: Invocation;
      /** Whether pressing edits the message the button sits on, or answers with a new one. */
      effect: 'replace' | 'answer';
      style?: 'primary';
    }
  | { kind: 'link'; label: string; url: string };

export interface PaperBlock {
  kind: 'paper';
  id: PaperId;
  /** Its place in a list, shown before the title; undefined for a paper on its own. */
  number?: number;
  title: string;
  url?: string;
  /** Authors, date, categories, upvotes: short facts, shown in one line. */
  facts: readonly string[];
  /** A snippet or the abstract. */
  body: Text;
  /** Why it is here. */
  reason?: Text;
  thumbnail?: string;
  buttons: readonly Button[];
}

/** What one paper says, word for word. */
export interface QuoteBlock {
  kind: 'quote';
  /** In reading order, each one line; bold marks why it is quoted. */
  quotes: readonly Text[];
  /** Which paper, and where in it. */
  source: Text;
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: Text }
  | { kind: 'list'; items: readonly Text[] }
  | PaperBlock
  | QuoteBlock
  | { kind: 'note'; text: Text }
  | { kind: 'code'; text: string }
  | { kind: 'buttons'; buttons: readonly Button[] };

/** What ties a reply to the conversation it is part of. */
export interface ConversationLink {
  /** Under which its question and answer are kept; undefined while it is in the making. */
  id?: string;
  /** What a thread for it is called. */
  title: string;
  /** Whether people ask on in a thread of its own, where the platform can open one. */
  inThread: boolean;
}

export interface Reply {
  /** Who sees it where the platform can tell people apart. */
  visibility: 'asker' | 'channel';
  blocks: readonly Block[];
  /** One plain sentence for notifications and screen readers. */
  summary: string;
  /** Set for what people may ask on about. */
  conversation?: ConversationLink;
}
