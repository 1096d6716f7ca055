// One drop-in: its facts, following, and for its hosts everything that is done with it.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { qrOf } from '#lib/features/office-hours/qr.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const dropIn = await hub().officeHours.dropIn(actorOf(locals), params).catch(asPageError);
  const address = `${hub().config.origin}/drop-in/${dropIn.id}`;
  return { dropIn, qr: qrOf(address) };
};

type Verb =
  | ('checkIn' | 'checkOut' | 'stopTaking' | 'takeAgain' | 'close' | 'extend' | 'stay' | 'announce')
  | ('cancel' | 'restore' | 'move');
/** A command on this drop-in with whatever its form has; the service takes what it knows. */
const act =
  (verb: Verb) =>
  async ({ request, locals, params }: RequestEvent) => {
    const form = await request.formData();
    const fields = fieldsOf(form, 'last', 'text', 'date', 'from', 'to');
    const input = { ...fields, languages: form.getAll('languages'), ...params };
    return tap(verb, () => hub().officeHours[verb](actorOf(locals), input));
  };

/** A command on the schedule it belongs to. */
const onSchedule =
  (verb: 'follow' | 'joinHosts') =>
  async ({ request, locals }: RequestEvent) => {
    const input = fieldsOf(await request.formData(), 'officeHoursId', 'on');
    return tap(verb, () => hub().officeHours[verb](actorOf(locals), input));
  };

export const actions: Actions = {
  checkIn: act('checkIn'),
  checkOut: act('checkOut'),
  stopTaking: act('stopTaking'),
  takeAgain: act('takeAgain'),
  close: act('close'),
  extend: act('extend'),
  stay: act('stay'),
  announce: act('announce'),
  cancel: act('cancel'),
  restore: act('restore'),
  move: act('move'),
  follow: onSchedule('follow'),
  joinHosts: onSchedule('joinHosts'),
};
