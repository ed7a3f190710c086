/** The local page as the contract sees it: one person, and what others would see were there any. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment } from 'parse5';
import { z } from 'zod';
import { channelRef } from '../../src/model/channel.ts';
import { openPage } from '../platforms/local/http.ts';
import { type Shown, type Stage, startedIn } from './platform.ts';

const Messages = z.object({
  messages: z.array(
    z.looseObject({ id: z.number(), by: z.string(), html: z.string(), isPrivate: z.boolean() }),
  ),
});

export async function openLocalStage(env: Record<string, string> = {}): Promise<Stage> {
  const { house, get, send } = await openPage({}, env);
  await send('/channels', { name: 'papers' });
  const ref = (channel: string) => channelRef({ platform: 'local', workspace: 'local', channel });
  const channel = ref('general');
  const zone = { 'paperboy-timezone': 'Europe/Berlin' };

  const said = (body: string) =>
    Messages.parse(JSON.parse(body)).messages.filter(({ by }) => by === 'paperboy');
  const all = async (name = 'general') => said((await get(`/channels/${name}/messages`)).body);
  const only = (body: string) => {
    const [message, ...more] = said(body);
    if (!message || more.length) throw new Error(`Not one answer: ${body}`);
    return shown(message);
  };

  return {
    house,
    platform: startedIn(house, 'local'),
    channel,
    otherChannel: ref('papers'),
    goneChannel: ref('nowhere'),
    isPostedOnce: true,
    asker: 'you',
    bait: '@everyone <img src=x onerror=alert(1)> <a href="https://evil.example">x</a> &amp;',
    seen: async (where = channel) =>
      (await all(where === channel ? 'general' : 'papers'))
        .filter(({ isPrivate }) => !isPrivate)
        .map(shown),
    mine: async () => (await all()).map(shown),
    // The page has no threads: what belongs under a message follows it.
    seenUnder: async (message) => (await all()).map(shown).filter(({ id }) => id > message),
    told: async () => (await all()).map(shown).slice(-1),
    type: async (line) =>
      only((await send('/channels/general/messages', { text: `/paper ${line}` }, zone)).body),
    async press({ id }, label) {
      const message = (await all()).find((each) => String(each.id) === id);
      const button = elementsOf(message?.html ?? '').find((each) => labelOf(each) === label);
      const line = button && attribute(button, 'data-line');
      const effect = button && attribute(button, 'data-effect');
      return only((await send('/press', { message: Number(id), line, effect }, zone)).body);
    },
    async remove({ id }) {
      await send(`/messages/${id}`, {}, {}, 'DELETE');
    },
    async say(text) {
      await send('/channels/general/messages', { text }, zone);
    },
  };
}

type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

function shown({ id, html }: { id: number; html: string }): Shown {
  const elements = elementsOf(html);
  // Nothing here notifies anybody; what came in as text and became an element would be as bad.
  const strange = elements.filter(
    (each) => attribute(each, 'onerror') || attribute(each, 'href')?.includes('evil'),
  );
  return {
    id: String(id),
    words: wordsOf(parseFragment(html)).replace(/\n+/g, '\n').trim(),
    buttons: elements.flatMap((each) => labelOf(each) ?? []),
    calls: strange.map(({ tagName }) => tagName),
  };
}

function elementsOf(html: string): Element[] {
  const walk = (node: Parent): Element[] =>
    node.childNodes
      .filter((child) => defaultTreeAdapter.isElementNode(child))
      .flatMap((child) => [child, ...walk(child)]);
  return walk(parseFragment(html));
}

const attribute = (element: Element, name: string) =>
  element.attrs.find((each) => each.name === name)?.value;

/** What is written on a button, unless it only stands for the words it shows. */
function labelOf(element: Element): string | undefined {
  const isButton = attribute(element, 'class')?.split(' ').includes('button');
  return isButton ? wordsOf(element).trim() : undefined;
}

const inline = new Set(['a', 'button', 'strong', 'em', 'mark', 'code']);

/** The words as a browser sets them: every element that is not part of a line begins its own. */
function wordsOf(node: Parent): string {
  return node.childNodes
    .map((child) => {
      if (defaultTreeAdapter.isTextNode(child)) return child.value;
      if (!defaultTreeAdapter.isElementNode(child) || labelOf(child) !== undefined) return '';
      const words = wordsOf(child);
      return inline.has(child.tagName) ? words : `\n${words}\n`;
    })
    .join('');
}
