// All of a talk as a text file, for the people in it, before it is deleted.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const text = await hub().talks.export(actorOf(locals), { talkId: params.talkId }).catch(asPageError);
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': 'attachment; filename="notes.txt"',
    'cache-control': 'no-store',
  };
  return new Response(text, { headers });
};
