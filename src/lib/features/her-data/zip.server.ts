// Everything about her as one ZIP: a page to read, JSON for machines, her files. Written while it is read. Only the export route imports it.
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { HerExport } from '#server/domain/her-data/her-data.service.ts';
import { DATA_PARTS, type DataRow } from '#shared/her-data.ts';
import { readablePage } from './page.server.ts';

async function* jsonOf(data: HerExport): AsyncGenerator<string> {
  yield '{';
  for (const [index, part] of DATA_PARTS.entries()) {
    yield `${index === 0 ? '' : ','}\n${JSON.stringify(part)}: [`;
    let first = true;
    for await (const row of data.rows(part)) {
      yield `${first ? '' : ','}\n  ${JSON.stringify(row.data)}`;
      first = false;
    }
    yield ']';
  }
  yield '\n}\n';
}

async function* filesOf(data: HerExport): AsyncGenerator<NonNullable<DataRow['file']>> {
  for await (const { file } of data.rows('pictures')) if (file) yield file;
}

/** One entry after the other: the next is begun when the last one is read. */
async function write(zip: ZipFile, data: HerExport, page: AsyncIterable<string>, now: Date): Promise<void> {
  const add = async (name: string, compress: boolean, open: () => Readable): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      zip.addReadStreamLazy(name, { compress, mtime: now }, (take) => {
        const stream = open();
        stream.once('error', reject).once('end', resolve);
        take(null, stream);
      });
    });
  };
  await add('index.html', true, () => Readable.from(page));
  await add('data.json', true, () => Readable.from(jsonOf(data)));
  for await (const { id, name } of filesOf(data)) await add(`files/${name}`, false, () => data.open(id));
  zip.end();
}

/** What breaks on the way breaks the download: half an archive never looks whole. */
export function zipOf(data: HerExport, now: Date): ReadableStream<Uint8Array> {
  const zip = new ZipFile();
  const out = new Readable().wrap(zip.outputStream);
  const broken = (error: unknown): void => void out.destroy(error instanceof Error ? error : new Error('broken off'));
  zip.on('error', broken);
  write(zip, data, readablePage(data, now), now).catch(broken);
  return Readable.toWeb(out) as ReadableStream<Uint8Array>;
}
