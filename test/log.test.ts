/** What a process with our log writes to its standard error. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

function logged(secret: string, text: string): string {
  const script = `
    import { createLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)};
    const [secret, text] = process.argv.slice(1);
    createLog('info', [secret]).info({ err: new Error(text), url: text }, text);`;
  const { stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, secret, text],
    { encoding: 'utf8' },
  );
  expect(JSON.parse(stderr).level).toBe(30);
  return stderr;
}

test.each([
  ['a token', 'xoxb-12345'],
  ['a signing secret that JSON writes otherwise', 'quote"and\\slash'],
])('%s is blacked out everywhere, however often it is said', (_, secret) => {
  const line = logged(secret, `${secret} and again ${secret}`);
  expect(line).toContain('[secret] and again [secret]');
  expect(line).not.toContain(secret);
  expect(line).not.toContain(JSON.stringify(secret).slice(1, -1));
});
