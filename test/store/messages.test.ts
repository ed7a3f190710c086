import { describe, expect, test } from 'vitest';
import { sentence } from '../../src/reply/build.ts';
import { plain } from '../../src/reply/text.ts';
import { createMessageStore, type Message } from '../../src/store/messages.ts';
import { engines } from './databases.ts';

const line = (text: string) => ({ by: 'you', text }) as const;
const reply = (text: string) => sentence([plain(text)]);
const answer = (text: string) => ({ by: 'paperboy', reply: reply(text) }) as const;

function wordsOf({ said }: Message): string | undefined {
  return said?.by === 'you' ? said.text : said?.reply.summary;
}

describe.each(engines)('on %s', (_, open) => {
  async function openStore() {
    let minute = 0;
    const now = () => new Date(Date.UTC(2026, 10, 23, 9, minute++));
    return createMessageStore(await open(), now);
  }

  test('there is a channel “general” at first, and each name once', async () => {
    const store = await openStore();
    expect(await store.channels()).toEqual([{ name: 'general', newest: 0 }]);
    expect(await store.addChannel('reading-group')).toBe(true);
    expect(await store.addChannel('reading-group')).toBe(false);
    expect((await store.channels()).map(({ name }) => name)).toEqual(['general', 'reading-group']);
    expect(await store.hasChannel('reading-group')).toBe(true);
    expect(await store.hasChannel('nowhere')).toBe(false);
  });

  test('what was said comes back as it was, in order', async () => {
    const store = await openStore();
    await store.add('general', line('hello 論文'));
    await store.add('general', answer('Hello.'));
    const [first, second, ...more] = await store.page('general', 10);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ channel: 'general', said: line('hello 論文') });
    expect(second).toMatchObject({ said: answer('Hello.'), editedAt: undefined });
    const newest = (await store.channels())[0]?.newest;
    expect(newest).toBe(second?.id);
  });

  test('a key that was used before gives the first message, also to two at once', async () => {
    const store = await openStore();
    const both = await Promise.all([
      store.add('general', answer('one'), 'general@9:00'),
      store.add('general', answer('two'), 'general@9:00'),
    ]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(await store.page('general', 10)).toHaveLength(1);
    expect(await store.find('general', 'general@9:00')).toBe(both[0].id);
    expect(await store.find('general', 'other')).toBeUndefined();
  });

  test('history comes in pages, newest first asked, oldest first given', async () => {
    const store = await openStore();
    for (const n of [1, 2, 3, 4, 5]) await store.add('general', line(`line ${n}`));
    const last = await store.page('general', 2);
    expect(last.map(wordsOf)).toEqual(['line 4', 'line 5']);
    const before = await store.page('general', 2, last[0]?.id);
    expect(before.map(wordsOf)).toEqual(['line 2', 'line 3']);
  });

  test('an edit takes the place of a reply, a dismissal takes it away for good', async () => {
    const store = await openStore();
    const { id } = await store.add('general', answer('page 1'));
    expect(await store.edit(id, reply('page 2'))).toBe(true);
    const edited = await store.get(id);
    expect(edited && wordsOf(edited)).toBe('page 2');
    expect(edited?.editedAt).toBeDefined();
    expect(await store.dismiss(id)).toBe(true);
    expect(await store.dismiss(id)).toBe(false);
    expect(await store.edit(id, reply('page 3'))).toBe(false);
    expect(await store.page('general', 10)).toEqual([]);
    expect((await store.get(id))?.said).toBeUndefined();
  });

  test('whoever asks for changes sees each once: new, edited and dismissed', async () => {
    const store = await openStore();
    const { id } = await store.add('general', answer('page 1'));
    const since = await store.revision();
    expect(await store.changes(since, 10)).toEqual([]);
    const { id: other } = await store.add('general', line('hello'));
    await store.edit(id, reply('page 2'));
    await store.dismiss(other);
    const changes = await store.changes(since, 10);
    expect(changes.map((message) => [message.id, wordsOf(message)])).toEqual([
      [id, 'page 2'],
      [other, undefined],
    ]);
    expect(changes.at(-1)?.revision).toBe(await store.revision());
  });

  test('changes made at the same time have numbers of their own', async () => {
    const store = await openStore();
    const { id } = await store.add('general', answer('page 1'));
    await Promise.all([
      ...Array.from({ length: 10 }, (_, n) => store.add('general', line(`line ${n}`))),
      ...Array.from({ length: 5 }, (_, n) => store.edit(id, reply(`page ${n}`))),
    ]);
    const changes = await store.changes(0, 100);
    expect(changes).toHaveLength(11);
    expect(new Set(changes.map(({ revision }) => revision)).size).toBe(11);
  });
});
