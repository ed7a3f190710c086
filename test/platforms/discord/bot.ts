/** The bot on Discord for tests: whole, or with commands of a test's own. */
import { Writable } from 'node:stream';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { commands as all } from '../../../commands/index.ts';
import type { Command } from '../../../src/command/command.ts';
import type { Services } from '../../../src/command/context.ts';
import { createDesk } from '../../../src/command/desk.ts';
import type { ChannelRef } from '../../../src/model/channel.ts';
import { createDiscord } from '../../../src/platforms/discord/app.ts';
import { refOf } from '../../../src/platforms/discord/place.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { createButtonStore } from '../../../src/store/buttons.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { FakeDiscord, type StartOptions } from '../../fakes/discord/server.ts';
import { type House, openHouse } from '../../house.ts';

export async function openDiscord(options?: StartOptions): Promise<FakeDiscord> {
  const discord = await FakeDiscord.start(options);
  onTestFinished(() => discord.stop());
  return discord;
}

/** The whole bot, connected. */
export function openBot(
  discord: FakeDiscord,
  options?: Parameters<typeof openHouse>[1],
): Promise<House> {
  return openHouse({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }, options);
}

export interface Bot {
  platform: Platform;
  /** What was logged, one JSON object a line. */
  logged: string[];
}

/** The platform by itself over the services of a bot, with its commands or a test's own; not started yet. */
export async function createBot(
  discord: Pick<FakeDiscord, 'apiUrl' | 'token'>,
  commands: readonly Command[] = all,
  altered: (services: Services) => Partial<Services> = () => ({}),
): Promise<Bot> {
  const house = await openHouse();
  const db = await openDatabase({ file: ':memory:' });
  const logged: string[] = [];
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const log = pino({ level: 'trace' }, sink);
  const services = {
    ...house.services,
    ...altered(house.services),
  };
  const desk = createDesk(
    commands,
    services,
    createButtonStore(db, () => new Date()),
    log,
  );
  const platform = createDiscord({
    config: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    desk,
    onOpen: async () => {},
  });
  onTestFinished(async () => {
    await platform.stop();
    await db.destroy();
  });
  return { platform, logged };
}

/** As `createBot`, connected. */
export async function startBot(
  discord: FakeDiscord,
  ...how: Parameters<typeof createBot> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Bot> {
  const bot = await createBot(discord, ...how);
  await bot.platform.start();
  return bot;
}

/** A channel of the fake as the bot names it. */
export function channelOf(discord: FakeDiscord, name = 'papers'): ChannelRef {
  const channel = discord.channel(name);
  return refOf('guildId' in channel ? channel.guildId : null, channel.id);
}
