// Being told on devices: this one on or off, none any more, quiet hours.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { tap } from '#lib/features/rooms/manage/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  push: await hub().push.settings(actorOf(locals)).catch(asPageError),
});

export const actions: Actions = {
  on: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'endpoint', 'p256dh', 'auth');
    return tap('on', () => hub().push.turnOn(actorOf(locals), input));
  },
  off: ({ locals }) => tap('off', () => hub().push.turnOff(actorOf(locals))),
  none: ({ locals }) => tap('none', () => hub().push.turnOffEverywhere(actorOf(locals))),
  quiet: async ({ request, locals }) => {
    const input = fieldsOf(await request.formData(), 'quietFrom', 'quietTo');
    try {
      await hub().push.setQuiet(actorOf(locals), input);
    } catch (error) {
      return failWith(error, input, 'quiet');
    }
    return { done: 'quiet' as const };
  },
};
