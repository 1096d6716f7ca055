// A whole drop-in over real sockets while others listen: what reaches a second member, the mentor and a moderator, word by word.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDropInsRepository } from '../../server/domain/office-hours/drop-ins.repository.ts';
import { createOfficeHoursModels } from '../../server/domain/office-hours/office-hours.model.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';
import { aPlace, makeSitting } from '../support/queue.ts';
import { ask, connect, must, openSocket, until, type TestSocket } from '../support/sockets.ts';

let running: TestHub;
let [amina, noor, olena, judit] = [] as unknown as [TestPerson, TestPerson, TestPerson, TestPerson];
let dropInId: string;
const heard = new Map<string, string[]>();
const sockets: TestSocket[] = [];

/** A page of hers; everything that the hub sends it is kept, answers too. */
async function page(name: string, { cookie }: TestPerson): Promise<TestSocket> {
  const socket = openSocket(running.origin, cookie);
  const all: string[] = [];
  heard.set(name, all);
  socket.onAny((...packet: unknown[]) => all.push(JSON.stringify(packet)));
  sockets.push(socket);
  expect(await connect(socket)).toBeNull();
  return socket;
}
const said = (name: string): string => (heard.get(name) ?? []).join('\n');

beforeAll(async () => {
  running = await startTestHub();
  await running.join('coordinator', 'coordinator');
  amina = await running.join('amina', 'mentor');
  noor = await running.join('noor-alhashimi');
  olena = await running.join('olena');
  judit = await running.join('judit', 'moderator');
  const dropIns = createDropInsRepository(createOfficeHoursModels(running.hub.database.connection));
  const hosts = [{ actor: amina.actor, languages: ['ar' as const, 'uk' as const] }];
  dropInId = await makeSitting(dropIns, new Date(), { hosts, topics: ['jobs', 'schools'] });
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await running.close();
});

test('nobody but the two reads the talk, the mentor never learns who she is, and a second member sees numbers only', async () => {
  const [hers, other, mentor, moderator] = await Promise.all([
    page('noor', noor),
    page('olena', olena),
    page('amina', amina),
    page('judit', judit),
  ]);
  const answers: unknown[] = [];
  for (const socket of [other, moderator]) {
    const view = await must(socket, 'queue:watch', { dropInId });
    expect(view.host).toBeNull();
    answers.push(view);
  }
  expect((await must(mentor, 'queue:watch', { dropInId })).host).not.toBeNull();
  const words = 'My brother must not know that I ask';
  const place = aPlace(dropInId, { topic: 'schools', words, languages: ['ar'] });
  const { ticketId } = await running.hub.tickets.join(noor.actor, place);
  await until('the others count one', () => said('olena').includes('"waiting":1'));
  expect(said('olena')).toContain('"byLanguage":[{"language":"en","waiting":0}]');

  const input = { ticketId };
  await must(mentor, 'queue:call-next', { dropInId });
  await must(hers, 'ticket:act', { ...input, action: 'coming' });
  await until('her page knows', () => said('noor').includes('"talking"'));
  const talk = await running.hub.talks.open(noor.actor, {
    talkId: (await running.hub.tickets.ticket(noor.actor, input)).talkId,
  });
  const roomId = talk.id;

  const seen = await must(mentor, 'room:join', { roomId, since: null });
  const joined = await must(hers, 'room:join', { roomId, since: null });
  expect([seen.viewerId, joined.viewerId]).toEqual([amina.actor.id, ticketId]);
  hers.emit('room:typing', { roomId });
  const post = { roomId, clientId: crypto.randomUUID(), text: 'Can she change school in May?' };
  const { message } = await must(hers, 'message:post', post);
  expect(message.author).toMatchObject({ id: ticketId, displayName: '#1', role: 'member' });
  await must(mentor, 'message:post', { roomId, clientId: crypto.randomUUID(), text: 'Yes', replyTo: message.id });
  await must(hers, 'message:react', { roomId, messageId: message.id, reaction: 'heart', on: true });
  const suggested = await must(mentor, 'room:people-suggest', { roomId, query: 'no', known: [noor.actor.id] });
  await until('the mentor reads it', () => said('amina').includes('change school'));

  // a moderator, a coordinator and another member: the talk is not there, whatever they ask
  const commands = [
    ['room:join', { roomId, since: null }],
    ['room:history', { roomId }],
    ['thread:open', { roomId, rootId: message.id }],
    ['message:post', { ...post, clientId: crypto.randomUUID() }],
    ['message:remove', { roomId, messageId: message.id }],
    ['message:versions', { roomId, messageId: message.id }],
    ['message:reveal', { roomId, messageId: message.id }],
    ['message:locate', { roomId, messageId: message.id }],
    ['room:people-suggest', { roomId, query: 'no' }],
  ] as const;
  for (const socket of [other, moderator]) {
    for (const [name, what] of commands) {
      const answer = await ask(socket, name, what);
      expect([name, answer.ok ? 'ok' : answer.error.code]).toEqual([name, 'not-found']);
    }
  }
  for (const { actor } of [olena, judit]) {
    await expect(running.hub.talks.open(actor, { talkId: roomId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(running.hub.talks.export(actor, { talkId: roomId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(running.hub.rooms.bySlug(actor, `talk-${roomId}`)).rejects.toMatchObject({ code: 'not-found' });
    expect((await running.hub.rooms.list(actor)).map((room) => room.roomId)).not.toContain(roomId);
    await running.hub.search.flush();
    const found = await running.hub.search.find(actor, { query: 'school' });
    expect(found.results).toEqual([]);
  }

  await must(mentor, 'queue:act', { ...input, action: 'end' });
  await until(
    'the room is closed',
    async () => (await running.hub.talks.open(noor.actor, { talkId: roomId })).endedAt !== null,
  );
  const late = await ask(hers, 'message:post', { ...post, clientId: crypto.randomUUID() });
  expect(late.ok ? 'ok' : late.error.code).toBe('forbidden');
  expect(await running.hub.talks.export(noor.actor, { talkId: roomId })).toMatch(
    /#1: Can she change school.*\n.*amina: Yes/s,
  );

  const secrets = [noor.actor.id, 'noor-alhashimi', words, 'change school', 'brother', ticketId];
  const stranger = `${said('olena')} ${said('judit')} ${JSON.stringify(answers)}`;
  for (const secret of secrets) expect(stranger).not.toContain(secret);
  // the names of topics are the drop-in's own; hers is not among what is counted
  expect(stranger).not.toMatch(/"topic":/);
  const toMentor = `${said('amina')} ${JSON.stringify([seen, suggested])}`;
  expect(toMentor).toContain(words);
  for (const secret of [noor.actor.id, 'noor-alhashimi']) expect(toMentor).not.toContain(secret);
}, 60_000);

test('her next steps are hers: she shows them, takes that back, deletes them; after thirty days nothing of the talk is left', async () => {
  const { hub } = running;
  const [{ id: talkId, ticketId } = { id: '', ticketId: '' }] = await Promise.all(
    (await hub.talks.list(noor.actor)).map(({ id }) => hub.talks.open(noor.actor, { talkId: id })),
  );
  await hub.talks.writeNote(amina.actor, { ticketId, text: 'Call the school office on Monday' });
  await expect(hub.talks.writeNote(judit.actor, { ticketId, text: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  const [note] = (await hub.talks.notes(noor.actor)).own;
  expect(note).toMatchObject({ text: 'Call the school office on Monday', by: { displayName: 'amina' } });
  const noteId = note?.id ?? '';
  await expect(hub.talks.shareNote(amina.actor, { noteId, with: amina.actor.id })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(hub.talks.shareNote(noor.actor, { noteId, with: olena.actor.id })).rejects.toMatchObject({
    code: 'input.invalid',
  });
  await hub.talks.shareNote(noor.actor, { noteId, with: judit.actor.id });
  expect((await hub.talks.notes(judit.actor)).shown).toHaveLength(1);
  await hub.talks.shareNote(noor.actor, { noteId, with: null });
  expect((await hub.talks.notes(judit.actor)).shown).toEqual([]);

  await expect(hub.talks.offerPhone(amina.actor, { talkId, phone: '+49 371 1' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await hub.talks.giveFeedback(noor.actor, { ticketId, face: 'good', words: 'Thank you' });
  await expect(hub.talks.giveFeedback(noor.actor, { ticketId, face: 'poor', words: '' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(hub.talks.feedback(amina.actor, {})).rejects.toMatchObject({ code: 'forbidden' });

  const { connection } = hub.database;
  const talks = connection.collection('talks');
  expect((await hub.tickets.ticket(noor.actor, { ticketId })).talkId).toBe(talkId);
  await talks.updateMany({}, { $set: { deleteAt: new Date(Date.now() - 1) } });
  await hub.talks.sweep();
  for (const name of ['talks', 'messages', 'roomLog', 'searchMessages']) {
    expect([name, await connection.collection(name).countDocuments({})]).toEqual([name, 0]);
  }
  expect(await connection.collection('rooms').countDocuments({ access: 'talk' })).toBe(0);
  await expect(hub.talks.open(noor.actor, { talkId })).rejects.toMatchObject({ code: 'not-found' });
  // and her place leads there no more
  expect((await hub.tickets.ticket(noor.actor, { ticketId })).talkId).toBeNull();
  expect((await hub.talks.notes(noor.actor)).own).toHaveLength(1);
  await hub.talks.deleteNote(noor.actor, { noteId });
  expect((await hub.talks.notes(noor.actor)).own).toEqual([]);
}, 60_000);
