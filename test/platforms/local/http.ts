/** Plain HTTP to the local page's server, with the headers a browser would not let a page set. */
import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { openHouse } from '../../house.ts';

export type Headers = Record<string, string>;

/** The address a bot printed at start. */
export function addressOf({ lines }: { lines: readonly string[] }): string {
  return lines.find((line) => line.startsWith('Local page: '))?.slice('Local page: '.length) ?? '';
}

/** A whole bot and ways to ask its page's server. */
export async function openPage(
  options: Parameters<typeof openHouse>[1] = {},
  env: Record<string, string> = {},
) {
  const house = await openHouse(env, options);
  const address = addressOf(house);
  return {
    house,
    address,
    get: (path: string, headers: Headers = {}) => ask(address, path, 'GET', headers),
    send: (path: string, body: unknown, headers: Headers = {}, method = 'POST') =>
      ask(
        address,
        path,
        method,
        { 'content-type': 'application/json', ...headers },
        typeof body === 'string' ? body : JSON.stringify(body),
      ),
  };
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

async function ask(
  address: string,
  path: string,
  method: string,
  headers: Headers,
  body?: string,
): Promise<Answer> {
  const asked = request(new URL(path, address), { method, headers });
  asked.end(body);
  const [answer] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(asked, 'response'));
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer) };
}
