// The poster of a drop-in, in the languages of its hosts. Its texts are made here: a page brings the words of one language only.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { posterTexts } from '#lib/features/office-hours/poster.server.ts';
import { qrOf } from '#lib/features/office-hours/qr.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const dropIn = await hub().officeHours.dropIn(actorOf(locals), params).catch(asPageError);
  const address = `${hub().config.origin}/drop-in/${dropIn.id}`;
  return { dropInId: dropIn.id, place: dropIn.place, texts: posterTexts(dropIn), qr: qrOf(address) };
};
