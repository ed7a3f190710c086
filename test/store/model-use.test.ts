import { describe, expect, test } from 'vitest';
import { createModelUse } from '../../src/store/model-use.ts';
import { engines } from './databases.ts';

describe.each(engines)('on %s', (_, open) => {
  test('a workspace has its answers a day, whoever takes them at once, and the next day again', async () => {
    const db = await open();
    const clock = { now: new Date('2026-11-25T23:59:00Z') };
    const [here, there] = [1, 2].map(() => createModelUse(db, () => clock.now));
    const takes = Array.from({ length: 6 }, (_, i) => (i % 2 ? here : there)?.take('slack:T1', 4));
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(4);
    expect(await here?.take('slack:T2', 4)).toBe(true);
    expect(await here?.take('slack:T3', 0)).toBe(false);
    clock.now = new Date('2026-11-26T00:00:00Z');
    expect(await there?.take('slack:T1', 4)).toBe(true);
  });
});
