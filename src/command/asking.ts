/** A query as somebody asks it somewhere: with the topics, what was shown and what was saved there. */
import type { Shown } from '../model/shown.ts';
import { topicsOf } from '../model/topic.ts';
import type { Query } from '../query/ast.ts';
import type { Asker } from '../query/match.ts';
import { parseQuery } from '../query/parse.ts';
import { mentions } from '../query/terms.ts';
import type { Context } from './context.ts';
import { personOf } from './person.ts';

export interface Asked {
  query: Query;
  asker: Asker & {
    /** Where the query asks for what was seen: which papers, when and where. */
    seen: ReadonlyMap<string, Shown>;
  };
}

/** Throws `UserError` for a text that is no query. */
export async function asked(text: string, ctx: Context): Promise<Asked> {
  const { channel } = ctx.place;
  const query = parseQuery(text, topicsOf(ctx.topics, await ctx.channels.subscriptions(channel)));
  return {
    query,
    asker: {
      seen: mentions(query.where, 'seen') ? await ctx.seen.shown(channel) : new Map(),
      saved: new Set(mentions(query.where, 'saved') ? await ctx.signals.saved(personOf(ctx)) : []),
    },
  };
}
