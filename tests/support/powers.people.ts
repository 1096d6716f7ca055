// Uses of power over people, their words and what holds for all: how each is done. For the walk over the audit log.
import { hiding } from './house-rules.ts';
import { hub, boss, vera, mentor, amal, other, post, reported, stranger, fresh, type Power } from './powers.world.ts';

const NONE = { decision: 'none', note: '' };

export const POWERS_OVER_PEOPLE: Power[] = [
  [
    'accounts/createInvitation',
    'invitation.created',
    () => () => hub.accounts.createInvitation(vera.actor, { role: 'member', note: '', uses: 1, days: 1 }),
  ],
  [
    'accounts/revokeInvitation',
    'invitation.revoked',
    async () => {
      const { invitation } = await hub.accounts.createInvitation(mentor.actor, {
        ...{ role: 'member', note: '', uses: 1, days: 1 },
      });
      return () => hub.accounts.revokeInvitation(vera.actor, { id: invitation.id });
    },
  ],
  [
    'accounts/createResetCode',
    'reset-code.created',
    () => () => hub.accounts.createResetCode(vera.actor, { id: amal.actor.id }),
  ],
  [
    'audit/export',
    'audit.exported',
    () => async () => {
      let bytes = 0;
      for await (const line of await hub.audit.export(vera.actor, { format: 'csv' })) bytes += line.length;
      return bytes;
    },
  ],
  ['community/decide', 'community.changed', () => () => hub.community.decide(boss.actor, { editMinutes: '5' })],
  [
    'community/decideHolds',
    'community.changed',
    () => () => hub.community.decideHolds(boss.actor, { holdLinks: '', holdPhones: '' }),
  ],
  ['community/decideBans', 'community.changed', () => () => hub.community.decideBans(boss.actor, { fourEyes: 'on' })],
  [
    'community/decideHiding',
    'community.changed',
    () => () => hub.community.decideHiding(boss.actor, hiding('danger', 'pressure')),
  ],
  [
    'community/decideAsking',
    'community.changed',
    () => () => hub.community.decideAsking(boss.actor, { askToJoin: 'on' }),
  ],
  ...(['accept', 'decline'] as const).map((verb): Power => [
    `moderation/${verb}`,
    verb === 'accept' ? 'asking.accepted' : 'asking.declined',
    async () => {
      const seen = await stranger();
      return () => hub.asking[verb](vera.actor, { ...seen, why: 'full' });
    },
  ]),
  ['community/set', 'door.opened', () => () => hub.door.set(vera.actor, { open: true })],
  [
    'messages/remove',
    'message.removed',
    async () => {
      const one = await post(amal);
      return () => hub.messages.remove(vera.actor, one);
    },
  ],
  [
    'messages/move',
    'message.moved',
    async () => {
      const one = await post(amal);
      return () => hub.messages.move(vera.actor, { ...one, toRoomId: other });
    },
  ],
  [
    'messages/reveal',
    'message.revealed',
    async () => {
      const one = await post(amal, 'who asks', { anonymous: true });
      return () => hub.messages.reveal(vera.actor, one);
    },
  ],
  [
    'messages/versions',
    'message.versions',
    async () => {
      const one = await post(amal);
      await hub.messages.edit(amal.actor, { ...one, text: 'other words' });
      return () => hub.messages.versions(vera.actor, one);
    },
  ],
  [
    'moderation/add',
    'word-list.added',
    () => () => hub.wordLists.add(vera.actor, { language: 'de', text: `wort${fresh()}`, act: 'flag' }),
  ],
  ...(['change', 'remove'] as const).map((verb): Power => [
    `moderation/${verb}`,
    verb === 'change' ? 'word-list.changed' : 'word-list.removed',
    async () => {
      const { id } = await hub.wordLists.add(vera.actor, { language: 'de', text: `wort${fresh()}`, act: 'flag' });
      return () => hub.wordLists[verb](vera.actor, { id, act: 'hold' });
    },
  ]),
  ['moderation/review', 'word-list.reviewed', () => () => hub.wordLists.review(vera.actor, { language: 'fa' })],
  [
    'moderation/openCase',
    'case.opened',
    async () => {
      const { caseId } = await reported();
      return () => hub.moderation.openCase(vera.actor, { caseId });
    },
  ],
  [
    'moderation/decide',
    'case.decided',
    async () => {
      const { caseId, version } = await reported();
      return () => hub.moderation.decide(vera.actor, { caseId, version, ...NONE });
    },
  ],
  [
    'moderation/undo',
    'case.undone',
    async () => {
      const { caseId, version } = await reported();
      await hub.moderation.decide(vera.actor, { caseId, version, ...NONE });
      const now = (await hub.moderation.openCase(boss.actor, { caseId })).case;
      return () => hub.moderation.undo(vera.actor, { caseId, version: now.version });
    },
  ],
  [
    'moderation/markReport',
    'report.marked',
    async () => {
      const { caseId, reporter } = await reported();
      return () => hub.moderation.markReport(vera.actor, { caseId, reporterId: reporter.actor.id, on: true });
    },
  ],
];
