// A hub with one woman of every standing, and what each of them may do to it by a page's form. For the walks of closed-by-default; tests only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Role } from '#shared/accounts.ts';
import { LOCALES } from '#shared/locales.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { newId } from '../../server/domain/kernel/ids.ts';
import { NOBODY, type ActionWalk } from './closed.actions.ts';
import { TEST_PASSWORD } from './hub.ts';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity, startServer, temporaryFolder } from './servers.ts';
import { filesBelow, ROOT } from './sources.ts';

export const STANDINGS = [
  ...(['stranger', 'member', 'muted', 'suspended', 'banned', 'blocked'] as const),
  ...(['mentor', 'moderator', 'coordinator'] as const),
];
export type Standing = (typeof STANDINGS)[number];

/** The address of a route file, without groups. */
export const addressOf = (file: string): string =>
  file
    .replace(/^src\/routes/, '')
    .replace(/\/\+[^/]+$/, '')
    .replaceAll(/\/\([^)]+\)/g, '') || '/';

/** What an exported object of a file is called by: its own names, and those of what it spreads from another file. */
function keysOf(file: string, exported: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest);
  const imported = new Map<string, string>();
  let found: ts.Expression | undefined;
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const from = statement.moduleSpecifier.text.replace(/^#lib\//, 'src/lib/');
      const names = statement.importClause?.namedBindings;
      if (names && ts.isNamedImports(names)) for (const { name } of names.elements) imported.set(name.text, from);
    }
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && name.text === exported) found = initializer;
  }
  const elsewhere = (one: ts.Expression): string[] => {
    if (!ts.isIdentifier(one)) throw new Error(`${file}: what ${exported} is made of cannot be read`);
    const from = imported.get(one.text);
    if (!from) throw new Error(`${file}: ${one.text} comes from nowhere`);
    return keysOf(from, one.text);
  };
  if (!found) return [];
  if (!ts.isObjectLiteralExpression(found)) return elsewhere(found);
  return found.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property)) return elsewhere(property.expression);
    return property.name && ts.isIdentifier(property.name) ? [property.name.text] : [];
  });
}

/** `/address?/name` of every form action, and `METHOD /address` of every endpoint that takes more than a look. */
export function actionsInSource(): string[] {
  const forms = filesBelow('src/routes', ['+page.server.ts']).flatMap((file) =>
    keysOf(file, 'actions').map((name) => `${addressOf(file)}?/${name}`),
  );
  const endpoints = filesBelow('src/routes', ['+server.ts']).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^export (?:const|async function|function) ([A-Z]+)\b/gm)]
      .map(([, method]) => method ?? '')
      .filter((method) => method !== 'GET' && method !== 'HEAD')
      .map((method) => `${method} ${addressOf(file)}`),
  );
  return [...forms, ...endpoints].sort();
}

/** One form that has what every action asks for; of what is not there, unless it is the room in the address. */
const goodForm = (): Record<string, string> => ({
  ...{ roomId: NOBODY, messageId: NOBODY, userId: NOBODY, id: NOBODY, noteId: NOBODY, with: NOBODY, answers: NOBODY },
  ...{ ticketId: NOBODY, ticketIds: NOBODY, to: NOBODY, toRoomId: NOBODY, officeHoursId: NOBODY, reporterId: NOBODY },
  ...{ noticeId: NOBODY, clientId: crypto.randomUUID(), text: 'Hello', words: 'Hello', title: 'Hello', note: 'Hello' },
  ...{ language: 'de', act: 'flag', reason: 'other', number: '1', on: 'true', version: '1', revision: '1' },
  ...{ languages: 'en', how: 'chat', topic: 'jobs', source: 'https://example.org/', until: '2099-01-01' },
  ...{ role: 'member', uses: '1', days: '1', answer: 'accept', level: 'all', locale: 'en', displayName: 'Hello' },
  ...{ access: 'open', writing: 'everyone', slowSeconds: '0', newcomerHours: '0', keepDays: '365', face: 'good' },
  ...{ editMinutes: '5', talkDays: '30', reportDays: '365', phone: '+49 30 1234567', host: 'true', picks: NOBODY },
  ...{ action: 'leave', slug: 'jobs', lesson: 'Hello', date: '2099-01-01', from: '18:00', why: 'unclear' },
  ...{ where: 'online', capacity: '4', minutesPerTalk: '15', exitTo: 'weather' },
  ...Object.fromEntries(['name', 'purpose'].flatMap((text) => LOCALES.map((locale) => [`${text}.${locale}`, 'Hello']))),
  'texts.de': 'Hallo',
});

export type Walk = Awaited<ReturnType<typeof openWalk>>;

export async function openWalk() {
  const mongodbUri = ownDatabaseUri();
  const folder = await temporaryFolder();
  const cookies = {} as Record<Standing, string>;
  const where = { folder: folder.path, mongodbUri };
  const context = { address: '192.0.2.1', userAgent: 'test' };
  await prepareCommunity(where, 1, async (hub, [coordinator]) => {
    if (!coordinator) throw new Error('nobody is there');
    const actors = {} as Record<Standing, Actor>;
    for (const standing of STANDINGS.filter((one) => one !== 'stranger' && one !== 'coordinator')) {
      const role: Role = standing === 'mentor' || standing === 'moderator' ? standing : 'member';
      const invitation = { role, note: '', uses: 1, days: 1 };
      const { code } = await hub.accounts.createInvitation(coordinator, invitation);
      const person = { locale: 'en', displayName: standing, userName: `a-${standing}`, password: TEST_PASSWORD, code };
      const { actor, setCookie } = await hub.accounts.register(person, context);
      actors[standing] = actor;
      cookies[standing] = setCookie.split(';')[0] ?? '';
    }
    const forever = { roomId: null, until: null };
    for (const [standing, kind] of [
      ['muted', 'mute'],
      ['suspended', 'suspension'],
      ['banned', 'ban'],
    ] as const)
      await hub.accounts.sanction(actors[standing].id, { id: newId(), kind, ...forever });
    await hub.blocks.block(actors.mentor, { userId: actors.blocked.id });
  }).then(({ cookies: [first = ''] }) => {
    cookies.coordinator = first;
    cookies.stranger = '';
  });
  const server = await startServer({ ...where, port: await freePort() });

  const ask = (path: string, standing: Standing, init: RequestInit = {}) =>
    fetch(server.origin + path, {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', origin: server.origin, cookie: cookies[standing], ...init.headers },
    });
  /** What it comes to: 200 done, 303 sent on, or how it is refused. */
  async function act(
    action: string,
    path: string,
    standing: Standing,
    { form = {}, query = '' }: Pick<ActionWalk, 'form' | 'query'>,
  ): Promise<number> {
    const [address = '', name] = action.split('?/');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ ...goodForm(), ...form });
    if (name === undefined) {
      const [method = ''] = address.split(' ');
      return (await ask(path, standing, { method, headers, body })).status;
    }
    const enhanced = { ...headers, accept: 'application/json', 'x-sveltekit-action': 'true' };
    const search = [...(name === 'default' ? [] : [`/${name}`]), ...(query ? [query] : [])].join('&');
    const answer = await ask(`${path}?${search}`, standing, { method: 'POST', headers: enhanced, body });
    const { type, status } = (await answer.json()) as { type: string; status?: number };
    return answer.status === 401 || type === 'error' ? answer.status : (status ?? answer.status);
  }

  return {
    ask,
    act,
    /** After what ended her login. */
    async signInAgain(standing: Standing): Promise<void> {
      const userName = standing === 'coordinator' ? 'person-0' : `a-${standing}`;
      const body = new URLSearchParams({ userName, password: TEST_PASSWORD });
      const answer = await ask('/sign-in', 'stranger', { method: 'POST', body });
      cookies[standing] = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
    async close(): Promise<void> {
      await server.end('SIGTERM');
      await dropDatabase(mongodbUri, folder.path);
      await folder.remove();
    },
  };
}
