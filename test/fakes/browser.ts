/** Debian's Chromium, headless, for the tests of the local page; they are skipped where it is missing. */
import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/**
 * The Chromium to use, CHROMIUM_PATH or Debian's; undefined where there is none:
 * `test.skipIf(!chromiumPath)('… (needs Chromium: apt-get install chromium)', …)`.
 */
export const chromiumPath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(isExecutable);

/**
 * A browser with an empty profile, which goes away on `close()`; undefined where there is no Chromium.
 * @throws when Chromium is there and does not start
 */
export async function launchBrowser(): Promise<Browser | undefined> {
  if (!chromiumPath) return undefined;
  return chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--no-sandbox', // root, as in a container, has no sandbox
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function isExecutable(path: string | undefined): boolean {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
