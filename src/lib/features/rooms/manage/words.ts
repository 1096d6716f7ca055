// Words for who may come into a room and what she is told of. For the pages about rooms.
import { m } from '#lib/i18n/generated/messages.js';
import { ROOM_ACCESS, type RoomAccess, type RoomLevel } from '#shared/rooms.ts';

export const ACCESS_WORDS: Record<RoomAccess, { name: () => string; hint: () => string }> = {
  open: { name: m.room_access_open, hint: m.room_access_open_hint },
  request: { name: m.room_access_request, hint: m.room_access_request_hint },
  invitation: { name: m.room_access_invitation, hint: m.room_access_invitation_hint },
  staff: { name: m.room_access_staff, hint: m.room_access_staff_hint },
  // never shown: talks are in no list of rooms
  talk: { name: m.room_access_invitation, hint: m.room_access_invitation_hint },
};
/** What a room can be made: a talk is none of these. */
export const accessChoices = () =>
  ROOM_ACCESS.map((value) => ({ value, label: ACCESS_WORDS[value].name(), hint: ACCESS_WORDS[value].hint() }));
export const LEVEL_NAMES: Record<RoomLevel, () => string> = {
  all: m.room_settings_all,
  mentions: m.room_settings_mentions,
  nothing: m.room_settings_nothing,
};
