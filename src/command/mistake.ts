/** What a person sees who said something that does not work: the sentence, and the way to what they meant. */
import { Refusal, type UserError } from '../errors.ts';
import type { Invocation } from '../model/invocation.ts';
import { caret, QueryError } from '../query/complaint.ts';
import { buttons, errorReply, run, sentence } from '../reply/build.ts';
import type { Reply } from '../reply/reply.ts';
import { bold, code, plain, say } from '../reply/text.ts';
import type { CommandDescription } from './description.ts';
import { parseLine, UnknownCommandError } from './grammar.ts';

/** The error's sentence verbatim, the place in a query, and help for the command of the line that was asked. */
export function mistakeReply(
  error: UserError,
  asked: string,
  commands: readonly CommandDescription[],
): Reply {
  if (error instanceof UnknownCommandError) return unknownCommand(error, asked, commands);
  if (error instanceof Refusal) return errorReply(error.message);
  const word = /^(?:\/paper\s+)?(\S+)/i.exec(asked.trim())?.[1]?.toLowerCase();
  const command = commands.find(({ name }) => name === word && name !== 'help');
  const help = command ? `help ${command.name}` : 'help';
  return sentence([plain(error.message)], 'asker', [
    ...(error instanceof QueryError ? [{ kind: 'code' as const, text: caret(error) }] : []),
    { kind: 'note', text: say`${code(`/paper ${help}`)} shows how it is said.` },
  ]);
}

function unknownCommand(
  error: UnknownCommandError,
  asked: string,
  commands: readonly CommandDescription[],
): Reply {
  const question = asked.trim().replace(/^\/paper\s+/i, '');
  const { line, command } = error.suggestion;
  const text = say`There is no command ${bold(error.word)}. Did you mean ${bold(`/paper ${line}`)}?`;
  const suggested = invocationOf(error.suggestion, commands);
  const inPlace = { effect: 'replace' } as const;
  return sentence(text, 'asker', [
    ...buttons(
      run(`Run ${command}`, suggested.command, suggested.args, { ...inPlace, style: 'primary' }),
      command === 'ask' ? undefined : run('Ask it', 'ask', { question }),
      run('Help', 'help', {}, inPlace),
    ),
    {
      kind: 'note',
      text: say`The commands are ${commands.map(({ name }) => name).join(', ')}.`,
    },
  ]);
}

/** The suggested line, or help for its command when the rest of the line does not fit it. */
function invocationOf(
  { line, command }: UnknownCommandError['suggestion'],
  commands: readonly CommandDescription[],
): Invocation {
  try {
    return parseLine(line, commands);
  } catch {
    return { command: 'help', args: { command } };
  }
}
