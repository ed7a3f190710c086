/** What the bot tells an owner directly. */
import type { Obstacle } from '../model/delivery.ts';
import { sentence } from './build.ts';
import { reasonWords } from './reason.ts';
import type { Reply } from './reply.ts';
import { code, say } from './text.ts';

/** `name` is the channel's, `#papers`. */
export function blockedNotice(name: string, reason: Obstacle): Reply {
  const { because, remedy } = reasonWords[reason];
  return sentence(
    say`I cannot post digests in ${name} any more: ${because}. ${remedy} Topics and schedule are kept, and digests go on by themselves once I can post there again.`,
  );
}

/** Of a digest that may or may not be in the channel, and is not posted again. */
export function unsureNotice(name: string): Reply {
  const { because, remedy } = reasonWords.unsure;
  return sentence(
    say`I was stopped while I posted a digest in ${name}, and left it at that: ${because}. ${remedy} If it is missing, ${code('/paper digest')} posts what is new.`,
  );
}
