// Her copy as a ZIP: what is in it can be read, in her language, and it is whole or it breaks.
import { Readable } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { HerExport } from '#server/domain/her-data/her-data.service.ts';
import type { DataPart, DataRow } from '#shared/her-data.ts';
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
