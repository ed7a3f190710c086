/** A preload that breaks the bot: one part of one of its files says something else. */
import { registerHooks } from 'node:module';

export interface Mutation {
  file: string;
  part: string;
  instead: string;
}

// The test that starts the process wrote it.
const { file, part, instead } = JSON.parse(process.env.MUTATION ?? '') as Mutation;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(file)) return loaded;
    const source = String(loaded.source);
    if (!source.includes(part)) throw new Error(`${file} does not say ${part}`);
    return { ...loaded, source: source.replace(part, instead) };
  },
});
