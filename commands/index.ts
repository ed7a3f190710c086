/** Every command, in the order people should read them. A new one is a file of its own and a line here. */
import type { Command } from '../src/command/command.ts';
import { ask } from './ask.ts';
import { digest } from './digest.ts';
import { help } from './help.ts';
import { owner } from './owner.ts';
import { pause } from './pause.ts';
import { preview } from './preview.ts';
import { quoted } from './quoted.ts';
import { read } from './read.ts';
import { resume } from './resume.ts';
import { save } from './save.ts';
import { schedule } from './schedule.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { show } from './show.ts';
import { similar } from './similar.ts';
import { source } from './source.ts';
import { status } from './status.ts';
import { submit } from './submit.ts';
import { subscribe } from './subscribe.ts';
import { topics } from './topics.ts';
import { trending } from './trending.ts';
import { unhelpful } from './unhelpful.ts';
import { unsubscribe } from './unsubscribe.ts';
import { vote } from './vote.ts';
import { why } from './why.ts';

export const commands: readonly Command[] = [
  search,
  ask,
  show,
  similar,
  read,
  trending,
  save,
  vote,
  submit,
  topics,
  subscribe,
  unsubscribe,
  preview,
  schedule,
  pause,
  resume,
  digest,
  status,
  why,
  owner,
  settings,
  source,
  help,
  quoted,
  unhelpful,
];
