import { expect, test } from 'vitest';
import { createOnce } from '../../../src/platforms/discord/once.ts';

test('an event is new once, as long as it is remembered', () => {
  const isNew = createOnce(2);
  expect(['a', 'a', 'b', 'a', 'c', 'b'].map(isNew)).toEqual([
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
  // By now the oldest is forgotten, so that memory stays bounded.
  expect(isNew('a')).toBe(true);
});
