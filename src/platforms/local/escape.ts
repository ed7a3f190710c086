/** Text from outside is text: what HTML escaping leaves, characters that mislead the eye, goes here. */

/**
 * Controls, the bidi embeddings, overrides and isolates that reorder what stands around them
 * (https://www.unicode.org/reports/tr9/#Explicit_Directional_Embeddings), and characters without width
 * that hide in words or that Unicode keeps from text. Joiners stay: scripts and emoji need them; so do tab and newline.
 */
const misleading =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it removes
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\p{NChar}]/gu;

/** The text without characters that could mislead; lone surrogates become `�`. */
export function honest(text: string): string {
  return text.toWellFormed().replace(misleading, '');
}

/** The address to link to or to show, or undefined when it is not plain http or https. */
export function webUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, username, password, href } = new URL(url);
  // `https://arxiv.org@evil.example` reads like another place than it is.
  return /^https?:$/.test(protocol) && !username && !password ? href : undefined;
}
