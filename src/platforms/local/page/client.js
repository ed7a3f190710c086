/** The page: which channel is in view, what arrives, and what the person does. */
import * as api from './api.js';
import { createComposer } from './composer.js';
import { byId, make } from './dom.js';
import * as messages from './messages.js';
import { closeDrawer, onNewChannel, showChannels, showConnection } from './sidebar.js';

/** @import { Channel, Message, Starter } from './types.js' */

const log = byId('log', HTMLElement);
const older = byId('older', HTMLButtonElement);
const working = byId('working', HTMLDivElement);
const trouble = byId('trouble', HTMLParagraphElement);

/** Longer than a quick answer takes, so that it does not flicker. */
const WORKING_AFTER_MS = 200;
/** Pages of history to look through for a linked message. */
const LOOK_BACK_PAGES = 25;

/** @type {Channel[]} */
let channels = [];
let current = '';
let revision = 0;
const remembered = localStorage.getItem('paperboy.read');
/** The newest message seen of each channel. @type {Record<string, number>} */
const read = JSON.parse(remembered ?? '{}');

const composer = createComposer({
  channel: () => current,
  history: messages.ownLines,
  send: (text) =>
    act(() => api.say(current, text)).catch((error) => {
      composer.restore(text);
      complain(error);
    }),
});

/**
 * Does what the person asked for, says so while it lasts, and shows what came of it.
 *
 * @param {() => Promise<{ messages: Message[] }>} ask
 */
async function act(ask) {
  trouble.hidden = true;
  messages.awaitAnswer();
  const timer = setTimeout(() => {
    working.hidden = false;
    messages.scrollToEnd();
  }, WORKING_AFTER_MS);
  waiting += 1;
  try {
    const { messages: answered } = await ask();
    for (const message of answered) receive(message, { isWanted: true });
  } finally {
    waiting -= 1;
    clearTimeout(timer);
    if (waiting === 0) working.hidden = true;
  }
}
/** Requests under way. */
let waiting = 0;

/** @param {unknown} error */
function complain(error) {
  trouble.textContent = error instanceof Error ? error.message : String(error);
  trouble.hidden = false;
}

/** @param {Message} message @param {{ isWanted: boolean }} options */
function receive(message, options) {
  revision = Math.max(revision, message.revision);
  const channel = channels.find(({ name }) => name === message.channel);
  const isNew = message.id > (channel?.newest ?? 0);
  if (channel && isNew) channel.newest = message.id;
  if (!channel) void refreshChannels();
  if (message.channel === current) {
    messages.apply(message, options);
    if (isNew && message.by === 'paperboy') announce(`Paperboy: ${message.text}`);
    showEmpty();
  }
  markRead();
}

/** @param {string} text */
function announce(text) {
  byId('announcer', HTMLParagraphElement).textContent = text;
}

/** What is in view while the page is looked at has been read. */
function markRead() {
  const channel = channels.find(({ name }) => name === current);
  if (channel && !document.hidden) read[current] = channel.newest;
  localStorage.setItem('paperboy.read', JSON.stringify(read));
  showChannels(channels, current, isUnread);
  const hasUnread = channels.some(isUnread);
  document.title = `${hasUnread ? '● ' : ''}#${current} · Paperboy`;
}

/** @param {Channel} channel */
function isUnread({ name, newest }) {
  return newest > (read[name] ?? 0);
}

async function refreshChannels() {
  const answer = await api.getChannels();
  channels = answer.channels;
  markRead();
  return answer;
}

/** Shows the channel, and maybe the message, that the address names: `#general/42`. */
async function follow() {
  const [name = '', id] = decodeURIComponent(location.hash.slice(1)).split('/');
  const channel = channels.find((each) => each.name === name) ?? channels[0];
  if (!channel) return;
  closeDrawer();
  if (channel.name !== current) {
    await open(channel);
    // On a touch screen it would bring up the keyboard.
    if (!matchMedia('(pointer: coarse)').matches) composer.focus();
  }
  if (id !== undefined) await find(Number(id));
}

/** @param {Channel} channel */
async function open({ name }) {
  composer.move(current, name);
  current = name;
  byId('title', HTMLHeadingElement).replaceChildren(make('span', 'hash', '#'), name);
  showChannels(channels, current, isUnread);
  log.setAttribute('aria-label', `Messages in ${name}`);
  log.setAttribute('aria-busy', 'true');
  const page = await api.getMessages(name);
  if (name !== current) return;
  messages.showAll(page.messages, read[name] ?? 0);
  older.hidden = !page.hasOlder;
  log.setAttribute('aria-busy', 'false');
  showEmpty();
  markRead();
}

async function loadOlder() {
  const page = await api.getMessages(current, messages.oldest());
  messages.showOlder(page.messages);
  older.hidden = !page.hasOlder;
}

/** @param {number} id */
async function find(id) {
  for (let i = 0; i < LOOK_BACK_PAGES && !messages.goTo(id) && !older.hidden; i += 1) {
    await loadOlder();
  }
}

function showEmpty() {
  byId('empty', HTMLElement).hidden = messages.oldest() !== undefined;
}

/** @param {readonly Starter[]} starters */
function showStarters(starters) {
  const chips = starters.map(({ line, describe }) => {
    const chip = make('button', 'starter');
    chip.setAttribute('type', 'button');
    chip.append(make('code', '', line), make('span', '', describe));
    chip.addEventListener('click', () => act(() => api.say(current, line)).catch(complain));
    return chip;
  });
  byId('starters', HTMLDivElement).replaceChildren(...chips);
}

log.addEventListener('click', async (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest('button');
  if (!button || button.ariaBusy === 'true') return;
  const id = Number(button.closest('.message')?.id.slice(1));
  const { line, effect, fill } = button.dataset;
  if (fill !== undefined) composer.fill(fill);
  else if (line !== undefined && effect !== undefined) {
    button.ariaBusy = 'true';
    await act(() => api.press(id, line, effect)).catch(complain);
    button.ariaBusy = 'false';
  } else if (button.classList.contains('dismiss')) await api.dismiss(id).catch(complain);
});

older.addEventListener('click', () => loadOlder().catch(complain));
addEventListener('hashchange', () => follow().catch(complain));
document.addEventListener('visibilitychange', markRead);
document.addEventListener('keydown', (event) => {
  const isTyping =
    event.target instanceof Element && event.target.matches('input, textarea, dialog *');
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    composer.fill('/');
  } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    event.preventDefault();
    const step = event.key === 'ArrowUp' ? -1 : 1;
    const at = channels.findIndex(({ name }) => name === current);
    const next = channels[(at + step + channels.length) % channels.length];
    if (next) location.hash = encodeURIComponent(next.name);
  }
});

onNewChannel(async (name) => {
  await api.addChannel(name);
  await refreshChannels();
  location.hash = encodeURIComponent(name);
});

/** The state of the server may be another after it was away. @param {boolean} isLive */
async function connected(isLive) {
  showConnection(isLive);
  if (!isLive) return;
  const answer = await refreshChannels();
  if (answer.revision < revision) location.reload();
}

try {
  const answer = await api.getChannels();
  revision = answer.revision;
  channels = answer.channels;
  // What was there before this browser first looked is not news.
  if (remembered === null) for (const { name, newest } of channels) read[name] = newest;
  showStarters(answer.starters);
  await follow();
} catch (error) {
  complain(error);
}
api.listen({
  since: () => revision,
  message: (message) => receive(message, { isWanted: waiting > 0 }),
  connection: (isLive) => void connected(isLive).catch(complain),
});
