// Where the offline page leads back to.
import { expect, it } from 'vitest';
import { onward } from './onward.ts';

it('leads back to the page she wanted', () => {
  expect(onward(`?to=${encodeURIComponent('/rooms/jobs?before=7')}`)).toBe('/rooms/jobs?before=7');
});
it.each([
  '',
  '?to=https://elsewhere.example',
  '?to=//elsewhere.example',
  '?to=/%5Celsewhere.example',
  '?to=/offline?to=x',
])('leads to the rooms for %j', (search) => {
  expect(onward(search)).toBe('/rooms');
});
