/** Talking to the server. Every failure is an Error whose message can be shown. */

/** @import { Channel, Message, Starter, Suggestion } from './types.js' */

const headers = {
  'Content-Type': 'application/json',
  'Paperboy-Timezone': Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>}
 */
async function request(path, init) {
  let response;
  try {
    response = await fetch(path, { headers, ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Error('Paperboy cannot be reached. Is it still running?', { cause: error });
  }
  if (response.status === 204) return undefined;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `Paperboy answered with ${response.status}.`);
  return answer;
}

/** @param {string} path @param {unknown} body */
const post = (path, body) => request(path, { method: 'POST', body: JSON.stringify(body) });

/** @returns {Promise<{ channels: Channel[], revision: number, starters: Starter[] }>} */
export const getChannels = () => request('/channels');

/** @param {string} name @returns {Promise<{ name: string }>} */
export const addChannel = (name) => post('/channels', { name });

/**
 * @param {string} channel
 * @param {number} [before]
 * @returns {Promise<{ messages: Message[], hasOlder: boolean }>}
 */
export const getMessages = (channel, before) =>
  request(
    `/channels/${encodeURIComponent(channel)}/messages${before === undefined ? '' : `?before=${before}`}`,
  );

/** @param {string} channel @param {string} text @returns {Promise<{ messages: Message[] }>} */
export const say = (channel, text) =>
  post(`/channels/${encodeURIComponent(channel)}/messages`, { text });

/**
 * @param {number} message
 * @param {string} line
 * @param {string} effect
 * @returns {Promise<{ messages: Message[] }>}
 */
export const press = (message, line, effect) => post('/press', { message, line, effect });

/** @param {number} id @returns {Promise<void>} */
export const dismiss = (id) => request(`/messages/${id}`, { method: 'DELETE' });

/**
 * @param {string} channel
 * @param {string} text
 * @param {AbortSignal} signal
 * @returns {Promise<{ hint: string, items: Suggestion[] }>}
 */
export const complete = (channel, text, signal) =>
  request(`/complete?${new URLSearchParams({ channel, text })}`, { signal });

const RETRY_MS = 3_000;

/**
 * Changes of messages as they happen. The browser reconnects by itself and says where it was; where it
 * gives up (the server answered with an error) we begin anew.
 *
 * @param {object} on
 * @param {() => number} on.since The last revision known.
 * @param {(message: Message) => void} on.message
 * @param {(isLive: boolean) => void} on.connection
 */
export function listen({ since, message, connection }) {
  const source = new EventSource(`/events?since=${since()}`);
  source.addEventListener('open', () => connection(true));
  source.addEventListener('message', (event) => message(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    connection(false);
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen({ since, message, connection }), RETRY_MS);
  });
}
