// What stands between messages.
import { expect, it } from 'vitest';
import { rowsOf } from './rows.ts';
import type { MessageView } from '#shared/messages.ts';
import { PLAIN } from '#shared/messages.reduce.ts';

let seq = 0;
function message(by: string, at: string, text: string | null = 'text'): MessageView {
  seq++;
  const author = { id: by, displayName: by, role: 'member' as const, hue: 0 };
  return {
    ...PLAIN,
    id: `m${seq}`,
    roomId: 'r',
    seq,
    rev: seq,
    post: seq,
    author,
    text,
    removedBy: null,
    at,
    clientId: `c${seq}`,
  };
}
const list = (...make: [string, string, (string | null)?][]) => {
  seq = 0;
  return make.map(([by, at, text]) => message(by, at, text));
};

it('begins a new day at midnight of the network, not of the server', () => {
  const rows = rowsOf(list(['a', '2026-11-21T22:59:00Z'], ['a', '2026-11-21T23:01:00Z']), 'me', null, 'Europe/Berlin');
  expect(rows.map((row) => row.day)).toEqual([true, true]);
});
it('puts the unread line before the first unread message of somebody else, once', () => {
  const at = '2026-11-21T12:00:00Z';
  const rows = rowsOf(list(['a', at], ['me', at], ['a', at], ['b', at]), 'me', 1, 'Europe/Berlin');
  expect(rows.map((row) => row.unread)).toEqual([false, false, true, false]);
});
it('draws no line when everything is read', () => {
  const rows = rowsOf(list(['a', '2026-11-21T12:00:00Z']), 'me', 1, 'Europe/Berlin');
  expect(rows[0]?.unread).toBe(false);
});
it('names the author again after a pause, after a stone, and when somebody else spoke', () => {
  const rows = rowsOf(
    list(
      ['a', '2026-11-21T12:00:00Z'],
      ['a', '2026-11-21T12:01:00Z'],
      ['a', '2026-11-21T12:09:00Z', null],
      ['a', '2026-11-21T12:10:00Z'],
      ['b', '2026-11-21T12:10:30Z'],
      ['a', '2026-11-21T12:11:00Z'],
    ),
    'me',
    null,
    'Europe/Berlin',
  );
  expect(rows.map((row) => row.goesOn)).toEqual([false, true, false, false, false, false]);
});
it('says which names are mentions in a message, her own too, and leaves out whom the page does not know', () => {
  const at = '2026-11-21T12:00:00Z';
  const [first, second] = list(['a', at], ['b', at]);
  const rows = rowsOf(
    [first, second].flatMap((one) => (one ? [{ ...one, mentions: ['a', 'me', 'unknown'] }] : [])),
    'me',
    null,
    'Europe/Berlin',
    [],
    'Nour',
  );
  expect(rows.map(({ named }) => named)).toEqual([
    ['a', 'Nour'],
    ['a', 'Nour'],
  ]);
});
