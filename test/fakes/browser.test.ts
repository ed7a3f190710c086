import { expect, test } from 'vitest';
import { chromiumPath, launchBrowser } from './browser.ts';

test.skipIf(!chromiumPath)(
  'a headless Chromium opens a page (skipped where there is none: apt-get install chromium)',
  async () => {
    const browser = await launchBrowser();
    const page = await browser?.newPage();
    await page?.setContent('<button onclick="this.textContent = 1 + 1">add</button>');
    await page?.getByRole('button').click();
    expect(await page?.textContent('button')).toBe('2');
    await browser?.close();
  },
);
