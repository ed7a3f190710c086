/** Channels on the left; on a phone a drawer. Also the dialog that makes a channel. */
import { byId, make, within } from './dom.js';

/** @import { Channel } from './types.js' */

const list = byId('channels', HTMLUListElement);
const sidebar = byId('sidebar', HTMLElement);
const opener = byId('open-sidebar', HTMLButtonElement);
const scrim = byId('scrim', HTMLDivElement);
const narrow = matchMedia('(max-width: 760px)');

/**
 * @param {readonly Channel[]} channels
 * @param {string} current
 * @param {(channel: Channel) => boolean} isUnread
 */
export function showChannels(channels, current, isUnread) {
  const items = channels.map((channel) => {
    const link = document.createElement('a');
    link.className = 'channel';
    link.href = `#${encodeURIComponent(channel.name)}`;
    const hash = make('span', 'hash', '#');
    hash.ariaHidden = 'true';
    link.append(hash, make('span', 'label', channel.name));
    if (channel.name === current) link.setAttribute('aria-current', 'page');
    else if (isUnread(channel)) {
      link.classList.add('unread');
      link.append(make('span', 'unseen', 'unread'), make('span', 'dot'));
    }
    const item = document.createElement('li');
    item.append(link);
    return item;
  });
  const focused = list.contains(document.activeElement)
    ? document.activeElement?.getAttribute('href')
    : null;
  list.replaceChildren(...items);
  if (!focused) return;
  [...list.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
}

/** @param {boolean} isLive */
export function showConnection(isLive) {
  const status = byId('connection', HTMLParagraphElement);
  status.classList.toggle('live', isLive);
  within(status, '.words', HTMLSpanElement).textContent = isLive
    ? `Connected to ${location.host}`
    : 'Reconnecting…';
}

/** @param {boolean} isOpen */
function openDrawer(isOpen) {
  sidebar.classList.toggle('open', isOpen);
  // What is out of sight must not be reached by Tab.
  sidebar.inert = narrow.matches && !isOpen;
  scrim.hidden = !isOpen;
  opener.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) list.querySelector('a')?.focus();
}

export function closeDrawer() {
  const wasOpen = sidebar.classList.contains('open');
  openDrawer(false);
  return wasOpen;
}

opener.addEventListener('click', () => openDrawer(!sidebar.classList.contains('open')));
scrim.addEventListener('click', closeDrawer);
narrow.addEventListener('change', closeDrawer);
sidebar.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && closeDrawer()) opener.focus();
});
openDrawer(false);

const dialog = byId('channel-dialog', HTMLDialogElement);
const form = within(dialog, 'form', HTMLFormElement);
const nameBox = byId('channel-name', HTMLInputElement);
const problem = byId('channel-error', HTMLParagraphElement);

/** @param {(name: string) => Promise<void>} create Throws what is to be shown. */
export function onNewChannel(create) {
  byId('new-channel', HTMLButtonElement).addEventListener('click', () => {
    form.reset();
    problem.textContent = '';
    dialog.showModal();
  });
  byId('channel-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());
  nameBox.addEventListener('input', () => {
    const { selectionStart } = nameBox;
    nameBox.value = nameBox.value.toLowerCase().replaceAll(' ', '-').replace(/^#/, '');
    nameBox.setSelectionRange(selectionStart, selectionStart);
    problem.textContent = '';
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await create(nameBox.value);
      dialog.close();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      nameBox.focus();
    }
  });
}
