import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { channelRef } from '../../../src/model/channel.ts';
import { Paper } from '../../../src/model/paper.ts';
import { sentence } from '../../../src/reply/build.ts';
import { paperBlock } from '../../../src/reply/paper.ts';
import type { PaperBlock, Reply } from '../../../src/reply/reply.ts';
import { plain } from '../../../src/reply/text.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createPaperStore } from '../../../src/store/papers.ts';
import { chromiumPath, launchBrowser } from '../../fakes/browser.ts';
import { type House, openHouse } from '../../house.ts';
import { expectNoSidewaysScroll, openView } from './browser.ts';
import { addressOf } from './http.ts';

const channel = (name: string) =>
  channelRef({ platform: 'local', workspace: 'local', channel: name });

async function post(house: House, reply: Reply, name = 'general', key = reply.summary) {
  const local = house.platforms.get('local');
  if (!local) throw new Error('No local platform');
  return local.post(channel(name), reply, key);
}

/** Makes the bot know a paper that no source would let pass. */
async function store(house: House, paper: Paper) {
  const db = await openDatabase({ file: join(house.stateDir, 'paperboy.db') });
  onTestFinished(() => db.destroy());
  const told = { source: 'file', now: house.clock.now.toISOString() };
  await Array.fromAsync(createPaperStore(db).put([{ paper, kind: 'new' }], told));
  await house.services.catalogue.put([paper]);
}

const digest = (papers: PaperBlock[]): Reply => ({
  visibility: 'channel',
  summary: `${papers.length} papers for 23 Nov 2026`,
  blocks: [{ kind: 'heading', text: 'Papers for 23 Nov 2026' }, ...papers],
});

const muscle = paperBlock(
  Paper.parse({
    id: 'arxiv:2407.09435',
    title: 'MUSCLE: A Model Update Strategy for Compatible LLM Evolution',
    abstract: 'Large Language Models are frequently updated.',
    authors: ['Jessica Echterhoff'],
    categories: ['cs.AI'],
  }),
  { number: 1, reason: [plain('matches '), { kind: 'text', text: 'llm', style: 'italic' }] },
);

describe.skipIf(!chromiumPath)(
  'the page in Chromium (skipped where there is none: apt-get install chromium)',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      const launched = await launchBrowser();
      if (!launched) throw new Error('No Chromium');
      browser = launched;
    });
    afterAll(() => browser?.close());

    test('a newcomer is shown three commands and can press one', async () => {
      const { page, messages } = await openView(browser);
      const starters = page.locator('.starter');
      expect(await starters.count()).toBe(3);
      await starters.filter({ hasText: '/paper search' }).click();
      await messages.nth(1).waitFor();
      expect(await messages.nth(1).textContent()).toContain('papers for');
      expect(await page.locator('#empty').isVisible()).toBe(false);
    });

    test('commands, arguments and values complete by keyboard', async () => {
      const { page, box, messages } = await openView(browser);
      const options = page.getByRole('option');
      await box.pressSequentially('/');
      await options.first().waitFor();
      expect(await options.count()).toBeGreaterThan(10);
      await box.pressSequentially('paper subs');
      await expect.poll(() => options.count()).toBe(2);
      await box.press('Enter');
      expect(await box.inputValue()).toBe('/paper subscribe ');
      await expect.poll(() => options.count()).toBeGreaterThan(2);
      await box.press('ArrowDown');
      await box.press('ArrowDown');
      const chosen = page.locator('[aria-selected="true"]');
      expect(await box.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
      const second = await chosen.locator('.label').textContent();
      await box.press('Tab');
      expect(await box.inputValue()).toBe(`/paper subscribe ${second} `);
      await box.press('Escape');
      expect(await options.count()).toBe(0);
      await box.press('Enter');
      await messages.nth(1).waitFor();
      expect(await messages.nth(1).textContent()).toContain(`#general now follows ${second}`);
      expect(await messages.nth(1).textContent()).toContain('Europe/Berlin');
    });

    test('who types fast and presses Enter still gets the command completed', async () => {
      const { page, box } = await openView(browser);
      await box.focus();
      await page.keyboard.type('/paper stat');
      await page.keyboard.press('Enter');
      await expect.poll(() => box.inputValue()).toBe('/paper status ');
    });

    test('papers, topics and timezones are offered as values', async () => {
      const { page, box } = await openView(browser);
      const first = page.getByRole('option').first();
      for (const [line, value] of [
        ['/paper show muscle', 'MUSCLE'],
        ['/paper subscribe model-m', 'model-merging'],
        ['/paper schedule timezone:berl', 'Europe/Berlin'],
      ] as const) {
        await box.fill(line);
        await expect.poll(() => first.textContent()).toContain(value);
      }
    });

    test('a list turns its pages in place, and the keyboard keeps its button', async () => {
      const { page, say, messages } = await openView(browser);
      const list = await say('/paper search language models');
      expect(await list.textContent()).toContain('Page 1 of');
      const next = list.getByRole('button', { name: 'Next' });
      await next.focus();
      await next.press('Enter');
      await expect.poll(() => list.textContent()).toContain('Page 2 of');
      const focused = page.locator('*:focus');
      expect(await focused.textContent()).toContain('Next');
      await list.getByRole('button', { name: 'Previous' }).click();
      await expect.poll(() => list.textContent()).toContain('Page 1 of');
      expect(await messages.count()).toBe(2);
    });

    test('Show answers with the paper, Share with what everybody sees, Dismiss takes away', async () => {
      const { say, messages } = await openView(browser);
      const list = await say('/paper search model merging');
      expect(await list.getByText('Only visible to you').isVisible()).toBe(true);
      expect(await list.locator('mark').count()).toBeGreaterThan(0);
      await list
        .getByRole('button', { name: /^Show: / })
        .first()
        .click();
      const shown = messages.nth(2);
      await shown.waitFor();
      expect(await shown.locator('.paper').count()).toBe(1);
      await list.getByRole('button', { name: 'Share here' }).click();
      const shared = messages.nth(3);
      await shared.waitFor();
      expect(await shared.getByText('Only visible to you').isVisible()).toBe(false);
      await shown.getByRole('button', { name: 'Dismiss' }).click();
      await expect.poll(() => messages.count()).toBe(3);
    });

    test('a command in a text is taken over into the message box', async () => {
      const { box, say } = await openView(browser);
      const help = await say('/paper help');
      await help.getByRole('button', { name: '/paper trending' }).click();
      expect(await box.inputValue()).toBe('/paper trending');
    });

    test('a digest arrives live, and marks the channel that is not in view', async () => {
      const { house, page, messages } = await openView(browser);
      await house.messages.addChannel('reading-group');
      await post(house, digest([muscle]));
      await messages.first().waitFor();
      expect(await messages.first().textContent()).toContain('MUSCLE');
      expect(await page.locator('#announcer').textContent()).toContain('1 papers for 23 Nov 2026');
      await post(house, digest([muscle]), 'reading-group', 'other');
      const link = page.getByRole('link', { name: /reading-group.*unread/ });
      await link.waitFor();
      expect(await page.title()).toMatch(/^● /);
      await link.click();
      await expect.poll(() => page.locator('#title').textContent()).toBe('#reading-group');
      await page.getByText('New', { exact: true }).waitFor();
      expect(await page.title()).not.toMatch(/^● /);
      expect(await page.locator('.channel.unread').count()).toBe(0);
    });

    test('what arrives while one reads above is announced, not scrolled to', async () => {
      const { house, page, say } = await openView(browser);
      await say('/paper search language models');
      await say('/paper search language models');
      await page.evaluate('document.getElementById("log").scrollTop = 0');
      await post(house, digest([muscle]));
      const jump = page.getByRole('button', { name: 'New messages' });
      await jump.click();
      const top = 'document.querySelector(".reason").getBoundingClientRect().top';
      await expect.poll(() => page.evaluate(top)).toBeLessThan(860);
      await jump.waitFor({ state: 'hidden' });
    });

    test('a hostile paper neither runs nor breaks anything', async () => {
      const { house, page, messages, say } = await openView(browser);
      const hostile = Paper.parse({
        id: 'arxiv:2401.00001',
        title:
          '<img src=x onerror=alert(1)></script><script>alert(2)</script> \u202egnp.exe attack',
        abstract: '<svg onload=alert(3)> "><a href="javascript:alert(4)">click</a> {{7*7}} attack',
        authors: ["Robert'); DROP TABLE papers;--", '</p></div><b>Bold</b>'],
        categories: ['<i>cs</i>'],
        url: 'javascript:alert(5)',
        thumbnail: 'data:text/html,<script>alert(6)</script>',
      });
      await store(house, hostile);
      const found = await say('/paper search attack');
      await post(
        house,
        digest([{ ...paperBlock(hostile), reason: [plain('<script>7</script>')] }]),
      );
      await messages.nth(2).waitFor();
      for (const message of [found, messages.nth(2)]) {
        expect(await message.textContent()).toContain('<img src=x onerror=alert(1)></script>');
        expect(await message.textContent()).not.toContain('\u202e');
        expect(await message.locator('script, svg[onload], b, i, .content img').count()).toBe(0);
        expect(await message.locator('a[href^="javascript"], a[href^="data"]').count()).toBe(0);
      }
      // It is a message like another: the box still works, and nothing stands outside the list.
      await say('/paper search <img src=y onerror=alert(8)>');
      expect(await page.locator('body > img, main > img').count()).toBe(0);
    });

    test('even markup that got past the server would not run', async () => {
      const { page } = await openView(browser, { allowErrors: true });
      await page.evaluate(`
        document.getElementById('messages').innerHTML =
          '<li><img src=x onerror="document.title = 1"><a href="javascript:document.title = 2">x</a></li>'`);
      await page.getByText('x', { exact: true }).click();
      const script = 'const s = document.createElement("script"); s.text = "document.title = 3";';
      await page.evaluate(`${script} document.body.append(s)`);
      expect(await page.title()).toContain('Paperboy');
    });

    test('history, channel and colours outlive a reload', async () => {
      const { page, say, messages } = await openView(browser);
      await say('/paper status');
      await page.getByRole('button', { name: 'Colours: as the system' }).click();
      await page.getByRole('button', { name: 'Colours: light' }).click();
      await page.reload();
      await messages.nth(1).waitFor();
      expect(await messages.count()).toBe(2);
      expect(await page.getByRole('button', { name: 'Colours: dark' }).isVisible()).toBe(true);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
        'rgb(25, 24, 23)',
      );
    });

    test('colours and motion are what the system asks for', async () => {
      const { page } = await openView(browser, { colorScheme: 'dark', reducedMotion: 'reduce' });
      const background = 'getComputedStyle(document.body).backgroundColor';
      const animation = `getComputedStyle(document.querySelector('.dots i')).animationName`;
      expect(await page.evaluate(background)).toBe('rgb(25, 24, 23)');
      expect(await page.evaluate(animation)).toBe('none');
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
      expect(await page.evaluate(background)).toBe('rgb(255, 254, 252)');
      expect(await page.evaluate(animation)).toBe('dots');
    });

    test('a channel is made in a dialog that checks its name', async () => {
      const { page } = await openView(browser, { allowErrors: true });
      await page.getByRole('button', { name: 'New channel' }).click();
      const name = page.getByRole('textbox', { name: 'Name' });
      await name.pressSequentially('Reading Group!');
      expect(await name.inputValue()).toBe('reading-group!');
      await page.keyboard.press('Enter');
      await page.getByText('for example reading-group').waitFor();
      await page.keyboard.press('Backspace');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('#title').textContent()).toBe('#reading-group');
      const link = page.getByRole('link', { name: 'reading-group' });
      await expect.poll(() => link.getAttribute('aria-current')).toBe('page');
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('line');
    });

    test('everything can be done without a mouse', async () => {
      const { house, page, box, messages } = await openView(browser);
      await house.messages.addChannel('second');
      await page.keyboard.type('first line');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('second line');
      await page.keyboard.press('Enter');
      await messages.first().waitFor();
      expect(await messages.first().locator('.content').innerText()).toBe(
        'first line\nsecond line',
      );
      await page.keyboard.press('ArrowUp');
      expect(await box.inputValue()).toBe('first line\nsecond line');
      await page.keyboard.press('ArrowDown');
      expect(await box.inputValue()).toBe('');
      await page.keyboard.type('/paper search model merging');
      await page.keyboard.press('Enter');
      await messages.nth(2).waitFor();
      // Backwards from the message box the buttons of the newest message come first.
      await page.keyboard.press('Shift+Tab');
      const focused = page.locator('*:focus');
      expect(await focused.textContent()).toBe('Share here');
      const outline = 'getComputedStyle(document.activeElement).outlineStyle';
      expect(await page.evaluate(outline)).toBe('solid');
      await page.keyboard.press('Enter');
      await messages.nth(3).waitFor();
      await page.keyboard.press('/');
      expect(await box.inputValue()).toBe('/');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Shift+Tab');
      expect(await page.getByRole('option').count()).toBe(0);
      expect(await page.evaluate('document.activeElement.id')).not.toBe('line');
      await page.reload();
      await page.getByText('Connected to').waitFor();
      await page.keyboard.press('Alt+ArrowDown');
      await expect.poll(() => page.locator('#title').textContent()).toBe('#second');
    });

    test('on a phone nothing scrolls sideways and the channels are a drawer', async () => {
      const view = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
      const { house, page, box, say } = await openView(browser, view);
      await expectNoSidewaysScroll(page);
      await say('/paper search language models');
      await say('/paper topics');
      await say('/paper help search');
      const long = { ...muscle, title: 'Supercalifragilistic'.repeat(12) };
      await post(house, digest([long]));
      await post(house, sentence([plain('https://example.org/'.padEnd(300, 'x'))], 'channel'));
      await expectNoSidewaysScroll(page);
      await box.fill('/paper s');
      await page.getByRole('option').first().waitFor();
      await expectNoSidewaysScroll(page);
      await box.press('Escape');

      const link = page.getByRole('link', { name: 'general' });
      const isInert = 'document.getElementById("sidebar").inert';
      expect(await page.evaluate(isInert)).toBe(true);
      await page.getByRole('button', { name: 'Channels' }).click();
      expect(await link.isVisible()).toBe(true);
      expect(await page.locator('*:focus').textContent()).toContain('general');
      await page.keyboard.press('Escape');
      expect(await page.evaluate(isInert)).toBe(true);
    });

    test('a command that takes its time says so, and a line that is lost comes back', async () => {
      const { page, box } = await openView(browser, { allowErrors: true });
      const working = page.getByText('Paperboy is working…');
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/channels/general/messages', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        await released;
        await route.abort();
      });
      await box.fill('/paper status');
      await box.press('Escape');
      await box.press('Enter');
      await working.waitFor();
      release();
      await page.getByText('Paperboy cannot be reached').waitFor();
      expect(await working.isVisible()).toBe(false);
      expect(await box.inputValue()).toBe('/paper status');
    });

    test('a page that was open while Paperboy restarted catches up by itself', async () => {
      const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-page-'));
      onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
      const first = await openHouse({}, { stateDir });
      const { page } = await openView(browser, { house: first, allowErrors: true });
      await first.stop();
      await page.getByText('Reconnecting…').waitFor();
      const { port } = new URL(addressOf(first));
      const second = await openHouse({ PAPERBOY_PORT: port }, { stateDir });
      await post(second, digest([muscle]));
      await page.getByText('MUSCLE').waitFor();
      expect(await page.getByText('Connected to').isVisible()).toBe(true);
    });

    test('older messages come on demand and leave what is in view in view', async () => {
      const { house, page, messages } = await openView(browser);
      for (let n = 1; n <= 60; n += 1) {
        await house.messages.add('general', { by: 'you', text: `line ${n}` });
      }
      await page.reload();
      await page.getByText('line 60').waitFor();
      expect(await messages.count()).toBe(40);
      await page.getByRole('button', { name: 'Older messages' }).click();
      await expect.poll(() => messages.count()).toBe(60);
      expect(await messages.first().textContent()).toContain('line 1');
      expect(await page.getByText('line 21', { exact: true }).isVisible()).toBe(true);
      expect(await page.getByRole('button', { name: 'Older messages' }).isVisible()).toBe(false);
    });

    test('a link to a message opens its channel there', async () => {
      const { house, page } = await openView(browser);
      await house.messages.addChannel('reading-group');
      const id = await post(house, digest([muscle]), 'reading-group');
      for (let n = 1; n <= 50; n += 1) {
        await house.messages.add('reading-group', { by: 'you', text: `line ${n}` });
      }
      await page.evaluate(`location.hash = '#reading-group/${id}'; location.reload()`);
      await page.locator(`#m${id}.found`).waitFor();
      expect(await page.locator('#title').textContent()).toBe('#reading-group');
    });

    test('a picture keeps its place while it loads and leaves none when it does not come', async () => {
      const { house, page } = await openView(browser, { allowErrors: true });
      await page.route('https://pictures.example/**', (route) => route.abort());
      await post(house, digest([{ ...muscle, thumbnail: 'https://pictures.example/a.png' }]));
      const picture = page.locator('.thumbnail');
      await picture.waitFor({ state: 'attached' });
      expect(await picture.getAttribute('loading')).toBe('lazy');
      await expect.poll(() => picture.isVisible()).toBe(false);
    });
  },
);
