// The figures as a file for a spreadsheet, in the language of whoever asks.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { figuresCsv } from '#lib/features/figures/csv.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  const asked = { of: url.searchParams.get('of'), from: url.searchParams.get('from') };
  const figures = await hub().figures.view(actorOf(locals), asked).catch(asPageError);
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="figures-${figures.from}.csv"`,
    'cache-control': 'no-store',
  };
  return new Response(figuresCsv(figures), { headers });
};
