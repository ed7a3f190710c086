/** A person at a channel of the real bot: what they say, what they press, and the words they get. */
import type { Actor, Place } from '../../src/command/context.ts';
import { channelRef } from '../../src/model/channel.ts';
import type { Block, Button, PaperBlock, Reply } from '../../src/reply/reply.ts';
import { toPlain } from '../../src/reply/text.ts';
import { type House, openHouse } from '../house.ts';

export interface Scene {
  house: House;
  actor: Actor;
  place: Place;
  /** Types a line. */
  say(line: string): Promise<Reply>;
  /** Presses a button of a reply by its label. */
  press(reply: Reply, label: string): Promise<Reply>;
  /** The same bot with another person or place, or with other powers. */
  as(other: { actor?: Partial<Actor>; place?: Partial<Place> }): Scene;
}

/** #general of the local page at Monday 06:00 UTC, and Ada in Berlin who may manage it. */
export async function openScene(env: Record<string, string> = {}): Promise<Scene> {
  const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'general' });
  return sceneOf(
    await openHouse(env),
    {
      id: 'U1',
      name: 'Ada',
      mayManage: async () => true,
      timezone: async () => 'Europe/Berlin',
    },
    { channel, name: '#general', obstacle: async () => undefined },
  );
}

function sceneOf(house: House, actor: Actor, place: Place): Scene {
  const { dispatch } = house.desk;
  return {
    house,
    actor,
    place,
    say: (line) => dispatch.line(line, actor, place),
    press: (reply, label) => dispatch.invocation(runOf(reply, label).invocation, actor, place),
    as: (other) => sceneOf(house, { ...actor, ...other.actor }, { ...place, ...other.place }),
  };
}

/** Everything a reply says, one line for each block. */
export function wordsOf({ blocks }: Reply): string {
  return blocks.map(blockWords).join('\n');
}

function blockWords(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'code':
      return block.text;
    case 'text':
    case 'note':
      return toPlain(block.text);
    case 'quote':
      return [...block.quotes, block.source].map(toPlain).join('\n');
    case 'list':
      return block.items.map(toPlain).join('\n');
    case 'paper':
      return [block.title, ...block.facts, toPlain(block.body), toPlain(block.reason ?? [])].join(
        '\n',
      );
    case 'buttons':
      return block.buttons.map(({ label }) => `[${label}]`).join(' ');
  }
}

export function papersOf({ blocks }: Reply): PaperBlock[] {
  return blocks.filter((block) => block.kind === 'paper');
}

export const titlesOf = (reply: Reply) => papersOf(reply).map(({ title }) => title);

/** The labels of the buttons below the papers. */
export const labelsOf = (reply: Reply) => buttonsOf(reply).map(({ label }) => label);

/** The button of that label that runs a command. */
export function runOf(reply: Reply, label: string): Extract<Button, { kind: 'run' }> {
  const found = buttonsOf(reply).find((button) => button.label === label);
  if (found?.kind !== 'run') throw new Error(`No button “${label}” below: ${wordsOf(reply)}`);
  return found;
}

function buttonsOf({ blocks }: Reply): Button[] {
  return blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
}
