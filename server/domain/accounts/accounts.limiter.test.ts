// What counts as one place, and that the bounds fit the people they are for.
import { expect, test } from 'vitest';
import { placeOf, RULES } from './accounts.limiter.ts';

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:0001:2::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  ['', ''],
])('%s is the place %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});

test('one address alone cannot use up what all strangers have for one account', () => {
  const perHour = (RULES.pair.max * RULES.account.window) / RULES.pair.window;
  // windows are fixed, so an hour of hers can touch one quarter of an hour more
  expect(perHour + RULES.pair.max).toBeLessThan(RULES.account.max);
});

test('a community centre of 80 women has room to mistype', () => {
  expect(RULES.address.max).toBeGreaterThan(80);
  expect(RULES.code.max).toBeGreaterThan(80);
});
