import { expect, test } from 'vitest';
import { settingsOrDefault } from '../../src/command/channel.ts';
import type { Services } from '../../src/command/context.ts';
import { unseen } from '../../src/command/live.ts';
import { channelRef } from '../../src/model/channel.ts';
import { openHouse } from '../house.ts';

const channel = channelRef({ platform: 'local', workspace: 'local', channel: 'general' });

/** Somebody in #general whose profile says its timezone so. */
function asked(services: Services, timezone: () => Promise<string>) {
  const place = { channel, name: '#general', obstacle: async () => undefined };
  const actor = { id: 'ada', name: 'ada', mayManage: async () => true, timezone };
  return { ...services, ...unseen, commands: [], place, actor };
}

test('a channel that chose nothing has the timezone of who asks first', async () => {
  const { services } = await openHouse();
  const { schedule } = await settingsOrDefault(asked(services, async () => 'Asia/Tokyo'));
  expect(schedule.timezone).toBe('Asia/Tokyo');
});

test('what somebody chooses while a profile is being asked for is not lost', async () => {
  const { services } = await openHouse();
  const chosen = {
    channel,
    name: '#general',
    schedule: {
      frequency: 'daily' as const,
      at: '06:15',
      on: ['mon' as const],
      timezone: 'UTC',
      top: 3,
    },
    since: services.now().toISOString(),
  };
  const meanwhile = async () => {
    await services.channels.putSettings(chosen);
    return 'Asia/Tokyo';
  };
  expect(await settingsOrDefault(asked(services, meanwhile))).toEqual(chosen);
});
