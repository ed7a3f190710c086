import { expect, test } from 'vitest';
import { createOnce } from '../../src/platforms/once.ts';

test('an event is new once, as long as it is remembered', () => {
  const isNew = createOnce(2);
  expect(['a', 'a', 'b', 'a', 'c', 'b'].map((id) => isNew(id))).toEqual([
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
