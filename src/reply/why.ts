/** Why a paper is in a channel's digests or not, in words. */
import { assertNever } from '../errors.ts';
import type { Paper } from '../model/paper.ts';
import { isDeclined } from '../model/regard.ts';
import { TOP_MAX } from '../model/schedule.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { Stage, TopicReasons, Verdict } from '../model/verdict.ts';
import { count } from './build.ts';
import { titleOf } from './paper.ts';
import { regardWords } from './regard.ts';
import { bold, code, link, plain, say, type Text } from './text.ts';
import { span, when } from './time.ts';

/** Papers before it that are named. */
const ABOVE_SHOWN = 3;
const PHRASES_SHOWN = 4;

const phrases = (all: readonly string[]) =>
  `${all.slice(0, PHRASES_SHOWN).join(', ')}${all.length > PHRASES_SHOWN ? ' …' : ''}`;

/** The answer, to stand after the paper's title. */
export function stageWords(
  { stage }: Verdict,
  paper: Paper,
  { name, schedule }: ChannelSettings,
  next: string,
): Text {
  const at = (instant: string) => when(instant, schedule.timezone);
  switch (stage.kind) {
    case 'shown':
      return stage.link === undefined
        ? say`was shown in ${name} on ${at(stage.slot)}.`
        : say`was shown in ${name} on ${link(at(stage.slot), stage.link)}.`;
    case 'underway':
      return say`is in a digest that is on its way to ${name}.`;
    case 'withdrawn':
      return say`was withdrawn by its authors, so no digest shows it.`;
    case 'no news':
      return say`was never announced as new: it is an older paper, an update, or was fetched because somebody asked.`;
    case 'too old':
      return say`was new until ${at(stage.until)}; a digest holds papers of 7 days.`;
    case 'no topic':
      return say`cannot come: ${name} follows no topic yet.`;
    case 'topic':
      return say`is of no topic that ${name} follows.`;
    case 'minimum':
      return say`has ${count(paper.upvotes ?? 0, 'upvote')}; ${bold(stage.topic)} asks for ${stage.minimum}.`;
    case 'delay':
      return say`waits for votes until ${bold(at(stage.until))}.`;
    case 'top':
      return rankWords(stage, schedule.frequency === 'instant' ? 'an hour' : 'a digest');
    case 'next':
      return say`${next}, as number ${stage.rank} of ${count(stage.of, 'paper')} that may.`;
    default:
      return assertNever(stage);
  }
}

function rankWords(
  { topic, rank, top, above }: Extract<Stage, { kind: 'top' }>,
  each: string,
): Text {
  const more = above.length > ABOVE_SHOWN ? ' and others' : '';
  const before = above
    .slice(0, ABOVE_SHOWN)
    .map(
      (paper) => `“${titleOf(paper)}”${paper.upvotes === undefined ? '' : ` ▲ ${paper.upvotes}`}`,
    );
  const of = topic === undefined ? plain('all that match') : bold(topic);
  const names = before.length ? `; before it come ${before.join(', ')}${more}` : '';
  return say`is number ${rank} of ${of}, and ${top} ${top === 1 ? 'fits' : 'fit'} ${each}${names}.`;
}

/** What it passed on the way, a line each; where no topic wants it, what each of them lacks. */
export function stepsOf(
  { stage, addedAt, matched, regard }: Verdict,
  { schedule, delayHours }: ChannelSettings,
): Text[] {
  const known = addedAt ? [say`✓ In the catalogue since ${when(addedAt, schedule.timezone)}`] : [];
  if (stage.kind === 'topic') return [...known, ...stage.topics.map(missed)];
  const isPast = stage.kind === 'top' || stage.kind === 'next';
  const said = regardWords(regard);
  return [
    ...known,
    ...matched.map(({ topic, has }) =>
      has.length ? say`✓ ${bold(topic)}: ${phrases(has)}` : say`✓ ${bold(topic)}`,
    ),
    ...(isPast && delayHours ? [say`✓ Votes have collected for ${span(delayHours)}`] : []),
    ...(isPast && said
      ? [isDeclined(regard) ? say`✗ ${said}, so that all others come first` : say`✓ ${said}`]
      : []),
  ];
}

function missed({ topic, lacks, excluded }: TopicReasons): Text {
  return excluded.length && !lacks.length
    ? say`✗ ${bold(topic)} keeps out papers ${phrases(excluded)}`
    : say`✗ ${bold(topic)} asks for papers ${phrases(lacks)}`;
}

/** What a person can do about it. */
export function remedyOf(
  { stage }: Verdict,
  { id }: Paper,
  { paused, schedule }: ChannelSettings,
): Text | undefined {
  const name = id.replace(/^arxiv:/, '');
  switch (stage.kind) {
    case 'too old':
    case 'no news':
    case 'withdrawn':
      return say`${code(`/paper show ${name}`)} shows it all the same.`;
    case 'no topic':
    case 'topic':
      return say`${code('/paper topics')} lists topics to follow, ${code('/paper similar')} and ${code('/paper search')} find words for one.`;
    case 'minimum':
      return say`It comes once it has the votes; ${code('/paper schedule min-upvotes:0')} or ${code(`/paper subscribe ${stage.topic} min-upvotes:0`)} asks for fewer.`;
    case 'delay':
      return say`${code('/paper schedule delay:none')} lets papers come at once.`;
    case 'top':
      return stage.topic === undefined
        ? say`${code(`/paper schedule top:${Math.min(TOP_MAX, schedule.top + 5)}`)} makes room; it has its chance again in the next digest while it is new.`
        : say`${code(`/paper subscribe ${stage.topic} top:${stage.rank}`)} makes room.`;
    case 'next':
      return paused === undefined
        ? undefined
        : say`Digests are paused ${paused}; ${code('/paper resume')} starts them again.`;
    case 'shown':
    case 'underway':
      return undefined;
    default:
      return assertNever(stage);
  }
}
