/**
 * Text from outside stays text: nothing in it becomes Discord markup, a mention or a link that hides its
 * target. The markup there is: https://support.discord.com/hc/en-us/articles/210298617 and
 * https://discord.com/developers/docs/reference#message-formatting
 */

/** Invisible characters that reorder text or hide in it; joiners stay, which scripts and emoji need. */
const invisible =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
/** Control characters but for the line break. */
const controls = /(?!\n)\p{Cc}/gu;

/** The text without invisible and control characters and broken surrogates; tabs become spaces. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(controls, '')
    .replace(invisible, '');
}

/** `clean`, on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

/** A web address that may stand alone: nothing in it means anything to Discord or to a careless eye. */
const bareUrl = /https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.~:/?#!$&'+,;=%-]*)?/gi;
const trailing = /[.,:;!?']+$/;

export interface EscapeOptions {
  /** Whether web addresses may be clicked; they always show in full. Default false. */
  links?: boolean;
}

/** The markup that reads as this very text, wherever it is put. Line breaks stay. */
export function escaped(text: string, { links = false }: EscapeOptions = {}): string {
  const cleaned = clean(text);
  if (!links) return escapePlain(cleaned);
  let out = '';
  let at = 0;
  for (const match of cleaned.matchAll(bareUrl)) {
    const url = match[0].replace(trailing, '');
    if (!URL.canParse(url)) continue;
    // In angle brackets an address needs no escapes and unfolds no preview.
    out += `${escapePlain(cleaned.slice(at, match.index))}<${url}>`;
    at = match.index + url.length;
  }
  return out + escapePlain(cleaned.slice(at));
}

function escapePlain(text: string): string {
  return (
    text
      .replace(/[\\*_~|`[\]<]/g, '\\$&')
      // An address by itself would become a link with these escapes in it.
      .replace(/:(?=\/)/g, '\\:')
      .replace(/:(?=[\w+-]+:)/g, '\\:')
      // Discord colours these even where they ping nobody; a backslash does not stop every client.
      .replace(/@(?=everyone|here)/gi, '@\u200b')
      // What means something only where a line begins: headings, quotes, small text, lists.
      .replace(/^(\s*)(#{1,3}(?=\s|$)|-#|>|[-+](?=\s|$))/gm, '$1\\$2')
      .replace(/^(\s*\d+)\.(?=\s|$)/gm, '$1\\.')
  );
}

/** The text as inline code, where every character shows as it is. Three backticks would fence a block: no two stay together. */
export function inlineCode(text: string): string {
  const line = oneLine(text).replace(/`(?=`)/g, '`\u200b');
  const fence = line.includes('`') ? '``' : '`';
  const pad = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The text as a block of code. A fence inside is broken with an invisible space, as code has no escapes. */
export function codeBlock(text: string): string {
  return `\`\`\`\n${clean(text).replace(/`(?=``)/g, '`\u200b')}\n\`\`\``;
}

/**
 * The address as Discord and its markup can carry it, or undefined when it is no http(s) address, is
 * longer than `max` or hides its host behind a user name.
 */
export function safeUrl(url: string, max: number): string | undefined {
  const parsed = URL.parse(clean(url).trim());
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined;
  if (parsed.username || parsed.password) return undefined;
  // Discord takes no bare host such as localhost, and one refused address refuses the whole message.
  if (!/^[^[\]]+\.[^[\]]+$/.test(parsed.hostname)) return undefined;
  const href = parsed.href.replace(
    /[\\<>()[\]*~|`'"\s]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
  return href.length <= max ? href : undefined;
}
