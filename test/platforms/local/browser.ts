/** The page in a real browser, with everything it complained about. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { type House, openHouse } from '../../house.ts';
import { addressOf } from './http.ts';

export interface View {
  house: House;
  page: Page;
  /** The message box. */
  box: Locator;
  /** The messages, in order. */
  messages: Locator;
  /** Sends a line as a person does and waits for the answer. */
  say(line: string): Promise<Locator>;
}

export interface ViewOptions extends BrowserContextOptions {
  house?: House;
  /** Behind the address, `#general`. */
  hash?: string;
  /** Network trouble the test makes itself is no complaint. */
  allowErrors?: boolean;
}

/** Opens the page of a new bot; when the test ends, nothing must have gone wrong in it. */
export async function openView(browser: Browser, options: ViewOptions = {}): Promise<View> {
  const { house = await openHouse(), hash = '', allowErrors, ...context } = options;
  const browserContext = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...context,
  });
  const page = await browserContext.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`A dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  onTestFinished(async () => {
    await browserContext.close();
    if (!allowErrors) expect(complaints).toEqual([]);
  });
  await page.goto(`${addressOf(house)}/${hash}`);
  await page.getByText('Connected to').waitFor();

  const box = page.getByRole('textbox', { name: 'Message', exact: true });
  const messages = page.locator('.message');
  return {
    house,
    page,
    box,
    messages,
    async say(line) {
      const before = await messages.count();
      await box.fill(line);
      await box.press('Escape');
      await box.press('Enter');
      const answer = messages.nth(before + 1);
      await answer.waitFor();
      return answer;
    },
  };
}

/** Fails when anything is wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = await page.evaluate(
    `['html', '#log'].map((selector) => {
      const element = document.querySelector(selector);
      return element.scrollWidth - element.clientWidth;
    })`,
  );
  expect(widths).toEqual([0, 0]);
}
