// The audit log as a file, for moderators and coordinators; that it was saved is written down first.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { RequestHandler } from './$types';

const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

const streamOf = (pieces: AsyncIterable<string>): ReadableStream<Uint8Array> => {
  const iterator = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
};

export const GET: RequestHandler = async ({ locals, url }) => {
  const asked = Object.fromEntries(url.searchParams);
  const pieces = await hub().audit.export(actorOf(locals), asked).catch(asPageError);
  const format = asked['format'] === 'json' ? 'json' : 'csv';
  return new Response(streamOf(pieces), {
    headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="record.${format}"` },
  });
};
