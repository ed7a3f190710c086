/** The list of messages: days, authors, what is new, and what stays in view. */
import { byId, make, scrollBehavior, within } from './dom.js';

/** @import { Message } from './types.js' */

const log = byId('log', HTMLElement);
const list = byId('messages', HTMLOListElement);
const jump = byId('jump', HTMLButtonElement);
const template = byId('message', HTMLTemplateElement);

/** Messages of one author within this time share a head. */
const TOGETHER_MS = 5 * 60_000;
/** So close to the end counts as being there. */
const NEAR_END_PX = 80;
/** Room above what comes into view. */
const ABOVE_PX = 16;

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

/** What is shown, in order. @type {Message[]} */
let shown = [];
/** The first message that came while nobody looked. @type {number | undefined} */
let firstNew;
/** The first of what the person waits for. @type {HTMLElement | undefined} */
let awaited;

/**
 * Shows a channel's messages from scratch, the newest in view.
 *
 * @param {readonly Message[]} messages
 * @param {number} read Id of the newest message the person has seen.
 */
export function showAll(messages, read) {
  shown = [...messages];
  firstNew = shown.find(({ by, id }) => by === 'paperboy' && id > read)?.id;
  list.replaceChildren(...shown.map(elementOf));
  arrange();
  jump.hidden = true;
  const fresh = list.querySelector('.new');
  if (fresh instanceof HTMLElement) toTop(fresh, 'instant');
  else log.scrollTop = log.scrollHeight;
}

/**
 * Puts older messages above without moving what is in view.
 *
 * @param {readonly Message[]} messages
 */
export function showOlder(messages) {
  const before = log.scrollHeight - log.scrollTop;
  shown = [...messages, ...shown];
  list.prepend(...messages.map(elementOf));
  arrange();
  log.scrollTop = log.scrollHeight - before;
}

/**
 * A new, changed or dismissed message of the channel in view.
 *
 * @param {Message} message
 * @param {{ isWanted: boolean }} options Whether the person waits for it: then it comes into view.
 */
export function apply(message, { isWanted }) {
  const i = shown.findIndex(({ id }) => id === message.id);
  const old = shown[i];
  if (old && old.revision >= message.revision) return;
  if (message.html === undefined) {
    shown = shown.filter(({ id }) => id !== message.id);
    remove(message.id);
  } else if (old) {
    shown[i] = message;
    change(message);
  } else {
    const wasAtEnd = isAtEnd();
    if (document.hidden) firstNew ??= message.id;
    shown = [...shown, message].sort((a, b) => a.id - b.id);
    const next = shown[shown.indexOf(message) + 1];
    const element = elementOf(message);
    list.insertBefore(element, next ? document.getElementById(`m${next.id}`) : null);
    arrange();
    if (isWanted) awaited ??= element;
    if (isWanted || wasAtEnd) reveal((isWanted && awaited) || element);
    else jump.hidden = false;
  }
}

/** The person has asked for something: what comes of it is kept in view from its beginning. */
export function awaitAnswer() {
  awaited = undefined;
}

/** What the person said here, newest first. */
export function ownLines() {
  return shown.flatMap(({ by, text }) => (by === 'you' ? [text] : [])).reverse();
}

export function oldest() {
  return shown[0]?.id;
}

/** @param {number} id */
export function goTo(id) {
  const element = document.getElementById(`m${id}`);
  if (!element) return false;
  toTop(element, 'instant');
  element.focus({ preventScroll: true });
  element.classList.add('found');
  return true;
}

function isAtEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
}

export function scrollToEnd() {
  log.scrollTo({ top: log.scrollHeight, behavior: scrollBehavior() });
}

jump.addEventListener('click', () => {
  scrollToEnd();
  byId('line', HTMLTextAreaElement).focus();
});
log.addEventListener('scroll', () => {
  if (isAtEnd()) jump.hidden = true;
});
// A picture that does not come leaves no hole. Errors of images do not bubble.
log.addEventListener(
  'error',
  (event) => {
    if (event.target instanceof HTMLImageElement) event.target.hidden = true;
  },
  { capture: true },
);

/** The end of the log, unless that hides the beginning of the element. @param {HTMLElement} element */
function reveal(element) {
  const top = element.getBoundingClientRect().top - log.getBoundingClientRect().top;
  const isTaller = log.scrollHeight - log.scrollTop - top > log.clientHeight;
  if (isTaller) toTop(element);
  else scrollToEnd();
}

/** Not scrollIntoView, which moves the whole page too. @param {HTMLElement} element */
function toTop(element, behavior = scrollBehavior()) {
  const from = element.getBoundingClientRect().top - log.getBoundingClientRect().top;
  log.scrollTo({ top: log.scrollTop + from - ABOVE_PX, behavior });
}

/** @param {Message} message */
function elementOf(message) {
  const { id, channel, by, createdAt, isPrivate } = message;
  const copy = document.importNode(template.content, true);
  const element = within(copy, 'li', HTMLLIElement);
  element.id = `m${id}`;
  element.classList.add(by);
  within(element, 'use', SVGUseElement).setAttribute(
    'href',
    by === 'you' ? '#icon-person' : '#icon-paper',
  );
  within(element, '.name', HTMLSpanElement).textContent = by === 'you' ? 'You' : 'Paperboy';
  const date = new Date(createdAt);
  const time = within(element, 'time', HTMLTimeElement);
  time.dateTime = createdAt;
  time.textContent = clock.format(date);
  const link = within(element, '.time', HTMLAnchorElement);
  link.href = `#${encodeURIComponent(channel)}/${id}`;
  link.title = full.format(date);
  within(element, '.private', HTMLParagraphElement).hidden = !isPrivate;
  fill(element, message);
  return element;
}

/** @param {Element} element @param {Message} message */
function fill(element, { html = '' }) {
  // The one place where HTML is inserted: the server made it of escaped text (`render.ts`).
  within(element, '.content', HTMLDivElement).innerHTML = html;
}

/** @param {Message} message */
function change(message) {
  const element = document.getElementById(`m${message.id}`);
  if (!element) return;
  const active = element.contains(document.activeElement) ? document.activeElement : undefined;
  const label = active?.textContent;
  fill(element, message);
  within(element, '.private', HTMLParagraphElement).hidden = !message.isPrivate;
  if (active) {
    // Pressing Next with the keyboard must not lose the place.
    const buttons = [...element.querySelectorAll('.content button')];
    const [same] = buttons.filter((button) => button.textContent === label).slice(-1);
    const next = same ?? buttons.at(-1) ?? element;
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }
  const top = element.getBoundingClientRect().top - log.getBoundingClientRect().top;
  if (top < 0) toTop(element);
}

/** @param {number} id */
function remove(id) {
  const element = document.getElementById(`m${id}`);
  const hadFocus = element?.contains(document.activeElement);
  element?.remove();
  arrange();
  if (hadFocus) byId('line', HTMLTextAreaElement).focus();
}

/** Heads, days and the line above what is new, from the order of the messages alone. */
function arrange() {
  for (const line of list.querySelectorAll('.day, .new')) line.remove();
  /** @type {Message | undefined} */
  let previous;
  for (const message of shown) {
    const element = document.getElementById(`m${message.id}`);
    if (!element) continue;
    const isNewDay = !previous || dayOf(previous) !== dayOf(message);
    const isFresh = message.id === firstNew;
    if (isNewDay) element.before(separator('day', dayName(new Date(message.createdAt))));
    if (isFresh) element.before(separator('new', 'New'));
    element.classList.toggle(
      'together',
      !isNewDay && !isFresh && previous !== undefined && areTogether(previous, message),
    );
    previous = message;
  }
}

/** @param {string} kind @param {string} text */
function separator(kind, text) {
  const line = make('li', kind);
  line.append(make('span', '', text));
  return line;
}

/** @param {Message} a @param {Message} b */
function areTogether(a, b) {
  return a.by === b.by && Date.parse(b.createdAt) - Date.parse(a.createdAt) < TOGETHER_MS;
}

/** @param {Message} message */
function dayOf({ createdAt }) {
  return new Date(createdAt).toDateString();
}

/** @param {Date} date */
function dayName(date) {
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return 'Today';
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return date.toLocaleDateString(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(date.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }),
  });
}
