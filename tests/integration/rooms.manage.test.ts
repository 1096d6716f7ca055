// Moderators shape the rooms: making, naming, ordering, archiving, ready-made ones, two at once, wrong input.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '#shared/limits.ts';
import { READY_ROOMS } from '../../server/database/seed/ready-rooms.ts';
import { aPost, openLive, person } from '../support/live.ts';

let live: Awaited<ReturnType<typeof openLive>>;
const amal = person('Amal');
const mentor = person('Mentor', 'mentor');
const mira = person('Mira', 'moderator');
const nora = person('Nora', 'moderator');
beforeAll(async () => {
  live = await openLive({ readyRooms: READY_ROOMS });
});
afterAll(() => live.close());

const texts = (name: string) => ({
  name: { en: name },
  purpose: { en: 'What it is for' },
  rules: {},
  welcome: {},
  access: 'open',
});
const aRoom = (name: string, more: object = {}) => ({ ...texts(name), clientId: randomUUID(), ...more });
const make = (name: string, more: object = {}) => live.rooms.create(mira, aRoom(name, more));
const order = async () => (await live.rooms.list(amal)).map((room) => room.slug);

describe('making and naming', () => {
  test('a name in one language stands for all, and the others can get their own', async () => {
    const { id, slug } = await make('Ämter & Größe');
    expect(slug).toBe('aemter-groesse');
    expect((await live.rooms.bySlug(amal, slug)).name).toEqual({
      de: 'Ämter & Größe',
      en: 'Ämter & Größe',
      ar: 'Ämter & Größe',
      uk: 'Ämter & Größe',
    });
    const { version } = await live.rooms.forEdit(mira, { roomId: id });
    await live.rooms.update(mira, { ...texts('Offices'), name: { en: 'Offices', ar: 'الدوائر' }, roomId: id, version });
    const room = await live.rooms.bySlug(amal, slug);
    expect(room.name).toEqual({ de: 'Offices', en: 'Offices', ar: 'الدوائر', uk: 'Offices' });
    expect((await live.rooms.forEdit(mira, { roomId: id })).name).toEqual({
      de: '',
      en: 'Offices',
      ar: 'الدوائر',
      uk: '',
    });
  });

  test('names without Latin letters, and names of pages beside the rooms, get an address of their own', async () => {
    expect((await make('', { name: { ar: 'غرفة' } })).slug).toMatch(/^room-[0-9a-f]{6}$/);
    expect((await make('Manage')).slug).toMatch(/^manage-[0-9a-f]{6}$/);
  });

  test('two rooms of one name have two addresses; the same form twice makes one room', async () => {
    const form = aRoom('Twins');
    const [one, again, other] = [
      ...(await Promise.all([live.rooms.create(mira, form), live.rooms.create(mira, form)])),
      await make('Twins'),
    ];
    expect(again).toEqual(one);
    expect(other?.slug).toMatch(/^twins-[0-9a-f]{6}$/);
  });

  test('of two who edit at once, the second is told', async () => {
    const { id } = await make('Edited');
    const { version } = await live.rooms.forEdit(mira, { roomId: id });
    const save = (actor: typeof mira, name: string) =>
      live.rooms.update(actor, { ...texts(name), roomId: id, version });
    const done = await Promise.allSettled([save(mira, 'By Mira'), save(nora, 'By Nora')]);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });

  test.each([
    ['no name', { name: { en: '  ' } }, 'input.empty', 'name'],
    ['an invisible name', { name: { en: '\u200b\u2060' } }, 'input.empty', 'name'],
    ['a name of 61', { name: { de: 'x'.repeat(61) } }, 'input.too-long', 'name.de'],
    ['a name that turns the writing round', { name: { en: 'Jobs\u202egnp' } }, 'input.invalid', 'name.en'],
    ['a line break in the name', { name: { en: 'two\nlines' } }, 'input.invalid', 'name.en'],
    ['half a sign', { name: { en: 'a\ud800' } }, 'input.invalid', 'name.en'],
    ['no purpose', { purpose: {} }, 'input.empty', 'purpose'],
    ['a long purpose', { purpose: { uk: 'x'.repeat(LIMITS.roomPurpose + 1) } }, 'input.too-long', 'purpose.uk'],
    ['long rules', { rules: { en: 'x'.repeat(LIMITS.roomRules + 1) } }, 'input.too-long', 'rules.en'],
    ['an access that is none', { access: 'secret' }, 'input.invalid', 'access'],
    ['a query for a name', { name: { en: { $ne: '' } } }, 'input.invalid', 'name.en'],
    ['no id of the form', { clientId: 'x' }, 'input.invalid', 'clientId'],
  ])('%s is refused', async (_name, input, code, field) => {
    await expect(make('Good', input)).rejects.toMatchObject({ code, params: { field } });
  });
});

describe('order', () => {
  test('a room is put before another one, or at the end', async () => {
    const [a, b, c] = [await make('Order a'), await make('Order b'), await make('Order c')];
    const mine = async () => (await order()).filter((slug) => slug.startsWith('order-')).join(' ');
    await live.rooms.move(mira, { roomId: c.id, before: a.id });
    expect(await mine()).toBe('order-c order-a order-b');
    await live.rooms.move(mira, { roomId: c.id, before: null });
    expect(await mine()).toBe('order-a order-b order-c');
    for (let round = 0; round < 70; round++) {
      await live.rooms.move(mira, { roomId: round % 2 ? c.id : a.id, before: b.id });
    }
    expect(await mine()).toBe('order-a order-c order-b');
    await live.rooms.move(mira, { roomId: b.id, before: b.id });
    expect(await mine()).toBe('order-a order-c order-b');
  });

  test('two moderators who order at once both get their way', async () => {
    const [a, b, c, d] = await Promise.all(['a', 'b', 'c', 'd'].map((name) => make(`Race ${name}`)));
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        live.rooms.move(mira, { roomId: c?.id, before: a?.id }),
        live.rooms.move(nora, { roomId: d?.id, before: b?.id }),
      ]);
      const slugs = await order();
      expect(slugs.indexOf('race-c')).toBeLessThan(slugs.indexOf('race-a'));
      expect(slugs.indexOf('race-d')).toBeLessThan(slugs.indexOf('race-b'));
      await Promise.all([a, b, c, d].map((room) => live.rooms.move(mira, { roomId: room?.id, before: null })));
      expect((await order()).filter((slug) => slug.startsWith('race-'))).toHaveLength(4);
    }
  });

  test('a room that left the list is no place to put another one', async () => {
    const [a, b] = [await make('Gone a'), await make('Gone b')];
    await live.rooms.archive(mira, { roomId: a.id });
    await expect(live.rooms.move(mira, { roomId: b.id, before: a.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(live.rooms.move(mira, { roomId: a.id, before: b.id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(live.rooms.move(mira, { roomId: 'f'.repeat(24) })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('archive', () => {
  test('an archived room leaves the list, can be read by its address, takes no posts, and comes back', async () => {
    const { id, slug } = await make('Old times');
    await live.messages.post(amal, aPost(id, 'a good answer'));
    await Promise.all([live.rooms.archive(mira, { roomId: id }), live.rooms.archive(nora, { roomId: id })]);
    expect(await order()).not.toContain(slug);
    expect(await live.rooms.bySlug(amal, slug)).toMatchObject({
      archived: true,
      abilities: { read: true, post: false, silent: { why: 'archived', until: null } },
    });
    expect((await live.messages.history(amal, { roomId: id })).messages).toHaveLength(1);
    await expect(live.messages.post(amal, aPost(id, 'late'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(live.messages.post(mira, aPost(id, 'late too'))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await live.rooms.archived(mira, {})).items.map((room) => room.slug)).toContain(slug);
    await live.rooms.reopen(mira, { roomId: id });
    await live.rooms.reopen(nora, { roomId: id });
    expect(await order()).toContain(slug);
    await live.messages.post(amal, aPost(id, 'again'));
  });

  test('archived rooms come in pages, the last one first', async () => {
    const made = [];
    for (let number = 0; number < LIMITS.listPage + 3; number++) {
      const { id } = await make(`Archive ${number}`);
      await live.rooms.archive(mira, { roomId: id });
      made.unshift(id);
    }
    const first = await live.rooms.archived(mira, {});
    const second = await live.rooms.archived(mira, { before: first.next });
    expect([...first.items, ...second.items].map(({ id }) => id).slice(0, made.length)).toEqual(made);
    await expect(live.rooms.archived(mira, { before: 'yesterday' })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});

test('ready-made rooms are one tap each, once, and come with all their texts', async () => {
  const offered = await live.rooms.ready(mira);
  expect(offered.map((room) => room.slug)).toEqual(['housing', 'german-courses', 'health']);
  await Promise.all([live.rooms.addReady(mira, { slug: 'health' }), live.rooms.addReady(nora, { slug: 'health' })]);
  expect((await live.rooms.ready(mira)).map((room) => room.slug)).toEqual(['housing', 'german-courses']);
  expect((await order()).at(-1)).toBe('health');
  const { name, rules } = await live.rooms.bySlug(amal, 'health');
  expect([name, rules]).toEqual([READY_ROOMS[2]?.name, READY_ROOMS[2]?.rules]);
  await expect(live.rooms.addReady(mira, { slug: 'casino' })).rejects.toMatchObject({ code: 'not-found' });
});

test.each([amal, mentor])('$displayName may not shape rooms', async (actor) => {
  const { id } = await make('Not hers');
  const input = { ...aRoom('Hers'), roomId: id, version: 1, slug: 'housing' };
  for (const run of [
    live.rooms.create,
    live.rooms.update,
    live.rooms.move,
    live.rooms.archive,
    live.rooms.reopen,
    live.rooms.addReady,
    live.rooms.forEdit,
    live.rooms.archived,
    live.rooms.managed,
    live.rooms.ready,
  ]) {
    await expect(run(actor, input)).rejects.toMatchObject({ code: 'forbidden' });
  }
});
