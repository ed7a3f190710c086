/** What can be typed next, in a list above the message box. */
import { complete } from './api.js';
import { byId, make } from './dom.js';

/** @import { Suggestion } from './types.js' */

const panel = byId('suggestions', HTMLDivElement);
const hint = byId('hint', HTMLParagraphElement);
const options = byId('options', HTMLDivElement);

/** A person types faster than it is worth asking. */
const PAUSE_MS = 50;

/**
 * @param {HTMLTextAreaElement} box
 * @param {() => string} channel
 */
export function createSuggestions(box, channel) {
  /** @type {Suggestion[]} */
  let items = [];
  let active = -1;
  let asking = new AbortController();
  /** Resolves when what is typed has its suggestions. */
  let asked = Promise.resolve();

  function close() {
    asking.abort();
    items = [];
    active = -1;
    panel.hidden = true;
    box.removeAttribute('aria-activedescendant');
  }

  async function suggest() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const text = box.value.slice(0, box.selectionStart);
    if (!/^[/@]/.test(text)) return close();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (signal.aborted) return;
    try {
      const found = await complete(channel(), text, signal);
      if (!signal.aborted) show(found);
    } catch {
      // Aborted by the next letter, or the server is away, which the sidebar tells.
      if (!signal.aborted) close();
    }
  }

  /** @param {{ hint: string, items: Suggestion[] }} found */
  function show(found) {
    items = found.items;
    active = items[0]?.isLikely ? 0 : -1;
    hint.textContent = found.hint;
    hint.hidden = !found.hint;
    options.replaceChildren(...items.map(optionOf));
    panel.hidden = !found.hint && !items.length;
    panel.classList.toggle('bare', items.length === 0);
    mark();
  }

  /** @param {Suggestion} item @param {number} i */
  function optionOf(item, i) {
    const option = make('div', 'option');
    option.id = `option-${i}`;
    option.setAttribute('role', 'option');
    option.append(make('span', 'label', item.label), make('span', 'detail', item.detail));
    // Not click: the box must keep its focus.
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      accept(item);
    });
    return option;
  }

  function mark() {
    for (const [i, option] of [...options.children].entries()) {
      option.setAttribute('aria-selected', String(i === active));
      if (i === active) option.scrollIntoView({ block: 'nearest' });
    }
    if (active < 0) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `option-${active}`);
  }

  /** @param {Suggestion} item */
  function accept(item) {
    const rest = box.value.slice(box.selectionStart);
    box.value = item.text + (item.text.endsWith(' ') ? rest.trimStart() : rest);
    box.setSelectionRange(item.text.length, item.text.length);
    box.dispatchEvent(new Event('input'));
  }

  return {
    ask() {
      asked = suggest();
    },
    close,
    isOpen: () => !panel.hidden && items.length > 0,
    /** Who types fast presses Enter before the suggestions are there. */
    settled: () => asked,
    /**
     * Whether the key was for the list.
     *
     * @param {KeyboardEvent} event
     */
    handle(event) {
      if (panel.hidden) return false;
      if (event.key === 'Escape') {
        close();
        return true;
      }
      if (!items.length || event.shiftKey) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        const from = active < 0 && step < 0 ? 0 : active;
        active = (from + step + items.length) % items.length;
        mark();
        return true;
      }
      const chosen = event.key === 'Tab' ? (items[active] ?? items[0]) : items[active];
      if (!chosen || (event.key !== 'Tab' && event.key !== 'Enter')) return false;
      accept(chosen);
      return true;
    },
  };
}
