/**
 * An embeddings endpoint to test against, which speaks OpenAI's over the wire. Texts that share a subject are
 * near each other, whatever their words. https://platform.openai.com/docs/api-reference/embeddings
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface EmbeddingsFake {
  /** For EMBEDDING_BASE_URL. */
  url: string;
  /** The texts of each request, in order. */
  asked: string[][];
  authorization: (string | undefined)[];
  /** What it does from now on. Default `answer`. */
  mood: 'answer' | 'down' | 'silent' | 'nonsense';
  /** Answers this many requests with 429 first. */
  limited: number;
}

/** Each subject by its words; a text is as much of one as it has words of it. */
export async function startEmbeddings(subjects: readonly RegExp[]): Promise<EmbeddingsFake> {
  const server = createServer(async (request, response) => {
    const { input } = (await json(request)) as { input: string[] };
    fake.asked.push(input);
    fake.authorization.push(request.headers.authorization);
    if (fake.mood === 'silent') return;
    const head = { 'content-type': 'application/json', 'retry-after': '0' };
    if (fake.limited > 0) {
      fake.limited -= 1;
      response.writeHead(429, head).end('{"error":{"message":"slow down"}}');
    } else if (fake.mood === 'down') response.writeHead(500, head).end('{}');
    else if (fake.mood === 'nonsense')
      response.writeHead(200, head).end('{"data":[{"embedding":[]}]}');
    else {
      const data = input.map((text, index) => ({
        object: 'embedding',
        index,
        embedding: [1, ...subjects.map((words) => 3 * (text.match(words)?.length ?? 0))],
      }));
      const body = {
        object: 'list',
        model: 'fake',
        data,
        usage: { prompt_tokens: 1, total_tokens: 1 },
      };
      response.writeHead(200, head).end(JSON.stringify(body));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const { port } = server.address() as AddressInfo;
  const fake: EmbeddingsFake = {
    url: `http://127.0.0.1:${port}/v1`,
    asked: [],
    authorization: [],
    mood: 'answer',
    limited: 0,
  };
  return fake;
}
