// Her settings for being told, for the page that asks her whether this device may: it needs the hub's key.
import { json } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  const state = await hub().push.settings(actorOf(locals)).catch(asPageError);
  return json(state, { headers: { 'cache-control': 'no-store' } });
};
