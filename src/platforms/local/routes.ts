/** The few routes behind the page: JSON in, JSON or server-sent events out. */
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Desk } from '../../command/desk.ts';
import { UserError } from '../../errors.ts';
import { readTimezone } from '../../model/schedule.ts';
import type { Message, MessageStore } from '../../store/messages.ts';
import type { Drafts } from '../draft.ts';
import { assetRoutes } from './assets.ts';
import { checkChannelName } from './channels.ts';
import { complete } from './completion.ts';
import { createConversation, place } from './conversation.ts';
import type { Feed } from './feed.ts';
import { guards } from './guard.ts';
import { LINE_MAX, PAGE_SIZE } from './limits.ts';
import { viewOf } from './view.ts';

const Line = z.object({
  text: z
    .string('Send the line as “text”.')
    .trim()
    .min(1, 'Write something first.')
    .max(LINE_MAX, `That is longer than ${LINE_MAX} characters; say it in fewer words.`),
});
const Press = z.object({
  message: z.number().int(),
  line: z.string().min(1).max(LINE_MAX),
  effect: z.enum(['replace', 'answer']),
});
const NewChannel = z.object({ name: z.string('Send the name as “name”.') });
const Id = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

export function createRoutes(house: {
  desk: Desk;
  messages: MessageStore;
  feed: Feed;
  drafts: Drafts;
  /** The configured host. */
  host: string;
  /** Ends every feed. */
  closing: AbortSignal;
}): Hono {
  const { desk, messages, feed, drafts, closing } = house;
  const conversation = createConversation(desk, messages, drafts);
  const views = (all: readonly Message[]) =>
    Promise.all(all.map((message) => viewOf(message, desk)));

  const app = new Hono();
  app.use(...guards(house.host));
  app.route('/', assetRoutes());

  app.get('/channels', async (c) => {
    const revision = await messages.revision();
    return c.json({ channels: await messages.channels(), revision, starters: starters(desk) });
  });

  app.post('/channels', async (c) => {
    const { name } = await body(c, NewChannel);
    checkChannelName(name);
    if (!(await messages.addChannel(name))) {
      throw new UserError(`There is a channel ${name} already.`);
    }
    return c.json({ name }, 201);
  });

  app.get('/channels/:name/messages', async (c) => {
    const channel = await known(c.req.param('name'));
    const before = c.req.query('before');
    const id = before === undefined ? undefined : check(Id, before);
    const page = await messages.page(channel, PAGE_SIZE + 1, id);
    const hasOlder = page.length > PAGE_SIZE;
    return c.json({ messages: await views(page.slice(hasOlder ? 1 : 0)), hasOlder });
  });

  app.post('/channels/:name/messages', async (c) => {
    const channel = await known(c.req.param('name'));
    const { text } = await body(c, Line);
    const said = await conversation.say(channel, text, {
      timezone: timezoneOf(c),
      onKept: feed.nudge,
    });
    return c.json({ messages: await views(said) }, 201);
  });

  app.delete('/messages/:id', async (c) => {
    const id = check(Id, c.req.param('id'));
    const isThere = await messages.dismiss(id);
    drafts.deleted(String(id));
    feed.nudge();
    return isThere ? c.body(null, 204) : c.json({ error: 'That message is gone already.' }, 404);
  });

  app.post('/press', async (c) => {
    const { message: id, ...pressed } = await body(c, Press);
    const message = await messages.get(id);
    if (!message) throw new HTTPException(404, { message: 'That message is gone.' });
    const changed = await conversation.press(message, pressed, {
      timezone: timezoneOf(c),
      onKept: feed.nudge,
    });
    feed.nudge();
    return c.json({ messages: await views(changed) });
  });

  app.get('/complete', async (c) => {
    const channel = await known(c.req.query('channel') ?? '');
    const text = (c.req.query('text') ?? '').slice(0, LINE_MAX);
    return c.json(await complete(text, place(channel).channel, desk));
  });

  app.get('/events', async (c) => {
    const since = check(Id, c.req.header('last-event-id') ?? c.req.query('since') ?? '0');
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      try {
        // Says at once that the connection stands, before there is a change.
        await stream.write(': open\n\n');
        for await (const batch of feed.changes(since, AbortSignal.any([gone.signal, closing]))) {
          if (!batch.length) await stream.write(': alive\n\n');
          for (const message of batch) {
            const data = JSON.stringify(await viewOf(message, desk));
            await stream.writeSSE({ event: 'message', id: String(message.revision), data });
          }
        }
      } catch (error) {
        // The browser comes back by itself and asks for what it missed.
        desk.log.error({ err: error }, 'the feed of the local page broke');
      }
    });
  });

  app.notFound((c) => c.json({ error: 'There is nothing here.' }, 404));
  app.onError((error, c) => {
    if (error instanceof UserError) return c.json({ error: error.message }, 400);
    if (error instanceof HTTPException) {
      return error.res ?? c.json({ error: error.message }, error.status);
    }
    desk.log.error({ err: error, path: c.req.path }, 'the local page failed to answer');
    return c.json({ error: 'Something went wrong on our side; the log says more.' }, 500);
  });
  return app;

  async function known(name: string): Promise<string> {
    if (await messages.hasChannel(name)) return name;
    throw new HTTPException(404, { message: `There is no channel ${name.slice(0, 40)}.` });
  }
}

/** The lines a newcomer is shown. */
function starters({ commands }: Desk): { line: string; describe: string }[] {
  return ['search', 'topics', 'subscribe'].flatMap((name) => {
    const command = commands.find((each) => each.name === name);
    return command ? { line: `/paper ${command.examples[0]}`, describe: command.describe } : [];
  });
}

async function body<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.infer<Schema>> {
  // Anything else could come from a plain form of another site.
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new HTTPException(415, { message: 'Send JSON.' });
  }
  const json = await c.req.json().catch(() => {
    throw new UserError('That is not JSON.');
  });
  return check(schema, json);
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UserError(parsed.error.issues[0]?.message ?? 'That is not right.');
}

/** The browser's own zone, which the page sends along. */
function timezoneOf(c: Context): string | undefined {
  return readTimezone(c.req.header('paperboy-timezone') ?? '');
}
