// Messages with pictures and documents on a whole hub: posted, retried, asked anonymously, moved, removed.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UploadView } from '../../src/lib/shared/attachments.ts';
import { doorsOf, noise, PDF } from '../support/attachments.ts';
import { startTestHub, type TestHub, type TestPerson } from '../support/hub.ts';

let hub: TestHub;
let doors: ReturnType<typeof doorsOf>;
let [first, amal, olena]: TestPerson[] = [];
let roomId: string;
let staffRoom: string;
beforeAll(async () => {
  hub = await startTestHub();
  doors = doorsOf(hub);
  first = await hub.join('first', 'coordinator');
  [amal, olena] = [await hub.join('amal'), await hub.join('olena')];
  await hub.hub.database.connection
    .collection('rooms')
    .updateOne({ slug: 'schools' }, { $set: { access: 'staff', accessRev: 1 } });
  [roomId, staffRoom] = [await hub.roomId('jobs'), await hub.roomId('schools')];
});
afterAll(() => hub.close());

const someone = (person: TestPerson | undefined): TestPerson => {
  if (!person) throw new Error('nobody');
  return person;
};
const picture = async (who: TestPerson): Promise<UploadView> =>
  doors.upload(who, roomId, await noise(600, 500).jpeg().toBuffer());
const post = (who: TestPerson, more: object) =>
  hub.hub.messages.post(who.actor, { roomId, clientId: randomUUID(), text: '', ...more });
const blobs = () => hub.hub.database.connection.collection('blobs.files').countDocuments();
const fetched = async (who: TestPerson, id: string) => (await doors.fetchFile(who, id)).status;

test('a message may be pictures and documents alone, in her order, covered with a reason', async () => {
  const her = someone(amal);
  const [one, two] = [await picture(her), await doors.upload(her, roomId, PDF, 'Bescheid.pdf')];
  const { message } = await post(her, { attachments: [two.id, one.id], cover: 'a bruise' });
  expect(message.attachments).toEqual([two.attachment, one.attachment]);
  expect(message.cover).toBe('a bruise');
  const page = await hub.hub.messages.history(someone(olena).actor, { roomId });
  expect(page.messages.at(-1)?.attachments).toEqual(message.attachments);
  expect(await fetched(someone(olena), one.id)).toBe(200);
});

test('sent again after a lost answer it is one message with the same pictures', async () => {
  const her = someone(amal);
  const { id } = await picture(her);
  const input = { clientId: randomUUID(), attachments: [id] };
  const tries = await Promise.all([post(her, input), post(her, input)].map((sent) => sent.catch(() => null)));
  const stored = tries.find((answer) => answer !== null)?.message;
  const again = await post(her, input);
  expect(again.message.id).toBe(stored?.id ?? again.message.id);
  expect(again.message.attachments.map((attachment) => attachment.id)).toEqual([id]);
  await expect(post(her, { attachments: [id], text: 'another message' })).rejects.toMatchObject({ code: 'conflict' });
});

test('a foreign, unfinished or unknown upload is refused, and the message with it', async () => {
  const { id } = await picture(someone(amal));
  await expect(post(someone(olena), { attachments: [id] })).rejects.toMatchObject({ code: 'not-found' });
  await expect(post(someone(olena), { attachments: ['f'.repeat(24)] })).rejects.toMatchObject({ code: 'not-found' });
  await expect(post(someone(olena), { attachments: [] })).rejects.toMatchObject({ code: 'input.empty' });
});

test('asked anonymously, a picture says nothing of who sent it, and a document is refused', async () => {
  const her = someone(amal);
  const { id } = await picture(her);
  const { message } = await post(her, { text: 'Was ist das?', attachments: [id], anonymous: true });
  expect(message.author).toBeNull();
  const page = await hub.hub.messages.history(someone(olena).actor, { roomId });
  const seen = JSON.stringify(page.messages.find((one) => one.id === message.id));
  expect(seen).not.toContain(her.actor.id);
  expect(seen).not.toContain('amal');
  const response = await doors.fetchFile(someone(olena), id);
  expect([response.status, JSON.stringify([...response.headers]).includes(her.actor.id)]).toEqual([200, false]);
  const paper = await doors.upload(her, roomId, PDF);
  const refused = post(her, { text: 'und das?', attachments: [paper.id], anonymous: true });
  await expect(refused).rejects.toMatchObject({ code: 'input.invalid', params: { field: 'attachments' } });
});

test('moved to another room, its picture is for the readers of that room, and goes with the message there', async () => {
  const [her, staff] = [someone(amal), someone(first)];
  const before = await blobs();
  const { id } = await picture(her);
  const { message } = await post(her, { text: 'for the team', attachments: [id] });
  expect(await fetched(someone(olena), id)).toBe(200);
  await hub.hub.messages.move(staff.actor, { roomId, messageId: message.id, toRoomId: staffRoom });
  const page = await hub.hub.messages.history(staff.actor, { roomId: staffRoom });
  const copy = page.messages.find((one) => one.text === 'for the team');
  expect(copy?.attachments.map((attachment) => attachment.id)).toEqual([id]);
  expect(await fetched(staff, id)).toBe(200);
  expect([403, 404]).toContain(await fetched(someone(olena), id));
  await hub.hub.messages.remove(staff.actor, { roomId: staffRoom, messageId: copy?.id });
  expect(await fetched(staff, id)).toBe(404);
  expect(await blobs()).toBe(before);
});

test('removed by a moderator, nobody can fetch its picture any more, and the file is gone', async () => {
  const her = someone(amal);
  const before = await blobs();
  const { id } = await picture(her);
  const { message } = await post(her, { attachments: [id] });
  await hub.hub.messages.remove(someone(first).actor, { roomId, messageId: message.id });
  for (const who of [her, someone(olena), someone(first)]) expect(await fetched(who, id)).toBe(404);
  expect(await blobs()).toBe(before);
  const page = await hub.hub.messages.history(her.actor, { roomId });
  expect(page.messages.find((one) => one.id === message.id)?.attachments).toEqual([]);
});
