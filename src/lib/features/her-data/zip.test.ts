// Her copy as a ZIP: what is in it can be read, in her language, and it is whole or it breaks.
import { Readable } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { HerExport } from '#server/domain/her-data/her-data.service.ts';
import type { DataPart, DataRow } from '#shared/her-data.ts';
import { withLocale } from '#lib/server/with-locale.ts';
import { zipOf } from './zip.server.ts';

const NOW = new Date('2026-11-28T07:00:00Z');
const row = (words: string[], more: Partial<DataRow> = {}): DataRow => ({
  ...{ at: '2026-11-20T10:00:00Z', where: 'Jobs', words, data: { text: words[0] } },
  ...more,
});
function copyOf(rows: Partial<Record<DataPart, DataRow[]>>, open: HerExport['open']): HerExport {
  return {
    async *rows(part) {
      yield* await Promise.resolve(rows[part] ?? []);
    },
    open,
  };
}

/** Names and contents, by the directory at the end. */
async function unzip(stream: ReadableStream<Uint8Array>): Promise<Map<string, string>> {
  const data = Buffer.from(await new Response(stream).arrayBuffer());
  const end = data.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, string>();
  let at = data.readUInt32LE(end + 16);
  for (let left = data.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, name, extra, comment] = [
      data.readUInt16LE(at + 10),
      data.readUInt32LE(at + 20),
      data.readUInt16LE(at + 28),
      data.readUInt16LE(at + 30),
      data.readUInt16LE(at + 32),
    ];
    const local = data.readUInt32LE(at + 42);
    const from = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const content = data.subarray(from, from + size);
    files.set(data.toString('utf8', at + 46, at + 46 + name), String(method === 8 ? inflateRawSync(content) : content));
    at += 46 + name + extra + comment;
  }
  return files;
}

test('a page to read, the same for machines, and her files', async () => {
  const picture = row(['cat.png'], { file: { id: 'f1', name: 'cat.webp' } });
  const rows = { messages: [row(['مرحبا <b>"x"</b>'])], pictures: [picture] };
  const files = await unzip(
    zipOf(
      copyOf(rows, (id) => Readable.from([Buffer.from(`picture ${id}`)])),
      NOW,
    ),
  );
  expect([...files.keys()]).toEqual(['index.html', 'data.json', 'files/cat.webp']);
  expect(JSON.parse(files.get('data.json') ?? '')).toMatchObject({
    messages: [{ text: 'مرحبا <b>"x"</b>' }],
    talks: [],
  });
  const page = files.get('index.html') ?? '';
  expect(page).toContain('مرحبا &lt;b&gt;&quot;x&quot;&lt;/b&gt;');
  expect(page).toContain('href="files/cat.webp"');
  expect(page).not.toMatch(/<script|<b>/);
  expect(files.get('files/cat.webp')).toBe('picture f1');
});

test('it reads like a letter in her language: decisions whole, and no word of machines', async () => {
  const machine = (data: DataRow['data'], words: string[] = []) => row(words, { where: '', data });
  const decision = {
    kind: 'mute',
    rule: 'respect',
    until: new Date('2026-12-05T14:00:00Z'),
    note: 'قرأنا كلماتكِ',
    at: NOW,
  };
  const rows: Partial<Record<DataPart, DataRow[]>> = {
    account: [
      machine({ userName: 'nour', role: 'member', locale: 'ar', exitTo: 'recipes', showsPresence: false }),
      machine({ at: NOW, kind: 'account.joined' }),
    ],
    rooms: [machine({ standing: 'in', readPosts: 66, level: 'mentions' })],
    messages: [machine({ id: 'f00d', hidden: 'review', lang: 'ar', removedBy: null }, ['مرحبا'])],
    places: [machine({ number: 7, how: 'chat', state: 'done', topic: 'schools', languages: ['ar', 'de'] })],
    reports: [machine({ reason: 'danger', note: '', founded: true })],
    decisions: [
      machine({ text: null, held: null, decision: { ...decision, excerpt: 'كلام جارح', undoneAt: null } }),
      machine({ text: null, held: null, decision: { ...decision, kind: 'suspend', excerpt: '', undoneAt: NOW } }),
    ],
    record: [machine({ about: 'me', action: 'case.decided', at: NOW })],
    notices: [machine({ kind: 'ticket.turn', at: NOW, startsAt: null })],
  };
  const nothing = () => Readable.from([]);
  const files = await withLocale('ar', () => unzip(zipOf(copyOf(rows, nothing), NOW)));
  const page = files.get('index.html') ?? '';
  const shown = page.slice(page.indexOf('<h1>')).replaceAll(/<[^>]*>/g, ' ');
  for (const told of [
    'يمكنكِ القراءة، لكن لا يمكنكِ الكتابة',
    'كلام جارح',
    'قرأنا كلماتكِ',
    '5 ديسمبر 2026',
    'الدور: عضوة',
  ])
    expect(shown).toContain(told);
  expect(shown.match(/القاعدة: /g)).toHaveLength(2);
  // of what was taken back no end is told, only that it holds no longer
  expect(shown.match(/5 ديسمبر 2026/g)).toHaveLength(1);
  const latin = shown.match(/[A-Za-z][\w.-]*/g) ?? [];
  expect(latin.filter((word) => !['Deutsch', 'data.json', 'chefkoch.de'].includes(word))).toEqual([]);
  expect(files.get('data.json')).toContain('"account.joined"');
});

test('a file that cannot be read breaks the download: half a copy never looks whole', async () => {
  const rows = { pictures: [row(['cat.png'], { file: { id: 'f1', name: 'cat.webp' } })] };
  const broken = () =>
    new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
  await expect(unzip(zipOf(copyOf(rows, broken), NOW))).rejects.toThrow();
});
