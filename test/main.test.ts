/** The process as an operator meets it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FakeDiscord } from './fakes/discord/server.ts';
import { FakeSlack } from './fakes/slack/slack.ts';

interface Run {
  child: ChildProcessWithoutNullStreams;
  out(): string;
  err(): string;
  /** Resolves when standard output holds this. */
  says(text: string): Promise<void>;
  code: Promise<number | null>;
}

/** Starts `src/main.ts` in an empty folder, so that no `.env` of the checkout is read. */
function start(env: Record<string, string>, ...args: string[]): Run {
  const cwd = mkdtempSync(join(tmpdir(), 'paperboy-main-'));
  const child = spawn(process.execPath, [resolve('src/main.ts'), ...args], {
    cwd,
    env: { PATH: process.env.PATH, PAPERBOY_PORT: '0', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const code = once(child, 'exit').then(([status]) => status as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await code;
    rmSync(cwd, { recursive: true, force: true });
  });
  const says = (text: string) =>
    new Promise<void>((found, lost) => {
      const look = () => out.includes(text) && found();
      child.stdout.on('data', look);
      void code.then(() => lost(new Error(`It ended without saying ${text}:\n${out}\n${err}`)));
      look();
    });
  return { child, out: () => out, err: () => err, says, code };
}

test('without a token it serves the local page, says what it found, and stops on SIGTERM', async () => {
  const run = start({});
  await run.says('Local page: http://127.0.0.1:');
  expect(run.out()).toContain('no tokens');
  const address = /http:\S+/.exec(run.out())?.[0] ?? '';
  expect((await fetch(address)).status).toBe(200);
  const began = performance.now();
  run.child.kill('SIGTERM');
  expect(await run.code).toBe(0);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('with every token it connects everywhere, prints no secret, and Ctrl-C stops it', async () => {
  const slack = await FakeSlack.start();
  const discord = await FakeDiscord.start();
  onTestFinished(async () => {
    await Promise.all([slack.stop(), discord.stop()]);
  });
  const secrets = {
    SLACK_BOT_TOKEN: slack.workspace.app.botToken,
    SLACK_APP_TOKEN: slack.workspace.app.appToken,
    DISCORD_TOKEN: discord.token,
  };
  const run = start({
    ...secrets,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_API_URL: discord.apiUrl,
    LOG_LEVEL: 'trace',
  });
  await run.says('Ctrl-C stops');
  expect(run.out()).toContain('SLACK_BOT_TOKEN, SLACK_APP_TOKEN, DISCORD_TOKEN');
  expect(run.out()).toMatch(/https:\/\/\S+client_id=\d+/);
  for (const secret of Object.values(secrets)) expect(run.out() + run.err()).not.toContain(secret);
  const began = performance.now();
  run.child.kill('SIGINT');
  expect(await run.code).toBe(0);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a refused token ends the start with a sentence that names the setting and not the token', async () => {
  const slack = await FakeSlack.start();
  onTestFinished(() => slack.stop());
  const run = start({
    SLACK_BOT_TOKEN: 'xoxb-wrong',
    SLACK_APP_TOKEN: slack.workspace.app.appToken,
    SLACK_API_URL: slack.apiUrl,
  });
  expect(await run.code).toBe(1);
  expect(run.err()).toContain('SLACK_BOT_TOKEN');
  expect(run.err()).not.toContain('xoxb-wrong');
  expect(run.err()).not.toMatch(/^\s+at /m);
});

test('a wrong environment is told in full before anything starts', async () => {
  const run = start({ PAPERBOY_PORT: 'many', PAPERBOY_COLOR: 'red' });
  expect(await run.code).toBe(1);
  expect(run.err()).toMatch(/PAPERBOY_PORT.*PAPERBOY_COLOR/s);
});

test('--check loads everything and ends', async () => {
  const run = start({}, '--check');
  expect(await run.code).toBe(0);
  expect(run.out()).toContain('Ready with 96 papers');
});

test('a second start opens the index that the first saved, unless it is damaged', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-state-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  const once = async () => {
    const run = start({ PAPERBOY_STATE_DIR: stateDir });
    await run.says('Local page: http://127.0.0.1:');
    run.child.kill('SIGTERM');
    expect(await run.code).toBe(0);
    return run.err();
  };
  expect(await once()).toMatch(/"reason":"there is none".*"papers":96,"from":"database"/s);
  expect(await once()).toContain('"papers":96,"from":"snapshot"');
  truncateSync(join(stateDir, 'papers.index'), 20_000);
  expect(await once()).toMatch(/"reason":"it is damaged".*"papers":96,"from":"database"/s);
  expect(await once()).toContain('"papers":96,"from":"snapshot"');
});

test('while a service cannot be reached, everything else runs, and it is tried again', async () => {
  const slack = await FakeSlack.start();
  const { apiUrl } = slack;
  await slack.stop();
  const { botToken, appToken } = slack.workspace.app;
  const run = start({
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
  });
  await run.says('Not connected yet: ');
  expect(run.out()).toContain('Local page: http://127.0.0.1:');
  run.child.kill('SIGTERM');
  expect(await run.code).toBe(0);
});

test('SIGTERM to npm start leaves nothing running', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'paperboy-npm-'));
  const child = spawn('npm', ['start'], {
    env: { PATH: process.env.PATH, PAPERBOY_PORT: '0', PAPERBOY_STATE_DIR: stateDir },
  });
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  let out = '';
  const address = await new Promise<string>((found) => {
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const [link] = /http:\/\/127\.0\.0\.1:\d+/.exec(out) ?? [];
      if (link) found(link);
    });
  });
  expect((await fetch(address)).status).toBe(200);
  // Standard output ends when the last process that holds it does, not with npm's own end.
  const ended = once(child.stdout, 'close');
  child.kill('SIGTERM');
  await ended;
  await expect(fetch(address)).rejects.toThrow();
});
