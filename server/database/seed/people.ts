// The people of the demo community: fictional, first names or pseudonyms only. Imported by the seed only.
import type { Role } from '#shared/accounts.ts';
import type { Locale } from '#shared/locales.ts';

interface DemoPerson {
  role: Role;
  displayName: string;
  /** The language of her interface. */
  locale: Locale;
  /** What she writes and understands, as BCP 47 tags; a mentor helps in these. */
  languages: readonly string[];
  /** Posts that she has not read yet, by the room's slug; left out: none. */
  unread?: Readonly<Record<string, number>>;
}

/** One password for everybody in the demo: printed at the start and typed on phones. */
export const DEMO_PASSWORD = 'sonne-und-tee';

/** The key is her user name. */
export const PEOPLE = {
  katrin: {
    role: 'coordinator',
    displayName: 'Katrin',
    locale: 'de',
    languages: ['de'],
    unread: { jobs: 6, bureaucracy: 7, schools: 4 },
  },

  lena: {
    role: 'moderator',
    displayName: 'Lena',
    locale: 'de',
    languages: ['de', 'en'],
    unread: { jobs: 4, bureaucracy: 40, schools: 2 },
  },
  samira: { role: 'moderator', displayName: 'Samira', locale: 'ar', languages: ['ar', 'de'], unread: { jobs: 3 } },

  // a nurse
  hiba: { role: 'mentor', displayName: 'هبة', locale: 'ar', languages: ['ar', 'de'], unread: { jobs: 3 } },
  // a teacher
  oksana: { role: 'mentor', displayName: 'Оксана', locale: 'uk', languages: ['uk', 'ru', 'de'], unread: { jobs: 1 } },
  // a clerk in a law office
  parwin: { role: 'mentor', displayName: 'Parwin', locale: 'de', languages: ['prs', 'fa', 'de'] },
  // a Kita educator
  dilan: {
    role: 'mentor',
    displayName: 'Dilan',
    locale: 'de',
    languages: ['tr', 'kmr', 'de'],
    unread: { jobs: 5, schools: 2 },
  },
  // worked in a Jobcenter
  renate: { role: 'mentor', displayName: 'Renate', locale: 'de', languages: ['de', 'en'], unread: { jobs: 3 } },
  // a chemist
  amal: {
    role: 'mentor',
    displayName: 'Amal',
    locale: 'en',
    languages: ['ar', 'en', 'de'],
    unread: { jobs: 3, bureaucracy: 3 },
  },

  nour: {
    role: 'member',
    displayName: 'نور',
    locale: 'ar',
    languages: ['ar'],
    unread: { jobs: 3, bureaucracy: 6, schools: 2 },
  },
  huda: { role: 'member', displayName: 'هدى', locale: 'ar', languages: ['ar'], unread: { schools: 9 } },
  rima: { role: 'member', displayName: 'Rima', locale: 'ar', languages: ['ar'], unread: { jobs: 58 } },
  yasmin: { role: 'member', displayName: 'Jasmin 7', locale: 'de', languages: ['ar', 'de'], unread: { schools: 51 } },
  iryna: {
    role: 'member',
    displayName: 'Ірина',
    locale: 'uk',
    languages: ['uk', 'ru'],
    unread: { jobs: 3, bureaucracy: 3, schools: 4 },
  },
  halyna: { role: 'member', displayName: 'Галина', locale: 'uk', languages: ['uk'], unread: { bureaucracy: 9 } },
  zirka: { role: 'member', displayName: 'Зірка', locale: 'uk', languages: ['uk', 'ru'], unread: { schools: 51 } },
  marina: { role: 'member', displayName: 'Марина', locale: 'uk', languages: ['ru', 'de'], unread: { jobs: 10 } },
  olga: { role: 'member', displayName: 'Ольга', locale: 'de', languages: ['ru'], unread: { bureaucracy: 57 } },
  zohra: { role: 'member', displayName: 'زهره', locale: 'en', languages: ['prs'], unread: { jobs: 20 } },
  freshta: { role: 'member', displayName: 'فرشته', locale: 'de', languages: ['prs'], unread: { schools: 2 } },
  shirin: { role: 'member', displayName: 'Shirin', locale: 'en', languages: ['fa'], unread: { bureaucracy: 30 } },
  elif: {
    role: 'member',
    displayName: 'Elif',
    locale: 'de',
    languages: ['tr', 'de'],
    unread: { jobs: 5, bureaucracy: 3, schools: 1 },
  },
  blessing: { role: 'member', displayName: 'Blessing', locale: 'en', languages: ['en'], unread: { bureaucracy: 12 } },
} as const satisfies Record<string, DemoPerson>;

export type PersonKey = keyof typeof PEOPLE;

/** In the order of joining: the coordinator first, since she invites the others. */
export const PERSON_KEYS = Object.keys(PEOPLE) as PersonKey[];

export const personOf = (key: PersonKey): DemoPerson => PEOPLE[key];

/** Shown at the start of the demo: every role, and a member in three languages. */
export const SIGN_IN_KEYS: readonly PersonKey[] = ['katrin', 'lena', 'amal', 'nour', 'elif', 'iryna'];
