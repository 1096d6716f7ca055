// The part of the sources that is about help and moderation: places, talks, office hours, notices, reports, decisions. Only this area imports it.
import { list, pick, same, within, type Source } from './her-data.entities.ts';

export const CARE_SOURCES: readonly Source[] = [
  {
    part: 'places',
    collection: 'tickets',
    filter: ({ oid }) => ({ ownerId: oid }),
    say: (row) => ({
      ...{ at: row.joinedAt, words: [row.firstName, row.words] },
      data: pick(
        row,
        ...['number', 'firstName', 'topic', 'words', 'languages', 'how', 'windows', 'state', 'joinedAt', 'endedAt'],
      ),
    }),
  },
  {
    part: 'talks',
    collection: 'talks',
    filter: ({ oid }) => ({ $or: [{ 'owners.userId': oid }, { hostId: oid }] }),
    say(row, { oid }) {
      const own = list(row.owners).find((one) => same(within(one).userId, oid));
      return {
        ...{ at: row.startedAt, words: own ? [within(own).name, within(own).phone] : [] },
        data: {
          ...pick(row, 'startedAt', 'endedAt', 'deleteAt'),
          ...(own ? { side: 'owner', ...pick(within(own), 'name', 'phone', 'rated') } : { side: 'host' }),
        },
      };
    },
  },
  {
    part: 'steps',
    collection: 'nextSteps',
    filter: ({ oid }) => ({ ownerId: oid }),
    say: (row) => ({ at: row.at, words: [row.text], data: pick(row, 'text', 'at') }),
  },
  {
    part: 'answers',
    collection: 'savedAnswers',
    filter: ({ id }) => ({ userId: id }),
    say: (row) => ({
      ...{ at: row.usedAt, words: [row.title, ...list(row.texts).map((one) => within(one).text)] },
      data: pick(row, 'title', 'texts', 'usedAt'),
    }),
  },
  {
    part: 'hours',
    collection: 'officeHours',
    filter: ({ oid }) => ({ hostIds: oid }),
    say: (row) => ({
      ...{ at: row.createdAt, words: [row.place] },
      data: pick(
        row,
        'topics',
        'languages',
        'start',
        'end',
        'repeat',
        'until',
        'online',
        'place',
        'createdAt',
        'endedAt',
      ),
    }),
  },
  {
    part: 'hours',
    collection: 'calendarFeeds',
    filter: ({ oid }) => ({ userId: oid }),
    say: (row) => ({ at: row.createdAt, data: { calendar: true, ...pick(row, 'locale', 'createdAt') } }),
  },
  {
    part: 'follows',
    collection: 'officeHoursFollows',
    filter: ({ oid }) => ({ userId: oid }),
    say: (row) => ({ at: row.since, data: { officeHoursId: String(row.officeHoursId), ...pick(row, 'since') } }),
  },
  {
    part: 'invitations',
    collection: 'invitations',
    filter: ({ id }) => ({ createdBy: id }),
    say: (row) => ({
      ...{ at: row.createdAt, words: [row.note] },
      data: pick(row, 'note', 'role', 'uses', 'usesLeft', 'createdAt', 'expiresAt', 'revokedAt'),
    }),
  },
  {
    // never who blocked her
    part: 'blocks',
    collection: 'blocks',
    filter: ({ id }) => ({ by: id }),
    say: (row) => ({ at: row.at, person: String(row.whom), data: pick(row, 'at', 'endedAt') }),
  },
  {
    part: 'notices',
    collection: 'notices',
    filter: ({ authors }) => ({ userId: { $in: authors } }),
    say: (row) => ({
      at: row.at,
      data: { ...pick(row, 'kind', 'at', 'readAt'), startsAt: within(row.params).startsAt ?? null },
    }),
  },
  {
    part: 'reports',
    collection: 'moderationReports',
    filter: ({ id, authors }) => ({ reporterId: { $in: [id, ...authors.map(String)] } }),
    say: (row) => ({ at: row.at, words: [row.note], data: pick(row, 'reason', 'note', 'at', 'founded') }),
  },
  {
    part: 'decisions',
    collection: 'moderationCases',
    filter: ({ id, authors }) => ({ aboutId: { $in: [id, ...authors.map(String)] } }),
    say(row) {
      const held = within(within(within(row.held).post)).text ?? null;
      const reported = within(row.evidence).text ?? null;
      const decision = row.state === 'decided' && row.decision ? within(row.decision) : null;
      // what others reported and nobody decided is not told before it is decided
      if (!decision && row.text === null && held === null) return null;
      return {
        ...{ at: decision?.at ?? row.openedAt, room: row.roomId },
        words: [row.text, held, ...(decision ? [row.excerpt, reported, decision.note] : [])],
        data: {
          ...{ text: row.text, held },
          decision: decision && {
            excerpt: row.excerpt,
            reported,
            ...pick(decision, 'kind', 'rule', 'until', 'note', 'at', 'undoneAt'),
          },
        },
      };
    },
  },
  {
    part: 'record',
    collection: 'auditSides',
    filter: ({ id }) => ({ person: id }),
    // what is only proposed about her is not told before it is decided
    say: (row) =>
      row.action === 'case.proposed' ? null : { at: row.at, data: { about: 'me', ...pick(row, 'action', 'at') } },
  },
  {
    part: 'record',
    collection: 'auditSides',
    filter: ({ id }) => ({ actor: id }),
    say: (row) => ({ at: row.at, words: [row.reason], data: { by: 'me', ...pick(row, 'action', 'at', 'reason') } }),
  },
];
