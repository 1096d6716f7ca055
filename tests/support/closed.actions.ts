// Every form action and every endpoint that takes more than a look, by name, with what it comes to for each standing. Tests only.

/** Of nothing that is there. */
export const NOBODY = '0'.repeat(24);

/**
 * What becomes of one good form: 200 done, 303 done and sent on, 403 hers it is not, 404 what it is about is not there, 400
 * words that are no good. Who is blocked gets what every member gets; a standing that is left out gets what the one before
 * it gets, strangers 401 and the shut out 403 unless the page is open to them.
 */
export interface ActionWalk {
  member: number;
  stranger?: number;
  muted?: number;
  /** Under a suspension or a ban. */
  shutOut?: number;
  mentor?: number;
  moderator?: number;
  coordinator?: number;
  /** Instead of what the good form has in these fields. */
  form?: Record<string, string>;
  query?: string;
  /** Her login is over afterwards. */
  ends?: true;
}

export const ACTIONS: Record<string, ActionWalk> = {
  '/answers/[answerId]?/remove': { member: 403, mentor: 303 },
  '/answers/[answerId]?/save': { member: 403, mentor: 404 },
  '/answers/new?/default': { member: 403, mentor: 303 },
  '/checks?/check': { member: 404 },
  '/checks?/uncheck': { member: 404 },
  '/community?/editing': { member: 403, coordinator: 200 },
  '/community?/holding': { member: 403, coordinator: 200 },
  '/community?/reports': { member: 403, coordinator: 200 },
  '/community?/talks': { member: 403, coordinator: 200 },
  '/decisions/[caseId]?/decide': { member: 403, moderator: 404, query: 'kind=none' },
  '/decisions/[caseId]?/mark': { member: 403, moderator: 404 },
  '/decisions/[caseId]?/take': { member: 403, moderator: 404 },
  '/decisions/[caseId]?/undo': { member: 403, moderator: 404 },
  '/decisions?/door': { member: 403, moderator: 303 },
  '/drop-in/[dropInId]/who?/look': { member: 403, moderator: 404 },
  '/drop-in/[dropInId]?/announce': { member: 404 },
  '/drop-in/[dropInId]?/cancel': { member: 404 },
  '/drop-in/[dropInId]?/checkIn': { member: 404 },
  '/drop-in/[dropInId]?/checkOut': { member: 404 },
  '/drop-in/[dropInId]?/close': { member: 404 },
  '/drop-in/[dropInId]?/extend': { member: 404 },
  '/drop-in/[dropInId]?/follow': { member: 404 },
  '/drop-in/[dropInId]?/joinHosts': { member: 404 },
  '/drop-in/[dropInId]?/move': { member: 404, form: { to: '19:00' } },
  '/drop-in/[dropInId]?/restore': { member: 404 },
  '/drop-in/[dropInId]?/stay': { member: 404 },
  '/drop-in/[dropInId]?/stopTaking': { member: 404 },
  '/drop-in/[dropInId]?/takeAgain': { member: 404 },
  '/drop-in/calendar?/drop': { member: 200 },
  '/drop-in/calendar?/renew': { member: 200 },
  '/drop-in/mine/[officeHoursId]?/change': {
    member: 404,
    form: { to: '19:00', topics: 'jobs', until: '', weekday: '2', repeat: 'weekly', online: 'on' },
  },
  '/drop-in/mine/[officeHoursId]?/dropHoliday': { member: 404, form: { from: '2099-01-01', to: '2099-01-02' } },
  '/drop-in/mine/[officeHoursId]?/end': { member: 404 },
  '/drop-in/mine/[officeHoursId]?/holiday': { member: 404, form: { from: '2099-01-01', to: '2099-01-02' } },
  '/drop-in/mine/[officeHoursId]?/leaveHosts': { member: 404 },
  '/drop-in/new?/default': {
    member: 403,
    mentor: 303,
    form: { to: '19:00', topics: 'jobs', until: '', weekday: '2', repeat: 'weekly', online: 'on' },
  },
  '/drop-in?/follow': { member: 404 },
  '/drop-in?/publish': { member: 403, coordinator: 200 },
  '/invitations?/make': { member: 403, mentor: 200 },
  '/invitations?/revoke': { member: 403, mentor: 404 },
  '/join/[code]?/default': { member: 400 },
  '/me/blocked/new?/block': { member: 404, query: `person=${NOBODY}` },
  '/me/blocked?/undo': { member: 200 },
  '/me/data?/delete': { member: 400 },
  '/me/push?/none': { member: 200 },
  '/me/push?/off': { member: 200 },
  '/me/push?/on': { member: 400 },
  '/me/push?/quiet': { member: 200 },
  '/me?/end': { member: 404 },
  '/me?/exit': { member: 303 },
  '/me?/language': { member: 303 },
  '/me?/name': { member: 200, shutOut: 403 },
  '/me?/password': { member: 400 },
  '/me?/presence': { member: 200, shutOut: 403 },
  '/me?/reads': { member: 200, shutOut: 403 },
  '/moderation/words?/add': { member: 403, moderator: 200, coordinator: 409 },
  '/moderation/words?/change': { member: 403, moderator: 404 },
  '/moderation/words?/remove': { member: 403, moderator: 404 },
  '/moderation/words?/review': { member: 403, moderator: 200 },
  '/moderation/words?/try': { member: 403, moderator: 200 },
  '/notes?/notices': { member: 303 },
  '/notes?/read': { member: 303 },
  '/notices/[caseId]?/appeal': { member: 404 },
  '/people?/code': { member: 404 },
  '/queue/[dropInId]/host?/act': { member: 404, form: { action: 'end' } },
  '/queue/[dropInId]/host?/invite': { member: 404 },
  '/queue/[dropInId]/host?/next': { member: 404 },
  '/queue/[dropInId]/host?/offer': { member: 404 },
  '/queue/[dropInId]?/ask': { member: 404, form: { from: '', to: '', messageId: '' } },
  '/queue/[dropInId]?/join': { member: 404, form: { from: '', to: '', messageId: '' } },
  '/report?/send': { member: 404, query: `person=${NOBODY}` },
  '/reset?/default': { member: 400 },
  '/rooms/[slug]/enter?/ask': { member: 403 },
  '/rooms/[slug]/enter?/join': { member: 303 },
  '/rooms/[slug]/enter?/leave': { member: 303 },
  '/rooms/[slug]/message/[messageId]/move?/default': { member: 404 },
  '/rooms/[slug]/people/invite?/host': { member: 403, moderator: 404 },
  '/rooms/[slug]/people/invite?/invite': { member: 403, moderator: 404 },
  '/rooms/[slug]/people?/answer': { member: 403, moderator: 409 },
  '/rooms/[slug]/people?/host': { member: 403, moderator: 404 },
  '/rooms/[slug]/people?/remove': { member: 403, moderator: 404 },
  '/rooms/[slug]/pins?/move': { member: 404 },
  '/rooms/[slug]/pins?/unpin': { member: 404 },
  '/rooms/[slug]/questions/[messageId]?/check': { member: 404 },
  '/rooms/[slug]/questions/[messageId]?/mark': { member: 404 },
  '/rooms/[slug]/questions/[messageId]?/uncheck': { member: 404 },
  '/rooms/[slug]/settings?/save': { member: 403 },
  '/rooms/[slug]/thread/[messageId]?/post': { member: 400 },
  '/rooms/[slug]?/post': { member: 303, muted: 400 },
  '/rooms/manage/[roomId]?/archive': { member: 403, moderator: 404 },
  '/rooms/manage/[roomId]?/keeping': { member: 403, coordinator: 404 },
  '/rooms/manage/[roomId]?/reopen': { member: 403, moderator: 404 },
  '/rooms/manage/[roomId]?/save': { member: 403, moderator: 404 },
  '/rooms/manage/[roomId]?/tools': { member: 403, moderator: 404 },
  '/rooms/manage/new?/default': { member: 403, moderator: 303 },
  '/rooms/manage?/add': { member: 403, moderator: 200, form: { slug: 'housing' } },
  '/rooms/manage?/move': { member: 403, moderator: 404 },
  '/rooms/manage?/reopen': { member: 403, moderator: 404 },
  '/saved?/unsave': { member: 404 },
  '/sign-in?/default': { member: 400 },
  '/talks/[talkId]?/act': { member: 404 },
  '/talks/[talkId]?/feedback': { member: 404 },
  '/talks/[talkId]?/forget': { member: 404 },
  '/talks/[talkId]?/lesson': { member: 404 },
  '/talks/[talkId]?/phone': { member: 404 },
  '/talks/[talkId]?/post': { member: 400 },
  '/talks/[talkId]?/share': { member: 404, form: { with: '' } },
  '/talks/[talkId]?/steps': { member: 404 },
  '/talks?/forget': { member: 404 },
  '/talks?/share': { member: 404, form: { with: '' } },
  '/tickets/[ticketId]?/act': { member: 404 },
  '/tickets/[ticketId]?/invited': { member: 404 },
  '/welcome?/invitation': { member: 400 },
  '/welcome?/language': { member: 303 },
  'POST /me/data/export': { member: 303 },
  '/me?/out': { member: 303, ends: true },
  '/me?/everywhere': { member: 303, ends: true },
  'POST /leave': { member: 200, ends: true },
};
