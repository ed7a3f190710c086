/**
 * How a button carries its command: as the command line itself where the platform's field is long enough,
 * else as `#` and the key of the line on a shelf in the database, so that old buttons outlive a restart.
 */
import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import type { Invocation } from '../model/invocation.ts';
import type { ButtonStore } from '../store/buttons.ts';
import type { CommandDescription } from './description.ts';
import { formatLine, parseLine } from './grammar.ts';

export const TOO_OLD = 'This button is too old to work; run the command again.';

export interface Carrier {
  /** Collects what the buttons of one message carry, each within `max` characters. */
  load(max: number): Load;
  /** What a pressed button carries; throws `UserError` when it is no longer known. */
  unload(value: string): Promise<Invocation>;
}

export interface Load {
  carry(invocation: Invocation): string;
  /** Must be awaited before the message is posted. */
  save(): Promise<void>;
}

export function createCarrier(
  commands: readonly CommandDescription[],
  store: ButtonStore,
): Carrier {
  return {
    load(max) {
      const long = new Map<string, string>();
      return {
        carry(invocation) {
          const line = formatLine(invocation, commands);
          if (line.length <= max) return line;
          const key = createHash('sha256').update(line).digest('base64url').slice(0, 22);
          long.set(key, line);
          return `#${key}`;
        },
        save: async () => {
          if (long.size) await store.keep([...long].map(([key, line]) => ({ key, line })));
        },
      };
    },
    async unload(value) {
      const line = value.startsWith('#') ? await store.line(value.slice(1)) : value;
      if (line === undefined) throw new UserError(TOO_OLD);
      // What a button carries no person typed: all of a channel's settings, for one.
      return parseLine(line, commands, Number.POSITIVE_INFINITY);
    },
  };
}
