// Making, listing and revoking invitation links. A new link is in the answer to the form and nowhere else.
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError } from '#lib/server/page.ts';
import { isAppError } from '#shared/errors.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const actor = actorOf(locals);
  const before = url.searchParams.get('before') ?? undefined;
  const { items, next } = await hub().accounts.invitations(actor, { before }).catch(asPageError);
  const left = await hub().accounts.placesLeft(actor).catch(asPageError);
  const closed = await hub()
    .door.insistOpen()
    .then(
      () => false,
      (error: unknown) => (isAppError(error) && error.code === 'auth.door-closed' ? true : asPageError(error)),
    );
  return {
    closed,
    invitations: items,
    next,
    before: before ?? null,
    roles: hub().accounts.invitableRoles(actor),
    left,
  };
};

export const actions: Actions = {
  make: async ({ request, locals, url }) => {
    const values = fieldsOf(await request.formData(), 'role', 'note', 'uses', 'days');
    try {
      const { code, invitation } = await hub().accounts.createInvitation(actorOf(locals), values);
      return { done: 'make' as const, link: `${url.origin}/join/${code}`, expiresAt: invitation.expiresAt };
    } catch (error) {
      return failWith(error, values, 'make');
    }
  },
  revoke: async ({ request, locals }) => {
    const { id } = fieldsOf(await request.formData(), 'id');
    try {
      await hub().accounts.revokeInvitation(actorOf(locals), { id });
    } catch (error) {
      return failWith(error, {}, 'revoke');
    }
    return { done: 'revoke' as const };
  },
};
