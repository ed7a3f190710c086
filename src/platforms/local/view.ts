/** A message as the page gets it: its words as HTML, the rest as data. */
import type { Desk } from '../../command/desk.ts';
import type { Message } from '../../store/messages.ts';
import { LINE_MAX } from './limits.ts';
import { renderLine, renderReply } from './render.ts';

/** The page's side of this type is in `page/types.js`. */
export interface MessageView {
  id: number;
  channel: string;
  revision: number;
  by: 'you' | 'paperboy';
  /** Safe to insert; undefined once the message was dismissed. */
  html: string | undefined;
  /** What the person typed, or one sentence of what Paperboy says. */
  text: string;
  /** Only the asker would see it, were there others. */
  isPrivate: boolean;
  createdAt: string;
}

export async function viewOf(message: Message, { carrier, log }: Desk): Promise<MessageView> {
  const { id, channel, revision, createdAt, said } = message;
  const base = { id, channel, revision, createdAt };
  if (!said) return { ...base, by: 'paperboy', html: undefined, text: '', isPrivate: false };
  if (said.by === 'you') {
    return { ...base, by: 'you', html: renderLine(said.text), text: said.text, isPrivate: false };
  }
  const { reply } = said;
  const view = {
    ...base,
    by: said.by,
    text: reply.summary,
    isPrivate: reply.visibility === 'asker',
  };
  try {
    const load = carrier.load(LINE_MAX);
    const html = renderReply(reply, load.carry);
    await load.save();
    return { ...view, html };
  } catch (error) {
    // An older Paperboy may have said what this one cannot show, a button of a command that is gone.
    log.warn({ err: error, message: id }, 'a message of the local page cannot be shown as it was');
    return { ...view, html: renderLine(reply.summary) };
  }
}
