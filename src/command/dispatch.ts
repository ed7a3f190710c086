/** Runs an invocation and always gives a reply: checks it, checks rights, and turns every error into a sentence. */
import { randomUUID } from 'node:crypto';
import { Refusal, UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Importing } from '../model/importing.ts';
import type { Invocation } from '../model/invocation.ts';
import { count, errorReply, number, run } from '../reply/build.ts';
import type { Button, Reply } from '../reply/reply.ts';
import { say, type Text } from '../reply/text.ts';
import type { Command } from './command.ts';
import type { Actor, Context, Place, Services } from './context.ts';
import { type CommandDescription, isPublic } from './description.ts';
import { parseLine } from './grammar.ts';
import { type Live, unseen } from './live.ts';
import { mistakeReply } from './mistake.ts';
import { readSaid } from './said.ts';

export interface Dispatcher {
  /** A line a person typed, without `/paper`. */
  line(text: string, actor: Actor, place: Place, live?: Live): Promise<Reply>;
  /** What a person said to the bot in a message: a command, or a question. */
  said(text: string, actor: Actor, place: Place, live?: Live): Promise<Reply>;
  /** What a button, select or typed slash command carries. */
  invocation(invocation: Invocation, actor: Actor, place: Place, live?: Live): Promise<Reply>;
  /** Like `line`, but throws what went wrong: for a caller that tells failure by more than words. */
  attempt(text: string, actor: Actor, place: Place): Promise<Reply>;
}

export function createDispatcher(
  commands: readonly Command[],
  services: Services,
  log: Log,
): Dispatcher {
  async function invoke(invocation: Invocation, ctx: Context): Promise<Reply> {
    const command = commands.find((each) => each.name === invocation.command);
    if (!command)
      throw new UserError(`There is no command “${invocation.command}” any more; see “help”.`);
    if (command.rights === 'manage' && !(await ctx.actor.mayManage())) {
      throw new Refusal(
        `Only people who may manage ${ctx.place.name} can use “${command.name}” here; ask one of them.`,
      );
    }
    // Those see how far it is who will see what comes of it.
    const visibility = isPublic(command, invocation.args) ? 'channel' : 'asker';
    const progress = (state: Reply) => ctx.progress({ ...state, visibility });
    const started = performance.now();
    const reply = await command
      .run(invocation.args, { ...ctx, progress })
      .finally(() => services.took(command.name, (performance.now() - started) / 1_000));
    return withLoadingNote(
      command.visibility === 'choice' ? chosen(command, reply, invocation) : reply,
      services,
    );
  }

  async function answer(
    asked: string,
    run: (ctx: Context) => Promise<Reply>,
    actor: Actor,
    place: Place,
    live: Live,
  ): Promise<Reply> {
    try {
      return await run({ ...services, ...live, commands, actor, place });
    } catch (error) {
      if (error instanceof UserError) return mistakeReply(error, asked, commands);
      const id = randomUUID().slice(0, 8);
      log.error({ err: error, id, channel: place.channel }, 'a command failed');
      return errorReply(
        `Something went wrong on our side. Please try again, and mention ${id} if it stays.`,
      );
    }
  }

  return {
    line: (text, actor, place, live = unseen) =>
      answer(text, async (ctx) => invoke(parseLine(text, commands), ctx), actor, place, live),
    said: (text, actor, place, live = unseen) =>
      answer(text, async (ctx) => invoke(readSaid(text, commands), ctx), actor, place, live),
    invocation: (invocation, actor, place, live = unseen) =>
      answer(invocation.command, (ctx) => invoke(invocation, ctx), actor, place, live),
    attempt: async (text, actor, place) =>
      invoke(parseLine(text, commands), { ...services, ...unseen, commands, actor, place }),
  };
}

/** With buttons that page it for everybody, as it was shared with everybody. */
function shared(reply: Reply): Reply {
  const share = (button: Button): Button =>
    button.kind === 'run' && button.effect === 'replace'
      ? {
          ...button,
          invocation: { ...button.invocation, args: { ...button.invocation.args, share: true } },
        }
      : button;
  const blocks = reply.blocks.map((block) =>
    block.kind === 'buttons' ? { ...block, buttons: block.buttons.map(share) } : block,
  );
  return { ...reply, blocks };
}

/** To the channel when the asker chose so, else to the asker with the button to choose it now. */
function chosen(
  command: CommandDescription,
  reply: Reply,
  { command: name, args }: Invocation,
): Reply {
  if (isPublic(command, args)) return { ...shared(reply), visibility: 'channel' };
  // That nothing was found is no news for others.
  if (reply.blocks.every(({ kind }) => kind === 'text' || kind === 'buttons')) return reply;
  const share = run('Share here', name, { ...args, share: true });
  const last = reply.blocks.at(-1);
  const blocks =
    last?.kind === 'buttons'
      ? [...reply.blocks.slice(0, -1), { ...last, buttons: [...last.buttons, share] }]
      : [...reply.blocks, { kind: 'buttons' as const, buttons: [share] }];
  return { ...reply, blocks };
}

async function withLoadingNote(reply: Reply, services: Services): Promise<Reply> {
  const loading = services.loading();
  // An answer that is there is not lost because the database cannot say how far an import is.
  const importing = await services.importing().catch(() => undefined);
  const notes = [
    ...(loading
      ? [
          say`Still loading ${number(loading.done)} of ${number(loading.total)} papers; more will be found in a moment.`,
        ]
      : []),
    ...(importing ? [importWords(importing)] : []),
  ];
  const blocks = notes.map((text) => ({ kind: 'note' as const, text }));
  return blocks.length ? { ...reply, blocks: [...reply.blocks, ...blocks] } : reply;
}

function importWords(importing: Importing): Text {
  const { file, papers } = importing;
  if ('share' in importing)
    return say`Importing ${file}: ${number(papers)} papers so far, ${Math.floor(importing.share * 100)} % of the file.`;
  const faults = importing.faults ? `; ${count(importing.faults, 'line')} of it held none` : '';
  return say`${file} is imported: ${count(papers, 'paper')}${faults}.`;
}
