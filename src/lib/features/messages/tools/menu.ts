// What the menu of a message offers to whom: pure. The policy on the server insists on the same rules.
import type { MeView } from '#shared/accounts.ts';
import type { MessageView } from '#shared/messages.ts';
import type { RoomAbilities } from '#shared/rooms.ts';

export interface Viewer {
  role: MeView['role'];
  abilities: RoomAbilities;
  own: boolean;
  /** So long the community lets people change their words. */
  editMinutes: number;
  /** The message that this one answers, or in whose thread it stands, when that is a question. */
  question: MessageView | null;
  ownQuestion: boolean;
}

export interface Offers {
  reply: boolean;
  edit: boolean;
  /** What it said before. */
  versions: boolean;
  pin: boolean;
  /** She may say that it is a question, or is none. */
  question: boolean;
  answer: boolean;
  verify: boolean;
  language: boolean;
  reveal: boolean;
  move: boolean;
  /** Who looked who she is. */
  looks: boolean;
  remove: boolean;
  /** Neither sees anything of the other from then on; of staff the page says why not. */
  block: boolean;
}

/** They stay so for everybody; why, the page says that blocks. */
const reachable = (role: MeView['role']): boolean => role === 'moderator' || role === 'coordinator';

export function offersOf(message: MessageView, viewer: Viewer, now = Date.now()): Offers {
  const { role, abilities, own } = viewer;
  const team = abilities.post && role !== 'member';
  /** Its author alone says that what answers something is a question itself; others may say that it is none. */
  const first = message.replyTo === null && message.threadId === null;
  return {
    reply: abilities.post,
    edit: own && Boolean(message.text) && now - Date.parse(message.at) < viewer.editMinutes * 60_000,
    versions: abilities.removeOthers && message.editedAt !== null,
    pin: team,
    question: abilities.post && (own || (team && (first || message.question !== null))) && message.answerTo === null,
    answer: abilities.post && viewer.question !== null && message.question === null && (viewer.ownQuestion || team),
    verify: team,
    language: own || abilities.removeOthers,
    reveal: message.author === null && !own && (role === 'moderator' || role === 'coordinator'),
    move: abilities.host,
    looks: own && message.author === null,
    remove: own || abilities.removeOthers,
    block: !own && message.author !== null && !reachable(role),
  };
}
