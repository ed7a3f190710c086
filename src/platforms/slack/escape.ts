/**
 * Text from outside is text: nothing in it may call anybody, format anything or hide where a link goes.
 * Slack's own markup: https://docs.slack.dev/messaging/formatting-message-text
 */

import { whereTo } from '../../reply/text.ts';

/** Controls, zero-width characters and marks that turn the direction of what follows: nobody sees them, and they mislead. */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** The text without what nobody should see; line breaks become `\n`. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(invisible, '');
}

/** Slack's three control characters as entities, for text where no formatting is read. */
export function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A zero-width space: nobody sees it, and Slack reads no emoji name across it. */
export const GAP = '\u200b';

/** Marks have no escape in Slack; these stand for them and look alike. */
const alike: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼' };

/** A mark that could begin formatting: not inside a word, and something stands right behind it. */
const opening = /(?<![\p{L}\p{N}])[*_~](?=\S|$)/gu;

/** A colon that begins an emoji's name, `:fire:`; `at:09:00` is none. */
const emoji = /:(?=(?:[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*|[+-]1|100|1234):)/gi;

/**
 * Text as Slack's mrkdwn that shows exactly this text. `inside` is the mark that will stand around it.
 */
export function literal(text: string, inside?: '*' | '_'): string {
  const quiet = text
    .replaceAll('`', 'ˋ')
    .replace(opening, (mark) => alike[mark] ?? mark)
    .replace(/^[ \t]*>/gm, '›')
    .replace(emoji, `:${GAP}`);
  const still = inside ? quiet.replaceAll(inside, alike[inside] ?? '') : quiet;
  return entities(still);
}

/** An address that a click may open: http or https, without a name and password that pose as the host. */
export function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return undefined;
  address.username = '';
  address.password = '';
  return address.href.replaceAll('|', '%7C');
}

/** `<url|label>`; a label that itself names an address gets the real host beside it. */
export function hyperlink(address: string, label: string): string {
  const shown = (label + whereTo(label, address)).replaceAll('\n', ' ');
  return `<${entities(address)}|${literal(shown, '*')}>`;
}

const token = /<((?:https?:|mailto:|tel:|[@#!])[^<>|]*)(?:\|([^<>]*))?>/g;

/**
 * What a person typed, from what Slack made of it: links and entities undone. People and channels stay as
 * references, `<@U1|ada>`, from which an argument takes the name or the id.
 */
export function typed(text: string): string {
  const plain = text
    .replace(token, (_, target: string, label?: string) => wordsOf(target, label))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return clean(plain);
}

function wordsOf(target: string, label: string | undefined): string {
  const named = label?.replace(/^[@#]/, '');
  if (/^[@#]/.test(target)) return `<${target}${named ? `|${named}` : ''}>`;
  if (target.startsWith('!')) return `@${named || target.slice(1)}`;
  if (!label) return target.replace(/^(mailto|tel):/, '');
  // Slack links `cs.CL` as <http://cs.CL|cs.CL>; a label of the person's own choice hides the address, which is what counts.
  return target.endsWith(label) || target.endsWith(`${label}/`) ? label : target;
}
