/** The message box: sends, grows, completes, and remembers what was said. */
import { byId } from './dom.js';
import { createSuggestions } from './suggestions.js';

const form = byId('composer', HTMLFormElement);
const box = byId('line', HTMLTextAreaElement);
const sendButton = byId('send', HTMLButtonElement);

/**
 * @param {object} options
 * @param {() => string} options.channel The one in view.
 * @param {() => string[]} options.history Own lines, newest first.
 * @param {(text: string) => void} options.send
 */
export function createComposer({ channel, history, send }) {
  const suggestions = createSuggestions(box, channel);
  /** Unsent lines. @type {Map<string, string>} */
  const drafts = new Map();
  /** How far back ArrowUp went; -1 before it did. */
  let recalled = -1;

  /** @param {string} text */
  function put(text) {
    box.value = text;
    box.setSelectionRange(text.length, text.length);
    suggestions.close();
    grow();
  }

  function grow() {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
    sendButton.disabled = box.value.trim() === '';
  }

  function submit() {
    const text = box.value.trim();
    if (!text) return;
    put('');
    recalled = -1;
    send(text);
  }

  /** @param {KeyboardEvent} event */
  function recall(event) {
    const lines = history();
    const isUntouched = recalled >= 0 ? box.value === lines[recalled] : box.value === '';
    const to = recalled + (event.key === 'ArrowUp' ? 1 : -1);
    if (!isUntouched || to < -1 || to >= lines.length) return;
    event.preventDefault();
    recalled = to;
    put(lines[to] ?? '');
  }

  box.addEventListener('input', () => {
    recalled = -1;
    grow();
    suggestions.ask();
  });
  box.addEventListener('blur', suggestions.close);
  box.addEventListener('keydown', async (event) => {
    // While an input method composes, its keys are its own.
    if (event.isComposing) return;
    const isEnter = event.key === 'Enter' && !event.shiftKey;
    if (isEnter || (event.key === 'Tab' && !event.shiftKey && suggestions.isOpen())) {
      event.preventDefault();
      await suggestions.settled();
      if (!suggestions.handle(event) && isEnter) submit();
    } else if (suggestions.handle(event)) event.preventDefault();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') recall(event);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    box.focus();
  });
  grow();

  return {
    focus: () => box.focus(),

    /** Takes a line over to be finished. @param {string} text */
    fill(text) {
      put(text);
      box.focus();
      box.dispatchEvent(new Event('input'));
    },

    /** Gives back a line that could not be sent, unless another was begun. @param {string} text */
    restore(text) {
      if (!box.value) put(text);
    },

    /** Keeps what was begun here and brings back what was begun there. @param {string} from @param {string} to */
    move(from, to) {
      drafts.set(from, box.value);
      recalled = -1;
      put(drafts.get(to) ?? '');
      box.placeholder = `Message #${to}, or / for commands`;
    },
  };
}
