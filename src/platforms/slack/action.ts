/** What an `action_id` says of a press before anything is looked up: `replace.asker.3`. */
import type { Reply } from '../../reply/reply.ts';

export interface Action {
  effect: 'replace' | 'answer' | 'link';
  /** Who sees the message the button sits on. */
  visibility: Reply['visibility'];
  /** Makes the id unique in its message, as Slack demands. */
  number: number;
}

/** As `readActionId` reads it back. */
export function actionId({ effect, visibility, number }: Action): string {
  return `${effect}.${visibility}.${number}`;
}

/** Undefined for an id that is none of ours. */
export function readActionId(id: string): Action | undefined {
  const [, effect, visibility, number] =
    /^(replace|answer|link)\.(asker|channel)\.(\d+)$/.exec(id) ?? [];
  if (!effect || !visibility) return undefined;
  return {
    effect: effect as Action['effect'],
    visibility: visibility as Action['visibility'],
    number: Number(number),
  };
}
