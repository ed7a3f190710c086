/** Takes the README's picture of the local page, of the real bot: `npm run screenshot`. Needs Chromium and port 3710. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { createPaperboy, type Paperboy } from '../src/paperboy.ts';
import { launchBrowser } from './fakes/browser.ts';

const picture = join(import.meta.dirname, '../src/platforms/local/screenshot.png');

const zone = 'Europe/Berlin';
const evening = new Date('2026-11-23T17:00:00.000Z');
/** Nine in the morning there. */
const morning = new Date('2026-11-24T08:00:30.000Z');
const later = new Date('2026-11-24T08:12:00.000Z');

const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-screenshot-'));
const config = parseConfig({ PAPERBOY_STATE_DIR: stateDir });
let now = evening;
const paperboy = await createPaperboy(config, { log: createLog('error'), now: () => now });
const browser = await launchBrowser();
try {
  if (!browser) throw new Error('There is no Chromium here: apt-get install chromium.');
  await take(paperboy, browser);
  console.log(picture);
} finally {
  await browser?.close();
  await paperboy.stop();
  rmSync(stateDir, { recursive: true, force: true });
}

async function take({ start, loaded, messages, services }: Paperboy, browser: Browser) {
  let line = '';
  await start((told) => {
    line = told;
  });
  await loaded;
  const address = line.replace('Local page: ', '');
  const page = await browser.newPage({
    viewport: { width: 1240, height: 1000 },
    deviceScaleFactor: 2,
    timezoneId: zone,
    locale: 'en-GB',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await page.clock.setFixedTime(later);

  for (const [channel, topic] of [
    ['evaluation', undefined],
    ['model-merging', 'model-merging'],
    ['reading-group', 'instruction-tuning top:2'],
  ]) {
    await messages.addChannel(String(channel));
    if (!topic) continue;
    await page.request.post(`${address}/channels/${channel}/messages`, {
      data: { text: `/paper subscribe ${topic}` },
      headers: { 'Paperboy-Timezone': zone },
    });
  }
  await page.goto(`${address}/#reading-group`);
  const all = page.locator('.message');
  await all.nth(1).waitFor();
  now = morning;
  await services.digests.tick();
  const digest = all.nth(2);
  await digest.waitFor();

  now = later;
  const box = page.getByRole('textbox', { name: 'Message', exact: true });
  await box.fill('/paper search "model merging" since:2024');
  await box.press('Escape');
  await box.press('Enter');
  await all.nth(4).waitFor();
  await page.evaluate(`{
    const day = document.querySelectorAll('.day')[1];
    const log = document.getElementById('log');
    log.scrollTop += day.getBoundingClientRect().top - log.getBoundingClientRect().top - 14;
  }`);
  await page.screenshot({ path: picture });
}
