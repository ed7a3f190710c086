/** schedule, pause and resume. */
import { expect, test } from 'vitest';
import { expectMistakes, isMistake } from './mistakes.ts';
import { openScene, type Scene, wordsOf } from './scene.ts';

const stored = ({ house, place }: Scene) => house.services.channels.settings(place.channel);

test('the schedule of a channel that chose none is every weekday at nine where the asker is', async () => {
  const { say } = await openScene();
  const reply = await say('schedule');
  expect(reply.summary).toBe(
    'Digests for #general come every weekday at 09:00 (Europe/Berlin), at most 5 papers each. No topic is followed yet; /paper subscribe model-merging starts one.',
  );
  expect(reply.visibility).toBe('asker');
});

test('what is asked about is not changed', async () => {
  const scene = await openScene();
  await scene.say('schedule');
  expect(await stored(scene)).toBeUndefined();
});

test('a time, days and a timezone are read as people write them, and the next digest follows', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  for (const [line, rhythm, next] of [
    ['schedule 7:30', 'every weekday at 07:30', 'Mon 23 Nov at 07:30 (Europe/Berlin)'],
    ['schedule at:6am', 'every weekday at 06:00', 'Tue 24 Nov at 06:00 (Europe/Berlin)'],
    ['schedule at:5:30pm', 'every weekday at 17:30', 'Mon 23 Nov at 17:30 (Europe/Berlin)'],
    ['schedule noon on:daily', 'every day at 12:00', 'Mon 23 Nov at 12:00 (Europe/Berlin)'],
    ['schedule on:weekends', 'every Sat and Sun at 12:00', 'Sat 28 Nov at 12:00 (Europe/Berlin)'],
    ['schedule on:fri,wed', 'every Wed and Fri at 12:00', 'Wed 25 Nov at 12:00 (Europe/Berlin)'],
    [
      'schedule on:"monday to wednesday"',
      'every Mon, Tue and Wed at 12:00',
      'Mon 23 Nov at 12:00 (Europe/Berlin)',
    ],
    [
      'schedule timezone:tokyo',
      'every Mon, Tue and Wed at 12:00',
      'Tue 24 Nov at 12:00 (Asia/Tokyo)',
    ],
    [
      'schedule timezone:"new york" at:9 on:weekdays',
      'every weekday at 09:00',
      'Mon 23 Nov at 09:00 (America/New_York)',
    ],
  ] as const) {
    const reply = await scene.say(line);
    expect.soft(reply.summary, line).toContain(`come ${rhythm} (`);
    expect.soft(reply.summary, line).toContain(`The next one comes ${next}.`);
    expect.soft(reply.visibility, line).toBe('channel');
  }
  expect((await scene.say('schedule top:7')).summary).toContain('at most 7 papers each');
  expect((await stored(scene))?.schedule).toEqual({
    frequency: 'daily',
    at: '09:00',
    on: ['mon', 'tue', 'wed', 'thu', 'fri'],
    timezone: 'America/New_York',
    top: 7,
  });
});

test('frequency, delay, minimum, empty days and layout are chosen, told in words, and undone', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  const before = await stored(scene);
  const weekly = await scene.say(
    'schedule frequency:weekly on:fri at:16:00 delay:2d min-upvotes:3 empty:weekly layout:thread',
  );
  expect(weekly.summary).toBe(
    'Digests for #general come weekly on Fri at 16:00 (Europe/Berlin), at most 5 papers each, from 3 upvotes, 2 days after a paper came, so that votes collect, as a thread, with one line a week on days without papers. The next one comes Fri 27 Nov at 16:00 (Europe/Berlin).',
  );
  const undone = await scene.press(weekly, 'Undo');
  expect(undone.summary).toContain('come every weekday at 09:00 (Europe/Berlin), at most 5 papers');
  expect(await stored(scene)).toMatchObject({ schedule: before?.schedule, delayHours: 0 });
  const instant = await scene.say('schedule frequency:instant top:2');
  expect(instant.summary).toBe(
    'Digests for #general come as soon as papers match, at most 2 papers an hour. The next one comes as soon as a paper matches.',
  );
  expect((await scene.press(instant, 'Undo')).summary).toContain('at most 5 papers each');
});

test('a weekly digest keeps to one day, and gives the others back', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  await scene.say('schedule on:wed,fri');
  for (const [line, rhythm] of [
    ['schedule frequency:weekly', 'weekly on Wed at 09:00'],
    ['schedule on:sun', 'weekly on Sun at 09:00'],
    ['schedule frequency:daily', 'every weekday at 09:00'],
    ['schedule frequency:daily on:tue', 'every Tue at 09:00'],
  ] as const) {
    expect.soft((await scene.say(line)).summary, line).toContain(`come ${rhythm} (`);
  }
});

test('what a digest holds is changed without moving when it comes', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  const since = (await stored(scene))?.since;
  scene.house.clock.now = new Date('2026-11-23T08:00:30Z');
  await scene.say('schedule top:3 delay:12h empty:line');
  expect(await stored(scene)).toMatchObject({ since, delayHours: 12, empty: 'line' });
});

test('the next digest moves on with the clock, over a weekend and over a change of the clocks', async () => {
  const { say, house } = await openScene();
  await say('subscribe model-merging');
  for (const [now, next] of [
    ['2026-11-23T07:59:59Z', 'Mon 23 Nov at 09:00'],
    ['2026-11-23T08:00:00Z', 'Tue 24 Nov at 09:00'],
    ['2026-11-27T12:00:00Z', 'Mon 30 Nov at 09:00'],
    ['2027-03-26T12:00:00Z', 'Mon 29 Mar at 09:00'],
  ] as const) {
    house.clock.now = new Date(now);
    expect.soft((await say('schedule')).summary, now).toContain(`comes ${next} (Europe/Berlin).`);
  }
  await say('schedule at:2:30 on:daily');
  house.clock.now = new Date('2027-03-27T12:00:00Z');
  expect((await say('schedule')).summary).toContain('comes Sun 28 Mar at 03:30 (Europe/Berlin).');
});

test('a person without a known timezone schedules in the operator’s', async () => {
  const scene = await openScene({ PAPERBOY_TIMEZONE: 'Asia/Tokyo' });
  const unknown = scene.as({ actor: { timezone: async () => undefined } });
  expect((await unknown.say('schedule at:8')).summary).toContain('at 08:00 (Asia/Tokyo)');
});

test('a schedule whose next slot cannot be told is not stored', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  const settings = await stored(scene);
  if (!settings) throw new Error('No settings');
  const broken = { ...settings, schedule: { ...settings.schedule, timezone: 'Mars/Phobos' } };
  await scene.house.services.channels.putSettings(broken);
  expect((await scene.say('schedule at:10:00')).summary).toMatch(/^Something went wrong/);
  expect(await stored(scene)).toEqual(broken);
  expect((await scene.say('schedule timezone:Europe/Paris')).summary).toContain(
    'The next one comes Mon 23 Nov at 09:00 (Europe/Paris).',
  );
});

test('a channel is paused until it is resumed, and keeps its topics and schedule', async () => {
  const scene = await openScene();
  await scene.say('subscribe model-merging');
  await scene.say('schedule at:10:00');
  const paused = await scene.say('pause');
  expect(paused.summary).toBe('Digests in #general are paused; topics and schedule are kept.');
  expect(paused.visibility).toBe('channel');
  const other = scene.as({ actor: { name: 'Grace' } });
  await other.say('schedule pause');
  expect((await stored(scene))?.paused).toBe('by Ada');
  expect((await scene.say('schedule at:11:00')).summary).toContain(
    'They are paused; /paper resume starts them again.',
  );
  const again = await scene.press(paused, 'Resume');
  expect(again.summary).toBe(
    'Digests in #general are on again; the next one comes Mon 23 Nov at 11:00 (Europe/Berlin).',
  );
  expect(again.visibility).toBe('channel');
  const already = await scene.say('schedule resume');
  expect(already.summary).toBe(
    'Digests in #general are not paused; the next one comes Mon 23 Nov at 11:00 (Europe/Berlin).',
  );
  expect(already.visibility).toBe('asker');
});

test('a channel where the bot cannot post stays paused, and help with the wording is not offered', async () => {
  const scene = await openScene();
  await scene.say('pause');
  const out = scene.as({ place: { obstacle: async () => 'Invite me to #general first.' } });
  const reply = await out.say('resume');
  expect(reply.summary).toBe('Invite me to #general first.');
  expect(isMistake(wordsOf(reply))).toBe(false);
  expect((await stored(scene))?.paused).toBe('by Ada');
});

test('a wrong argument gets a sentence with a right example, and changes nothing', async () => {
  const scene = await openScene();
  const time = (wrong: string) => ({
    wrong: `schedule ${wrong}`,
    sentence: `“${wrong.replace('at:', '')}” is not a time of day I know; say for example at:09:00 or at:5:30pm.`,
    example: 'at:09:00',
    right: 'schedule at:09:00',
  });
  const words = (command: string) => ({
    wrong: `${command} now`,
    sentence: `“${command}” does not know what to do with “now”. It takes no words, for example “${command}”.`,
    example: command,
    right: command,
  });
  await expectMistakes(scene, [
    time('25:00'),
    time('at:lunch'),
    time('at:13pm'),
    { ...time('at:9:75'), example: 'at:5:30pm', right: 'schedule at:5:30pm' },
    {
      wrong: 'schedule on:someday',
      sentence:
        '“someday” is not a day of the week I know; say for example on:daily, on:weekdays or on:mon,wed,fri.',
      example: 'on:mon,wed,fri',
      right: 'schedule on:mon,wed,fri',
    },
    {
      wrong: 'schedule timezone:Mars/Phobos',
      sentence: '“Mars/Phobos” is not a timezone I know; say for example timezone:Europe/Berlin.',
      example: 'timezone:Europe/Berlin',
      right: 'schedule timezone:Europe/Berlin',
    },
    {
      wrong: 'schedule delay:soon',
      sentence:
        '“soon” is not a delay from none to 7d I know; say for example delay:12h or delay:2d.',
      example: 'delay:12h',
      right: 'schedule delay:12h',
    },
    {
      wrong: 'schedule frequency:weekly on:mon,tue',
      sentence:
        'A weekly digest comes on one day; say for example on:fri, or frequency:daily for several days.',
      example: 'on:fri',
      right: 'schedule frequency:weekly on:fri',
    },
    {
      wrong: 'schedule frequency:hourly',
      sentence: 'frequency must be one of daily, weekly, instant, for example frequency:weekly.',
      example: 'frequency:weekly',
      right: 'schedule frequency:weekly',
    },
    {
      wrong: 'schedule top:0',
      sentence: 'top must be a whole number from 1 to 20, for example top:5.',
      example: 'top:5',
      right: 'schedule top:5',
    },
    words('pause'),
    words('resume'),
  ]);
  expect(await stored(scene)).toBeUndefined();
});
