// Uses of power over rooms, hours and places in a queue: how each is done. For the walk over the audit log.
import { aSchedule } from './office-hours.ts';
import {
  running,
  hub,
  boss,
  vera,
  mentor,
  room,
  newRoom,
  hours,
  sitting,
  asked,
  fresh,
  type Power,
} from './powers.world.ts';
import { aPlace } from './queue.ts';

export const POWERS_OVER_PLACES: Power[] = [
  [
    'office-hours/change',
    'hours.changed',
    async () => {
      const { officeHoursId } = await hours({ weekday: '2' });
      const { revision } = await hub.officeHours.schedule(mentor.actor, { officeHoursId });
      const input = { ...aSchedule({ weekday: '3' }), officeHoursId, revision };
      return () => hub.officeHours.change(vera.actor, input);
    },
  ],
  [
    'office-hours/end',
    'hours.changed',
    async () => {
      const one = await hours({ weekday: '2' });
      return () => hub.officeHours.end(vera.actor, one);
    },
  ],
  ...(['cancel', 'move', 'restore'] as const).map((verb): Power => [
    `office-hours/${verb}`,
    'hours.changed',
    async () => {
      const { officeHoursId } = await hours({ weekday: '2' });
      const one = { dropInId: `${officeHoursId}-20260602` };
      if (verb === 'restore') await hub.officeHours.cancel(mentor.actor, one);
      const when = verb === 'move' ? { date: '2026-06-03', from: '18:00', to: '19:00' } : {};
      return () => hub.officeHours[verb](vera.actor, { ...one, ...when });
    },
  ]),
  ...(['holiday', 'dropHoliday'] as const).map((verb): Power => [
    `office-hours/${verb}`,
    'hours.changed',
    async () => {
      const { officeHoursId } = await hours({ weekday: '2' });
      const days = { officeHoursId, from: '2026-07-01', to: '2026-07-02' };
      if (verb === 'dropHoliday') await hub.officeHours.holiday(mentor.actor, days);
      return () => hub.officeHours[verb](vera.actor, days);
    },
  ]),
  ...(['announce', 'stopTaking', 'takeAgain', 'extend', 'close'] as const).map((verb): Power => [
    `office-hours/${verb}`,
    'drop-in.steered',
    async () => {
      const one = await sitting();
      if (verb === 'takeAgain') await hub.officeHours.stopTaking(mentor.actor, one);
      return () => hub.officeHours[verb](vera.actor, { ...one, text: 'a little later' });
    },
  ]),
  ['office-hours/publish', 'community.changed', () => () => hub.officeHours.publish(boss.actor, { on: true })],
  ['rooms/create', 'room.created', () => () => hub.rooms.create(vera.actor, room(`corner ${fresh()}`))],
  [
    'rooms/addReady',
    'room.created',
    async () => {
      const [one] = await hub.rooms.ready(vera.actor);
      return () => hub.rooms.addReady(vera.actor, one);
    },
  ],
  [
    'rooms/update',
    'room.changed',
    async () => {
      const id = await newRoom();
      const { version } = await hub.rooms.forEdit(vera.actor, { roomId: id });
      return () => hub.rooms.update(vera.actor, { ...room('other name'), roomId: id, version, access: 'staff' });
    },
  ],
  [
    'rooms/archive',
    'room.archived',
    async () => {
      const id = await newRoom();
      return () => hub.rooms.archive(vera.actor, { roomId: id });
    },
  ],
  [
    'rooms/reopen',
    'room.reopened',
    async () => {
      const id = await newRoom();
      await hub.rooms.archive(vera.actor, { roomId: id });
      return () => hub.rooms.reopen(vera.actor, { roomId: id });
    },
  ],
  [
    'rooms/setTools',
    'room.paced',
    async () => {
      const id = await newRoom();
      const tools = { writing: 'moderators', slowSeconds: 30, newcomerHours: 24 };
      return () => hub.rooms.setTools(vera.actor, { roomId: id, ...tools });
    },
  ],
  [
    'rooms/setKeeping',
    'room.kept',
    async () => {
      const id = await newRoom();
      return () => hub.rooms.setKeeping(boss.actor, { roomId: id, keepDays: 90 });
    },
  ],
  [
    'rooms/setHost',
    'room.host',
    async () => {
      const id = await newRoom();
      return () => hub.rooms.setHost(vera.actor, { roomId: id, userId: mentor.actor.id, host: true });
    },
  ],
  [
    'rooms/answer',
    'room.answered',
    async () => {
      const one = await asked();
      return () => hub.rooms.answer(vera.actor, { ...one, answer: 'decline' });
    },
  ],
  [
    'rooms/invite',
    'room.answered',
    async () => {
      const one = await asked(); // who has asked is let in by it
      return () => hub.rooms.invite(vera.actor, one);
    },
  ],
  [
    'rooms/remove',
    'room.removed',
    async () => {
      const one = await asked();
      await hub.rooms.answer(vera.actor, { ...one, answer: 'accept' });
      return () => hub.rooms.remove(vera.actor, one);
    },
  ],
  [
    'tickets/look',
    'ticket.looked',
    async () => {
      const { dropInId } = await sitting();
      const who = await running.join(`waits-${fresh()}`);
      await hub.tickets.join(who.actor, aPlace(dropInId));
      return () => hub.tickets.look(vera.actor, { dropInId, number: '1', reason: 'she may be in danger' });
    },
  ],
];
