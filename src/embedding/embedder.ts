/** Texts as vectors, from any endpoint that speaks OpenAI's embeddings. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany } from 'ai';

export interface EmbeddingEndpoint {
  /** Such as `http://127.0.0.1:11434/v1`. */
  baseUrl: string;
  model: string;
  apiKey?: string | undefined;
}

/** One vector a text, in their order. Throws when the endpoint fails or answers something else. */
export type Embed = (
  texts: readonly string[],
  options: { signal: AbortSignal; retries: number },
) => Promise<Float32Array<ArrayBuffer>[]>;

export function createEmbed({ baseUrl, model, apiKey }: EmbeddingEndpoint): Embed {
  const provider = createOpenAICompatible({
    name: 'embedding',
    baseURL: baseUrl,
    ...(apiKey ? { apiKey } : {}),
    // The key and the texts go to this endpoint and to no other.
    fetch: (url, init) => fetch(url, { ...init, redirect: 'error' }),
  });
  return async (texts, { signal, retries }) => {
    const { embeddings } = await embedMany({
      model: provider.embeddingModel(model),
      values: [...texts],
      maxRetries: retries,
      abortSignal: signal,
    });
    const [first] = embeddings;
    const isWhole = embeddings.length === texts.length;
    const fits = embeddings.every(
      (one) => one.length > 0 && one.length === first?.length && one.every(Number.isFinite),
    );
    if (!isWhole || !fits) throw new Error('the endpoint sent vectors that do not fit the texts');
    return embeddings.map((one) => Float32Array.from(one));
  };
}
