/**
 * Socket Mode, kept connected. Bolt's own reconnecting ends the process when an attempt fails
 * (https://github.com/slackapi/node-slack-sdk/issues/2656), so it is switched off and done here.
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeReceiver } from '@slack/bolt';
import type { Config } from '../../config.ts';
import type { Log } from '../../log.ts';
import { clientOptions } from './client.ts';
import type { Connection } from './connection.ts';
import { postErrorOf, startErrorOf } from './failure.ts';
import { boltLogger } from './log.ts';

/** A socket that says nothing for so long will not, in milliseconds. */
const CONNECT_MS = 15_000;
const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 60_000;

/** How long Slack may take to close its end, in milliseconds; it often leaves it open. */
const GRACE_MS = 500;

export function createSocket(config: Config, log: Log): Connection {
  const receiver = new SocketModeReceiver({
    appToken: config.SLACK_APP_TOKEN ?? '',
    autoReconnectEnabled: false,
    logger: boltLogger(log),
    installerOptions: { clientOptions: clientOptions(config, log) },
  });
  const { client } = receiver;
  const closing = new AbortController();
  let isOpen = false;
  let isConnecting = false;

  async function connect(): Promise<void> {
    const started = receiver.start();
    const late = sleep(CONNECT_MS, 'late', { ref: false });
    try {
      if ((await Promise.race([started, late])) === 'late') throw new Error('no hello from Slack');
    } catch (error) {
      // What was begun must not come up later beside the next attempt.
      started.catch(() => {});
      await hangUp();
      throw error;
    }
    if (closing.signal.aborted) await hangUp();
    isOpen = !closing.signal.aborted;
  }

  async function reconnect(): Promise<void> {
    isConnecting = true;
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      try {
        await connect();
        if (failures) log.info('slack: connected again');
        break;
      } catch (error) {
        const { message, retryAfterMs = 0 } = postErrorOf(error);
        const waitMs = Math.max(
          retryAfterMs,
          Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MOST_MS),
        );
        log.warn({ err: error, waitMs }, `slack: not connected, trying again: ${message}`);
        await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
    isConnecting = false;
  }

  /** Closes politely, then tears the connection down: a second `disconnect` does. */
  async function hangUp(): Promise<void> {
    const gone = client.disconnect();
    const late = sleep(GRACE_MS, 'late', { ref: false });
    if ((await Promise.race([gone, late])) === 'late') await client.disconnect();
  }

  return {
    receiver,
    async open() {
      isConnecting = true;
      try {
        await connect();
      } catch (error) {
        throw startErrorOf(error, 'SLACK_APP_TOKEN');
      }
      isConnecting = false;
      client.on('disconnected', () => {
        isOpen = false;
        if (!isConnecting && !closing.signal.aborted) void reconnect();
      });
      return 'Socket Mode';
    },
    isOpen: () => isOpen,
    async close() {
      closing.abort();
      await hangUp();
    },
  };
}
