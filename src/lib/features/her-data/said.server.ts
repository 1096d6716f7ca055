// Each thing of hers in whole words of her language: what it was, what was decided about it, until when. Only the readable page imports it.
import { AUDIT_ACTION_NAMES } from '#lib/features/moderation/audit-words.ts';
import { noticeTitle, REASON_NAMES, RULE_NAMES } from '#lib/features/moderation/words.ts';
import { reactionName } from '#lib/features/messages/reactions.ts';
import { languageList, wayText } from '#lib/features/office-hours/queue.words.ts';
import { dayAndClock, NOTICE_TEXTS } from '#lib/features/office-hours/words.ts';
import { formatDate, formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { getLocale } from '#lib/i18n/generated/runtime.js';
import type { DataPart, DataRow } from '#shared/her-data.ts';

/** `title`: what it is. `facts`: one sentence each. `words`: hers, or to her. */
export interface Said {
  title: string;
  facts: string[];
  words: string[];
}
type Data = DataRow['data'];

const isoOf = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : '';
/** "28 Nov 2026, 14:05". */
export const dateOf = (value: unknown): string => {
  const iso = isoOf(value);
  const comma = getLocale() === 'ar' ? '،' : ',';
  return iso === '' ? '' : `${formatDate(iso)}${comma} ${new Intl.DateTimeFormat('de', CLOCK).format(new Date(iso))}`;
};
const CLOCK = { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' } as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const count = (value: unknown): string => formatNumber(Number(value ?? 0));
const named = (names: Partial<Record<string, () => string>>, key: unknown): string => names[text(key)]?.() ?? '';
/** A sentence about something that may not be there. */
const when = (there: unknown, say: () => string): string => (there ? say() : '');
const onDay = (value: unknown, say: (inputs: { date: string }) => string): string =>
  when(value, () => say({ date: dateOf(value) }));
const quiet = ({ quietFrom, quietTo }: Data): string =>
  when(quietFrom, () => m.data_say_quiet({ from: text(quietFrom), to: text(quietTo) }));
const languages = (codes: unknown): string =>
  when(list(codes).length, () => m.data_say_languages({ languages: languageList(list(codes)) }));

const ROLES = {
  member: m.app_role_member,
  mentor: m.app_role_mentor,
  moderator: m.app_role_moderator,
  coordinator: m.app_role_coordinator,
};
const role = (data: Data): string => when(data['role'], () => m.data_say_role({ role: named(ROLES, data['role']) }));
const EXITS = { weather: m.exit_weather, news: m.exit_news, recipes: m.exit_recipes, lexicon: m.exit_lexicon };
const LOGGED = { 'account.joined': m.data_say_joined, 'password.changed': m.data_say_password };
const STANDINGS = {
  visitor: m.data_say_visitor,
  asked: m.data_say_asked,
  declined: m.data_say_declined,
  invited: m.data_say_invited,
  in: m.data_say_in,
};
const DECIDED = {
  none: m.data_say_no_act,
  uphold: m.notice_upheld,
  overturn: m.notice_overturned,
};

/** The decision whole: what, which rule, until when, whether it still holds. */
function decision({ words, data }: DataRow): Said {
  const { decision: found, text: own, held } = data as { decision: Data | null; text: unknown; held: unknown };
  if (!found) return { title: '', facts: [m.data_say_objection()], words };
  const { kind, rule, until, undoneAt, note, excerpt } = found;
  const said = [own, held, excerpt].map(text).filter((one, at, all) => one !== '' && all.indexOf(one) === at);
  return {
    title: noticeTitle(kind as 'mute') || named(DECIDED, kind),
    facts: [
      onDay(undoneAt, () => m.notice_undone()),
      when(rule, () => m.notice_rule({ rule: named(RULE_NAMES, rule) })),
      onDay(undoneAt ? null : until, m.notice_until),
    ],
    words: [
      ...said.flatMap((one) => [`${m.notice_words()}:`, one]),
      ...(text(note) ? [`${m.notice_note()}:`, text(note)] : []),
    ],
  };
}

const factsOf: Record<Exclude<DataPart, 'decisions'>, (data: Data) => string[]> = {
  account: (data) => [
    named(LOGGED, data['kind']),
    role(data),
    when(data['locale'], () => m.data_say_language({ language: languageList([text(data['locale'])]) })),
    when(list(data['reads']).length, () => m.data_say_reads({ languages: languageList(list(data['reads'])) })),
    when(data['showsPresence'] === true, m.data_say_seen),
    when(data['showsPresence'] === false, m.data_say_unseen),
    when(data['exitTo'], () => m.data_say_exit({ site: named(EXITS, data['exitTo']) })),
    when(data['disguise'] === true, m.data_say_disguised),
  ],
  logins: (data) => [onDay(data['createdAt'], m.data_say_signed_in), onDay(data['expiresAt'], m.data_say_ends)],
  devices: (data) => [quiet(data) || m.data_say_device()],
  rooms: (data) => [named(STANDINGS, data['standing']), when(data['host'] === true, m.data_say_host), quiet(data)],
  messages: (data) => [
    when(data['anonymous'] === true, m.data_say_nameless),
    when(data['question'], m.data_say_question),
    when(list(data['versions']).length, () => m.data_say_edited({ date: dateOf(data['editedAt']) })),
    when(data['removedBy'], m.data_say_removed),
    when(data['hidden'], data['hidden'] === 'review' ? m.data_say_review : m.data_say_hidden),
  ],
  reactions: (data) => list(data['reactions']).map((one) => reactionName(one as 'heart')),
  saved: () => [m.data_say_saved()],
  pictures: () => [],
  places: (data) => [
    when(data['number'], () => m.ticket_number({ number: count(data['number']) })),
    when(data['how'], () => named(wayText, data['how'])),
    languages(data['languages']),
    onDay(data['endedAt'], m.data_say_over),
  ],
  talks: (data) => [
    data['side'] === 'host' ? m.data_say_talk_host() : m.data_say_talk_owner(),
    onDay(data['endedAt'], m.data_say_over),
    onDay(data['deleteAt'], m.data_say_deleted),
  ],
  steps: () => [],
  answers: () => [],
  hours: (data) => [
    when(data['calendar'], m.data_say_calendar),
    when(data['start'], () => m.data_say_times({ from: text(data['start']), to: text(data['end']) })),
    languages(data['languages']),
    onDay(data['endedAt'], m.data_say_over),
  ],
  follows: () => [m.data_say_follow()],
  invitations: (data) => [
    role(data),
    when(data['uses'], () => m.data_say_uses({ left: count(data['usesLeft']), count: count(data['uses']) })),
    onDay(data['expiresAt'], m.data_say_until),
    onDay(data['revokedAt'], m.data_say_revoked),
  ],
  blocks: (data) => [onDay(data['endedAt'], m.data_say_over)],
  notices: (data) => {
    const starts = isoOf(data['startsAt']);
    const say = NOTICE_TEXTS[data['kind'] as keyof typeof NOTICE_TEXTS] as
      (typeof NOTICE_TEXTS)['ticket.soon'] | undefined;
    return [say?.({ time: starts && dayAndClock(starts) }) ?? ''];
  },
  reports: (data) => [
    named(REASON_NAMES, data['reason']),
    when(data['founded'] === true, m.report_acted),
    when(data['founded'] === false, m.report_not_acted),
  ],
  record: (data) => [
    data['by'] === 'me' ? m.data_say_by_you() : m.data_say_about_you(),
    named(AUDIT_ACTION_NAMES, data['action']),
  ],
};

/** Machine words stay in data.json. */
export function saidOf(part: DataPart, row: DataRow): Said {
  if (part === 'decisions') return decision(row);
  return { title: '', facts: factsOf[part](row.data).filter((one) => one !== ''), words: row.words };
}
