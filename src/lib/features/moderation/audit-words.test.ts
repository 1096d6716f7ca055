// The reasons of the log: words where the log keeps a code, and what somebody wrote as she wrote it.
import { expect, test } from 'vitest';
import { reasonText } from './audit-words.ts';

test.each([
  ['case.decided', 'mute safety: bitte ruhig: ja', 'Mute · Nobody is put in danger · bitte ruhig: ja'],
  ['case.decided', 'none', 'No action'],
  ['case.decided', 'overturn: falsch', 'Take the decision back · falsch'],
  ['case.proposed', 'ban no-scam', 'Ban · No scams and no advertising'],
  ['report.marked', 'false on purpose', 'Marked as false on purpose'],
  ['report.marked', 'not false on purpose', 'Not on purpose after all'],
  ['door.closed', 'newcomers', 'Very many came in a short time'],
  ['room.kept', '365', '365 days'],
  [
    'room.paced',
    'staff, slow 0 s, newcomers 24 h',
    'Only mentors and moderators · Without waiting · Newcomers only read first (hours): 24',
  ],
  ['community.changed', 'fourEyes: false', 'A ban holds only when a second moderator agrees: no'],
  [
    'community.changed',
    'holdLinks: true, holdPhones: false',
    'Links from new members wait for a moderator: yes · Telephone numbers in open rooms wait for a moderator: no',
  ],
  [
    'community.changed',
    'hideFor: danger,private-data',
    'Hide until a moderator has looked: Somebody is in danger · Private data',
  ],
  ['community.changed', 'hideFor: ', 'Hide until a moderator has looked: nothing'],
  ['community.changed', 'editMinutes: 15', 'Changing messages: 15 minutes'],
  ['community.changed', 'reportDays: 730', 'Deleting reports: 2 years'],
  [
    'community.changed',
    'week for everybody: true',
    'Everyone sees the week of drop-in hours, also without signing in: yes',
  ],
  ['community.changed', 'something: else', 'something: else'],
  ['ticket.looked', 'sie ist in Gefahr', 'sie ist in Gefahr'],
  ['case.decided', 'something else', 'something else'],
  ['case.opened', null, ''],
] as const)('a reason of the log is said in words: %s %s', (action, reason, words) => {
  expect(reasonText({ action, reason })).toBe(words);
});
