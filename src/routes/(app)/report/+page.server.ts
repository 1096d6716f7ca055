// Reporting a message (`?room=&message=`) or a person (`?person=`): a plain form, told at once what happens next.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import type { Actions, PageServerLoad } from './$types';

function pointedAt(params: URLSearchParams) {
  const message = params.get('message');
  const roomId = params.get('room') ?? undefined;
  return message === null
    ? { subject: 'person' as const, id: params.get('person') ?? '' }
    : { subject: 'message' as const, id: message, roomId };
}

export const load: PageServerLoad = ({ url }) => ({ subject: pointedAt(url.searchParams).subject, query: url.search });

export const actions: Actions = {
  send: async ({ request, locals, url }) => {
    const values = fieldsOf(await request.formData(), 'reason', 'note');
    try {
      const input = { ...pointedAt(url.searchParams), ...values };
      const { again } = await hub().moderation.report(actorOf(locals), input);
      return { done: again ? ('again' as const) : ('sent' as const) };
    } catch (error) {
      return failWith(error, values);
    }
  },
};
