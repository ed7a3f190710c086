/**
 * How Discord measures a text: in Unicode code points, with the white space around it not counting
 * as text when a text is required.
 *
 * https://github.com/discord/discord-api-docs/issues/1315 (the length is the number of code points)
 */
import { z } from 'zod';

/** The length of a text as Discord counts it. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A text of at most `max` characters; with `min`, at least that many that are not white space. */
export function text(max: number, min = 0): z.ZodString {
  return z.string().check((ctx) => {
    const fail = (code: string, message: string) =>
      ctx.issues.push({ code: 'custom', message, params: { code }, input: ctx.value });
    if (codePoints(ctx.value) > max) {
      fail('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    } else if (min === 1 && ctx.value.trim() === '') {
      fail('BASE_TYPE_REQUIRED', 'This field is required');
    } else if (codePoints(ctx.value.trim()) < min) {
      fail('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    }
  });
}

/** A web address of one of the given schemes, at most `max` characters. */
export function link(schemes: readonly string[], max = 2048): z.ZodString {
  return text(max).check((ctx) => {
    const fail = (code: string, message: string) =>
      ctx.issues.push({ code: 'custom', message, params: { code }, input: ctx.value });
    const scheme = URL.parse(ctx.value)?.protocol.slice(0, -1);
    if (scheme === undefined) {
      fail('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    } else if (!schemes.includes(scheme)) {
      const allowed = schemes.map((one) => `'${one}'`).join(', ');
      fail('URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" is not one of (${allowed}).`);
    }
  });
}
