// Reporting a message (`?room=&message=`), a person (`?person=`), a place in a queue (`?ticket=`) or a talk (`?talk=`),
// of which she picks what to hand over (`&pick=`, where she came from a message): each reason is a button that sends, told at once what happens next.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { wordsOf } from '#lib/features/talks/words.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

function pointedAt(params: URLSearchParams) {
  const talk = params.get('talk');
  if (talk !== null) return { subject: 'talk' as const, id: talk, roomId: undefined };
  const ticket = params.get('ticket');
  if (ticket !== null) return { subject: 'ticket' as const, id: ticket, roomId: undefined };
  const message = params.get('message');
  const roomId = params.get('room') ?? undefined;
  return message === null
    ? { subject: 'person' as const, id: params.get('person') ?? '', roomId: undefined }
    : { subject: 'message' as const, id: message, roomId };
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const { subject, id, roomId } = pointedAt(url.searchParams);
  // without anything to point at, the form says so when it is sent
  const about =
    id === '' ? null : await hub().moderation.pointedAt(actorOf(locals), { subject, id, roomId }).catch(asPageError);
  const words = subject === 'talk' ? await wordsOf(actorOf(locals), id).catch(asPageError) : [];
  return { subject, about, words, query: url.search, pick: url.searchParams.get('pick') };
};

export const actions: Actions = {
  send: async ({ request, locals, url }) => {
    const form = await request.formData();
    const values = fieldsOf(form, 'reason', 'note');
    try {
      const input = { ...pointedAt(url.searchParams), ...values, picks: form.getAll('picks') };
      const { again } = await hub().moderation.report(actorOf(locals), input);
      return { done: again ? ('again' as const) : ('sent' as const) };
    } catch (error) {
      return failWith(error, values);
    }
  },
};
