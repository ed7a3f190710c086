/** What a platform needs to serve people: the commands, a way to run them, and what buttons carry. */
import type { Log } from '../log.ts';
import type { ButtonStore } from '../store/buttons.ts';
import { type Carrier, createCarrier } from './carrier.ts';
import type { Command } from './command.ts';
import { type Complete, createComplete } from './complete.ts';
import type { Services } from './context.ts';
import type { Conversations } from './conversations.ts';
import type { CommandDescription } from './description.ts';
import { createDispatcher, type Dispatcher } from './dispatch.ts';

export interface Desk {
  commands: readonly CommandDescription[];
  dispatch: Dispatcher;
  carrier: Carrier;
  complete: Complete;
  conversations: Conversations;
  log: Log;
}

export function createDesk(
  commands: readonly Command[],
  services: Services,
  buttons: ButtonStore,
  log: Log,
): Desk {
  return {
    commands,
    dispatch: createDispatcher(commands, services, log),
    carrier: createCarrier(commands, buttons),
    complete: createComplete(commands, services),
    conversations: services.conversations,
    log,
  };
}
