/**
 * What a person reads of Slack's own markup, and whom it calls. Formatting marks disappear as they
 * do on screen, so text that was not escaped shows itself by the characters it loses.
 *
 * https://docs.slack.dev/messaging/formatting-message-text
 */

export type Link = { label: string; url: string };

export type Reading = {
  text: string;
  links: Link[];
  /** Whoever gets a notification: `@channel`, `@here`, `@everyone`, `@ada`, `@a-group`. */
  notifies: string[];
};

/** How to show the people and channels that markup names by id. */
export type Names = { user(id: string): string; channel(id: string): string };

/** Slack's three escapes, undone. */
export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Slack's three escapes: what it does to a message a person typed. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const PLACE = /\uE000(\d+)\uE001/g;

/** Reads one mrkdwn text. */
export function readMrkdwn(markup: string, names: Names): Reading {
  const links: Link[] = [];
  const notifies: string[] = [];
  const shown: string[] = [];
  // Tokens and code become placeholders first, so that formatting is looked for around, not in, them.
  const keep = (text: string) => `\uE000${shown.push(text) - 1}\uE001`;
  const text = markup
    .replace(/<([^<>\n]+)>/g, (whole, inside: string) => {
      const token = readToken(inside, names);
      if (token === undefined) return whole;
      if (token.link) links.push(token.link);
      if (token.notifies) notifies.push(token.text);
      return keep(token.text);
    })
    .replace(/```\n?([\s\S]+?)```|`([^`\n]+)`/g, (_, block?: string, span?: string) =>
      keep(unescaped(block ?? span ?? '')),
    )
    .replace(/https?:\/\/[^\s<>|\uE000]*[^\s<>|\uE000.,;:!?'")\]]/g, (url) => {
      const address = unescaped(url);
      links.push({ label: address, url: address });
      return keep(address);
    });
  return { text: fill(unescaped(withoutMarks(text)), shown), links, notifies };
}

type Token = { text: string; link?: Link; notifies?: boolean };

function readToken(inside: string, names: Names): Token | undefined {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : unescaped(inside.slice(bar + 1));
  if (/^@[UW]/.test(target)) return { text: `@${names.user(target.slice(1))}`, notifies: true };
  if (target.startsWith('#C')) return { text: `#${label ?? names.channel(target.slice(1))}` };
  if (/^!(channel|here|everyone)$/.test(target)) {
    return { text: `@${target.slice(1)}`, notifies: true };
  }
  if (target.startsWith('!subteam^')) {
    return { text: label ?? `@${target.slice('!subteam^'.length)}`, notifies: true };
  }
  if (target.startsWith('!date^')) return { text: label ?? target };
  if (/^(https?|mailto|tel|slack):/i.test(target)) {
    const url = unescaped(target);
    return { text: label ?? url, link: { label: label ?? url, url } };
  }
  return undefined;
}

/** Bold, italic and struck-through marks, and the quote mark that starts a line, are not read. */
function withoutMarks(text: string): string {
  const inner = ['*', '_', '~'].reduce((rest, mark) => {
    const pair = new RegExp(
      `(^|[\\s\\p{P}\\p{S}])[${mark}]((?=\\S)[^${mark}\\n]*?\\S)[${mark}](?=$|[\\s\\p{P}\\p{S}])`,
      'gmu',
    );
    return rest.replace(pair, '$1$2');
  }, text);
  return inner.replace(/^(?:&gt;){1,3} ?/gm, '');
}

/** Placeholders back to what they stand for; a code span may hold a link's placeholder. */
function fill(text: string, shown: string[]): string {
  const filled = text.replace(PLACE, (_, at: string) => shown[Number(at)] ?? '');
  return filled === text ? text : fill(filled, shown);
}
