import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { FakeSlack } from '../../fakes/slack/slack.ts';
import { openScene, type SceneOptions } from './scene.ts';

async function refusalOf(
  options: SceneOptions,
  prepare?: (slack: FakeSlack) => void,
): Promise<{ error: unknown; log: string }> {
  const { slack, platform, log } = await openScene({ ...options, isStopped: true });
  prepare?.(slack);
  const error: unknown = await platform.start().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, log: log() };
}

describe('connecting', () => {
  test('says where the bot is and how', async () => {
    expect((await openScene()).line).toBe('Slack: @paperboy in Readers, Socket Mode.');
    expect((await openScene({ mode: 'http' })).line).toMatch(
      /^Slack: @paperboy in Readers, listening on port \d+ at \/slack\/events\.$/,
    );
  });

  test('Socket Mode wins when both are set', async () => {
    const { slack } = await openScene({ env: { SLACK_SIGNING_SECRET: 'x' } });
    expect(slack.socket.connections).toBe(1);
  });

  test('an address of the API without its last slash works', async () => {
    const slack = await FakeSlack.start();
    onTestFinished(() => slack.stop());
    const { platform } = await openScene({
      isStopped: true,
      env: { SLACK_API_URL: slack.apiUrl.replace(/\/$/, '') },
    });
    expect(await platform.start()).toContain('Readers');
  });

  test.each([
    ['SLACK_BOT_TOKEN', 'xoxb-wrong-one', 'invalid_auth'],
    ['SLACK_APP_TOKEN', 'xapp-wrong-one', 'invalid_auth'],
  ])('a refused %s is named, and its value is nowhere', async (name, value, code) => {
    const { error, log } = await refusalOf({ env: { [name]: value } });
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`Slack refuses ${name} (${code}).`);
    expect(String(error) + log).not.toContain(value);
  });

  test('an app that was removed from the workspace is named', async () => {
    const { error } = await refusalOf({}, (slack) => {
      slack.workspace.app.installed = false;
    });
    expect(String(error)).toContain('SLACK_BOT_TOKEN (account_inactive)');
  });

  test('an app token without connections:write is named', async () => {
    const { error } = await refusalOf({}, (slack) =>
      slack.fault({ method: 'apps.connections.open', kind: 'error', error: 'missing_scope' }),
    );
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain('connections:write');
  });

  test('a short outage at the start is waited out, a long one is no fault of the configuration', async () => {
    const { slack, platform } = await openScene({ isStopped: true });
    slack.fault({ method: 'auth.test', kind: '503', times: 2 });
    expect(await platform.start()).toContain('Readers');
    const { error } = await refusalOf({}, (down) =>
      down.fault({ method: 'auth.test', kind: '503', times: Number.POSITIVE_INFINITY }),
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(UserError);
  });

  test('a port that is taken is named', async () => {
    const other = createServer().listen(0);
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const { error } = await refusalOf({ mode: 'http', env: { SLACK_PORT: port } });
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`Port ${port} is taken; set SLACK_PORT`);
  });
});

describe('a socket', () => {
  test.each(['refresh_requested', 'cut'] as const)(
    'that ends (%s) is opened again',
    async (how) => {
      const { slack } = await openScene();
      if (how === 'cut') slack.socket.cut();
      else slack.socket.disconnect(how);
      await slack.waitFor(() => slack.socket.connections === 0);
      await slack.waitFor(() => slack.socket.connections === 1, 5_000);
      const help = await slack.slash({ user: 'ada', channel: 'papers', text: 'help' });
      expect((await help.reply()).text).toContain('/paper search');
    },
  );

  test('that cannot be opened again at first is tried until it can, and the process lives on', async () => {
    const { slack, log } = await openScene();
    slack.fault({ method: 'apps.connections.open', kind: '500' });
    slack.fault({ method: 'apps.connections.open', kind: 'error', error: 'invalid_auth' });
    slack.socket.cut();
    await slack.waitFor(() => slack.callsOf('apps.connections.open').length === 3, 8_000);
    await slack.waitFor(() => slack.socket.connections === 1, 5_000);
    await expect.poll(log).toContain('connected again');
  });

  test('is not opened again after a stop', async () => {
    const { slack, platform } = await openScene();
    await platform.stop();
    await slack.waitFor(() => slack.socket.connections === 0);
    await sleep(300);
    expect(slack.callsOf('apps.connections.open')).toHaveLength(1);
  });

  test('a stop while it is being opened again ends that too', async () => {
    const { slack, platform } = await openScene();
    slack.fault({ method: 'apps.connections.open', kind: '500', times: Number.POSITIVE_INFINITY });
    slack.socket.cut();
    await slack.waitFor(() => slack.callsOf('apps.connections.open').length === 2, 5_000);
    const begun = performance.now();
    await platform.stop();
    expect(performance.now() - begun).toBeLessThan(1_500);
    await sleep(1_500);
    expect(slack.callsOf('apps.connections.open')).toHaveLength(2);
  });
});

describe('the log', () => {
  test("carries Bolt's own complaints, and neither tokens nor addresses that let one in", async () => {
    const { slack, log } = await openScene();
    slack.fault({ method: 'response_url', kind: '500' });
    const help = await slack.slash({ user: 'ada', channel: 'papers', text: 'help' });
    await slack.waitFor(() => slack.view('papers', 'ada').length === 1);
    slack.fault({ method: 'apps.connections.open', kind: 'html' });
    slack.socket.cut();
    await expect.poll(log).toContain('Failed to retrieve a new WSS URL');
    const { app } = slack.workspace;
    const url = String(help.payload.response_url);
    for (const secret of [app.botToken, app.appToken, app.verificationToken, url, 'ticket=']) {
      expect(log()).not.toContain(secret);
    }
    expect(log()).toContain('"msg":"slack: connected"');
  });
});
