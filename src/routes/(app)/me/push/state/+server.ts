// Her settings for being told, for the page that asks her whether this device may: it needs the hub's key.
import { error, json } from '@sveltejs/kit';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  if (!locals.actor) error(401);
  const state = await hub().push.settings(locals.actor).catch(asPageError);
  return json(state, { headers: { 'cache-control': 'no-store' } });
};
