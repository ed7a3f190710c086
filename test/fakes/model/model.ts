/**
 * A language model to test against: an endpoint that speaks OpenAI's chat completions over the wire and says
 * what a test scripts, whole or broken.
 * https://platform.openai.com/docs/api-reference/chat/streaming
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the endpoint does with one request. */
export type Script =
  /**
   * Says these parts, `everyMs` apart, then stops as `finish` says: `null` breaks the connection off, `never`
   * keeps it open.
   */
  | {
      kind: 'say';
      parts: readonly string[];
      everyMs?: number;
      finish?: 'stop' | 'length' | 'never' | null;
    }
  /** Sends these bytes as they are, under 200 and the stream's content type. */
  | { kind: 'raw'; body: string; type?: string }
  /** The same for bytes that are no text. */
  | { kind: 'base64'; body: string }
  /** Says this part for ever, `everyMs` apart. */
  | { kind: 'endless'; part: string; everyMs?: number }
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** Takes the request and never answers; `headers` says whether it answers with headers. */
  | { kind: 'silent'; headers?: boolean };

export interface Asked {
  authorization: string | undefined;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    stream: boolean;
    tools?: unknown;
  };
  /** The whole request, as it came over the wire. */
  path: string;
  /** Whether the bot hung up before the answer was over. */
  isAborted: boolean;
}

export interface FakeModel {
  /** For MODEL_BASE_URL. */
  url: string;
  /** Every request, in order. */
  asked: Asked[];
  /** What it does from now on: with every request the same. */
  script: Script;
  stop(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startModel(script: Script): Promise<FakeModel> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const model: FakeModel = {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    script,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  return model;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one: Asked = {
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      path: request.url ?? '',
      isAborted: false,
    };
    asked.push(one);
    response.on('close', () => {
      one.isAborted ||= !response.writableFinished;
    });
    // A client that hangs up is a thing to note, no failure.
    response.on('error', () => {});
    await answer(model.script, response);
  }
}

async function answer(script: Script, response: ServerResponse): Promise<void> {
  const stream = { 'content-type': 'text/event-stream' };
  switch (script.kind) {
    case 'say': {
      response.writeHead(200, stream);
      response.flushHeaders();
      for (const part of script.parts) {
        if (script.everyMs) await sleep(script.everyMs);
        if (response.destroyed) return;
        response.write(chunk({ content: part }));
      }
      if (script.finish === null) {
        // What was sent has arrived by then.
        await sleep(100);
        response.destroy();
        return;
      }
      if (script.finish === 'never') return;
      response.end(`${chunk({}, script.finish ?? 'stop')}data: [DONE]\n\n`);
      return;
    }
    case 'raw':
      response.writeHead(200, { 'content-type': script.type ?? 'text/event-stream' });
      response.end(script.body);
      return;
    case 'base64':
      response.writeHead(200, stream);
      response.end(Buffer.from(script.body, 'base64'));
      return;
    case 'endless':
      response.writeHead(200, stream);
      while (!response.destroyed) {
        const isTaken = response.write(chunk({ content: script.part }));
        await (script.everyMs || !isTaken ? sleep(script.everyMs ?? 1) : new Promise(setImmediate));
      }
      return;
    case 'status':
      response.writeHead(script.status, { 'content-type': 'application/json', ...script.headers });
      response.end(script.body ?? JSON.stringify({ error: { message: 'no', type: 'error' } }));
      return;
    case 'silent':
      if (script.headers) {
        response.writeHead(200, stream);
        response.flushHeaders();
      }
  }
}

/** One event of the stream. */
function chunk(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  const event = {
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'scripted',
    choices,
  };
  return `data: ${JSON.stringify(event)}\n\n`;
}
