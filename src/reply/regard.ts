/** What people of a channel say of a paper, in words. */
import type { Regard } from '../model/regard.ts';

/** `2 👍 · 1 saved here`; empty where nobody said anything. */
export function regardWords(regard: Regard | undefined): string {
  const { up = 0, down = 0, saves = 0 } = regard ?? {};
  const said = [up && `${up} 👍`, down && `${down} 👎`, saves && `${saves} saved`].filter(Boolean);
  return said.length ? `${said.join(' · ')} here` : '';
}
