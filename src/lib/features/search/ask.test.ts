// The addresses of searches.
import { expect, test } from 'vitest';
import { askedOf, placeAddress, searchAddress } from './ask.ts';

test('a search survives its address, whatever is in it', () => {
  const asked = {
    query: 'a&b=c #ü مدرسة',
    room: 'jobs',
    by: 'نور',
    author: 'f'.repeat(24),
    from: '2026-01-02',
    to: '',
    before: '',
  };
  const address = searchAddress(asked, {});
  expect(askedOf(new URL(address, 'https://hub.example').searchParams)).toEqual(asked);
  expect(address).not.toContain('to=');
});

test('another filter begins with the newest, the next page keeps the filters', () => {
  const asked = { query: 'x', room: 'jobs', by: '', author: '', from: '', to: '', before: '5-abc' };
  expect(searchAddress(asked, { by: 'Nour', author: 'me' })).toBe('/search?q=x&room=jobs&by=Nour&author=me');
  expect(searchAddress(asked, { before: '4-def' })).toBe('/search?q=x&room=jobs&before=4-def');
});

test('a message opens in its place, one in a thread on the page of the thread', () => {
  const found = { roomSlug: 'jobs', messageId: 'a1', seq: 40, root: null };
  expect(placeAddress(found)).toBe('/rooms/jobs?at=40#a1');
  expect(placeAddress({ ...found, root: { messageId: 'r1', seq: 7 } })).toBe('/rooms/jobs/thread/r1#a1');
});
