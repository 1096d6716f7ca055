// Which verbs of the services ask whether somebody moderates: read from the source, so that a new one is found. For tests of the audit log.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOMAIN = join(import.meta.dirname, '../../server/domain');

/** Asked, they say yes to a moderator or coordinator where they say no to a member. */
export const OF_MODERATORS = [
  ...['canManage', 'canKeepLonger', 'canHost', 'moderates', 'canKeepDoor', 'canDecide'],
  ...['canSeeCases', 'canJudge', 'canUndo', 'canSanction', 'mayEditWords', 'mayReadAudit'],
  ...['mayReset', 'mayInvite', 'mayListInvitations', 'seesAllInvitations', 'invitableRoles', 'mayListPeople'],
  ...['canReveal', 'canSeeVersions', 'canRemove', 'removesAs', 'canNameLanguage'],
  ...['canLook', 'canSteer', 'canAnnounce', 'canPublish', 'canSeeAll'],
];
/** All others: what members and mentors may do with what is theirs. */
export const OF_OTHERS = [
  ...[
    'canSee',
    'isOwnCase',
    'canRead',
    'canPost',
    'newUntil',
    'roomAbilities',
    'isStaff',
    'canEdit',
    'canKeep',
    'canCheckAgain',
  ],
  ...[
    'canMark',
    'canKeepAnswers',
    'canContinue',
    'canCancel',
    'canFetch',
    'canUse',
    'canSeeOwn',
    'canServe',
    'staysReachable',
    'canBlock',
    'canCall',
  ],
  ...['canJoin', 'canAsk', 'canCreate', 'canLeave', 'canCheckIn', 'stopsAt', 'latestEnd', 'onDuty', 'dropInAbilities'],
  ...['needsSecondEyes', 'reporterWeight'],
];
const ASKED = new RegExp(`\\b(?:${OF_MODERATORS.join('|')})\\(|'host'\\)|abilities\\.(?:host|manage|removeOthers)\\b`);
const VERB = /^ {4}(?:async )?(\w+)(?:: (?:async )?)?\(_?actor\b/;
const HELPER = /^ {2}(?:async function|function|const) (\w+)/;

const files = (): string[] =>
  readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' }).filter((path) => /^\w[\w-]*\/[\w.-]+\.ts$/.test(path));
const read = (path: string): string => readFileSync(join(DOMAIN, path), 'utf8');

/** What policies export. */
export const policies = (): string[] =>
  files()
    .filter((path) => path.endsWith('.policy.ts'))
    .flatMap((path) =>
      [...read(path).matchAll(/^export (?:const|function) ([a-z]\w*)/gm)].map(([, name]) => name ?? ''),
    );

interface Part {
  name: string;
  verb: boolean;
  text: string;
}
function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  for (const line of source.split('\n')) {
    const verb = VERB.exec(line)?.[1];
    const helper = HELPER.exec(line)?.[1];
    if (verb ?? helper) parts.push({ name: verb ?? helper ?? '', verb: verb !== undefined, text: '' });
    const last = parts.at(-1);
    if (last) last.text += `${line}\n`;
  }
  return parts;
}

/** `area/verb` of every verb that asks itself, or by a helper of its file, whether she moderates. */
export function guardedVerbs(): string[] {
  return files()
    .filter((path) => !/\.(policy|test|model)\.ts$/.test(path) && !path.startsWith('kernel/'))
    .flatMap((path) => {
      const parts = partsOf(read(path));
      const asking = new Set(parts.filter(({ verb, text }) => !verb && ASKED.test(text)).map(({ name }) => name));
      // helpers of helpers
      for (const { name, verb, text } of [...parts, ...parts])
        if (!verb && [...asking].some((one) => text.includes(`${one}(`))) asking.add(name);
      const asks = (text: string) => ASKED.test(text) || [...asking].some((name) => text.includes(`${name}(`));
      const area = path.split('/')[0] ?? '';
      return parts.filter(({ verb, text }) => verb && asks(text)).map(({ name }) => `${area}/${name}`);
    })
    .sort();
}
