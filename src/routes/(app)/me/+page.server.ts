// Her settings: languages, name, who sees her, password, logins. Each form is an action of its own and works without JavaScript.
import { redirect } from '@sveltejs/kit';
import { actorOf } from '#lib/features/accounts/actor.server.ts';
import { failWith, fieldsOf } from '#lib/features/accounts/forms.server.ts';
import { rememberLocale } from '#lib/features/accounts/locale-cookie.server.ts';
import { hub } from '#lib/server/hub.ts';
import { asPageError, sendCookie } from '#lib/server/page.ts';
import type { Actions, PageServerLoad } from './$types';

/** Drafts go with the answer itself: a tap before the page's script runs, or without it, leaves nothing on the phone. */
const FORGET = { 'clear-site-data': '"storage"' };

export const load: PageServerLoad = async ({ locals, url }) => ({
  sessions: await hub().accounts.sessions(actorOf(locals)).catch(asPageError),
  now: Date.now(),
  passwordChanged: url.searchParams.has('changed'),
  exitChanged: url.searchParams.has('left'),
});

export const actions: Actions = {
  language: async ({ request, locals, cookies, url }) => {
    const { locale } = fieldsOf(await request.formData(), 'locale');
    try {
      const me = await hub().accounts.setLocale(actorOf(locals), { locale });
      rememberLocale(cookies, me.locale, url.protocol === 'https:');
    } catch (error) {
      return failWith(error, {}, 'language');
    }
    redirect(303, '/me');
  },
  name: async ({ request, locals }) => {
    const { displayName } = fieldsOf(await request.formData(), 'displayName');
    try {
      const actor = actorOf(locals);
      const me = await hub().accounts.updateProfile(actor, { displayName });
      locals.actor = { ...actor, displayName: me.displayName }; // the page of this answer shows it already
    } catch (error) {
      return failWith(error, { displayName }, 'name');
    }
    return { done: 'name' as const };
  },
  reads: async ({ request, locals }) => {
    const reads = (await request.formData()).getAll('reads');
    try {
      const actor = actorOf(locals);
      const me = await hub().accounts.setReads(actor, { reads });
      locals.actor = { ...actor, reads: me.reads };
    } catch (error) {
      return failWith(error, {}, 'reads');
    }
    return { done: 'reads' as const };
  },
  presence: async ({ request, locals }) => {
    const showsPresence = (await request.formData()).has('showsPresence');
    try {
      const actor = actorOf(locals);
      const me = await hub().accounts.setPresence(actor, { showsPresence });
      locals.actor = { ...actor, showsPresence: me.showsPresence };
    } catch (error) {
      return failWith(error, {}, 'presence');
    }
    return { done: 'presence' as const };
  },
  exit: async ({ request, locals }) => {
    const form = await request.formData();
    const { exitTo } = fieldsOf(form, 'exitTo');
    try {
      await hub().accounts.setExit(actorOf(locals), { exitTo, disguise: form.has('disguise') });
    } catch (error) {
      return failWith(error, {}, 'exit');
    }
    redirect(303, '/me?left#exit'); // title, icon and the ✕ of the page begin anew
  },
  password: async ({ request, locals, cookies }) => {
    const { current, password } = fieldsOf(await request.formData(), 'current', 'password');
    try {
      const { setCookie } = await hub().accounts.changePassword(actorOf(locals), { current, password });
      if (setCookie) sendCookie(cookies, setCookie);
    } catch (error) {
      return failWith(error, {}, 'password');
    }
    redirect(303, '/me?changed#password'); // this login may have a new name: the page and its socket begin anew
  },
  end: async ({ request, locals }) => {
    const { id } = fieldsOf(await request.formData(), 'id');
    try {
      await hub().accounts.endSession(actorOf(locals), { id });
    } catch (error) {
      return failWith(error, {}, 'end');
    }
    return { done: 'end' as const };
  },
  out: async ({ locals, cookies, setHeaders }) => {
    try {
      sendCookie(cookies, (await hub().accounts.signOut(actorOf(locals))).setCookie);
      setHeaders(FORGET);
    } catch (error) {
      return failWith(error, {}, 'out');
    }
    redirect(303, '/sign-in?bye');
  },
  everywhere: async ({ locals, cookies, setHeaders }) => {
    try {
      sendCookie(cookies, (await hub().accounts.signOutEverywhere(actorOf(locals))).setCookie);
      setHeaders(FORGET);
    } catch (error) {
      return failWith(error, {}, 'out');
    }
    redirect(303, '/sign-in?bye');
  },
};
