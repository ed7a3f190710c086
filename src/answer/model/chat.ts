/** The one place that talks to a language model: any endpoint that speaks OpenAI's chat completions, streamed. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, extractReasoningMiddleware, streamText, wrapLanguageModel } from 'ai';
import type { Prompt } from './prompt.ts';

export interface Endpoint {
  /** Such as `https://api.openai.com/v1`. */
  baseUrl: string;
  name: string;
  apiKey?: string | undefined;
}

/** Bytes of an answer, past which an endpoint talks nonsense. */
const BYTES_MAX = 2_000_000;
/** Tokens of an answer; a model that thinks aloud first needs most of them for that. */
const TOKENS_MAX = 4_000;

/** Gives the model's words as they come, its thoughts left out, until the signal. Throws an error of one line. */
export type Chat = (prompt: Prompt, signal: AbortSignal) => AsyncGenerator<string>;

export function createChat({ baseUrl, name, apiKey }: Endpoint): Chat {
  const provider = createOpenAICompatible({
    name: 'model',
    baseURL: baseUrl,
    ...(apiKey ? { apiKey } : {}),
    // The key and the question go to this endpoint and to no other.
    fetch: async (url, init) => limited(await fetch(url, { ...init, redirect: 'error' })),
  });
  const model = wrapLanguageModel({
    model: provider(name),
    middleware: extractReasoningMiddleware({ tagName: 'think' }),
  });
  return async function* ({ system, user }, signal) {
    const { fullStream } = streamText({
      model,
      instructions: system,
      prompt: user,
      temperature: 0,
      maxOutputTokens: TOKENS_MAX,
      maxRetries: 0,
      abortSignal: signal,
      // Errors come in the stream too; by default they are printed besides.
      onError: () => {},
    });
    try {
      for await (const part of fullStream) {
        if (part.type === 'text-delta') yield part.text;
        else if (part.type === 'error') throw part.error;
        else if (part.type === 'abort') return;
      }
    } catch (error) {
      if (!signal.aborted) throw new Error(lineOf(error));
    }
  };
}

/** The error without what people asked and what the endpoint answered, which errors of the SDK quote. */
function lineOf(error: unknown): string {
  if (!APICallError.isInstance(error)) return error instanceof Error ? error.name : 'no answer';
  return error.statusCode === undefined || error.statusCode < 400
    ? error.message
    : `the model answered ${error.statusCode}`;
}

/** The same answer, which breaks off when it grows too long. */
function limited(response: Response): Response {
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > BYTES_MAX) controller.error(new Error('the answer is too long'));
      else controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(limit) ?? null, response);
}
