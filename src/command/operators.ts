/** The right to change what serves every channel. */
import { UserError } from '../errors.ts';
import type { Context } from './context.ts';
import { personOf } from './person.ts';

/**
 * Sources serve every channel of the bot, so the right to manage one channel is not enough: only operators
 * change them, the people whom the environment names and whoever sits at the bot's own page or terminal.
 */
export function mustOperate(ctx: Context): void {
  const person = personOf(ctx);
  if (person.startsWith('local:') || ctx.operators.has(person)) return;
  throw new UserError(
    `Sources serve every channel, so only operators change them. Whoever runs me can name you: PAPERBOY_OPERATORS=${person}`,
  );
}
