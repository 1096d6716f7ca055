// Looks at what is about to be posted: word lists, and what the community holds. Flagged: in the list; held: waits for a moderator. Only the hub gives it to messages.
import { excerptOf } from '#shared/messages.reduce.ts';
import type { PostInput } from '#shared/messages.commands.ts';
import type { RoomView } from '#shared/rooms.ts';
import type { ListAct } from '#shared/moderation/word-lists.ts';
import { findLinks } from '#shared/text/links.ts';
import { findPhones } from '#shared/text/phones.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { EventBus } from '../kernel/event-bus.ts';
import { newId } from '../kernel/ids.ts';
import { isStaff, moderates } from '../rooms/rooms.policy.ts';
import type { ModerationEvents } from './moderation.events.ts';
import type { CaseRow } from './moderation.model.ts';
import { blankCase } from './moderation.parts.ts';
import type { ModerationRepository } from './moderation.repository.ts';

/** What a text hits; `names`: entries of the lists, or what else it is held for. */
export interface Screened {
  act: ListAct;
  names: string[];
}
/** A message as the screening sees it. */
interface Screenable {
  id: string;
  roomId: string;
  authorId: string;
  anonymous: boolean;
  text: string | null;
  /** What stood there before. */
  versions?: { text: string; at: Date }[];
}
interface Parts {
  repository: ModerationRepository;
  look(text: string): Promise<{ act: ListAct | null; entries: { text: string }[] }>;
  /** What the community wants held. */
  holds(): Promise<{ links: boolean; phones: boolean; newcomerHours: number }>;
  /** A newcomer mentions so many people. */
  mentioned(count: number): void;
  bus: Pick<EventBus<ModerationEvents>, 'emit'>;
  clock: Clock;
}
export type Screening = ReturnType<typeof createScreening>;

const HOUR = 60 * 60 * 1000;
/** So grave is a hit: before what is only annoying, behind what is dangerous. */
const GRAVE: Record<ListAct, number> = { flag: 1, hold: 2 };

export function createScreening({ repository, look, holds, mentioned, bus, clock }: Parts) {
  const isYoung = (actor: Actor, hours: number): boolean =>
    (actor.joinedAt?.getTime() ?? 0) > clock.now().getTime() - hours * HOUR;

  async function hits(actor: Actor, room: RoomView, text: string): Promise<Screened | null> {
    const { act, entries } = await look(text);
    const names = entries.map((entry) => entry.text);
    const { links, phones, newcomerHours } = await holds();
    const young = isYoung(actor, newcomerHours);
    const held = [
      ...(links && young && !isStaff(actor) && findLinks(text).length > 0 ? ['link'] : []),
      ...(phones && room.access === 'open' && findPhones(text).some(({ helpline }) => !helpline) ? ['phone'] : []),
    ];
    if (held.length > 0) return { act: 'hold', names: [...names, ...held] };
    return act && { act, names };
  }

  const caseOf = (key: string, about: Omit<Screenable, 'id'>, { act, names }: Screened): CaseRow => ({
    ...blankCase('message', key, clock.now()),
    ...{ gravity: GRAVE[act], hits: names, aboutId: about.authorId, anonymous: about.anonymous },
    ...{ roomId: about.roomId, excerpt: about.text === null ? null : excerptOf(about.text) },
    ...(about.text === null ? {} : { evidence: { text: about.text, versions: about.versions ?? [] } }),
  });

  async function flag(message: Screenable, screened: Screened, hidden = false): Promise<void> {
    const row = { ...caseOf(`message:${message.id}`, message, screened), messageId: message.id, hidden };
    const found = await repository.open(row);
    if (found.id !== row._id) await repository.addHits(found.id, screened.names, GRAVE[screened.act], hidden);
    bus.emit('case.changed', { caseId: found.id, aboutId: found.aboutId });
  }
  /** Moderators write what they must; a talk is nobody's to read. */
  const exempt = (actor: Actor, room: RoomView): boolean => moderates(actor) || room.access === 'talk';

  return {
    /**
     * Before a post is stored. Null: nothing to see, or it went through before (asked only when there is something). Raises 'message.held' when it waits for a moderator now, also for the
     * same post again: it waits once.
     */
    async before(
      actor: Actor,
      room: RoomView,
      post: PostInput,
      isStored: () => Promise<boolean>,
    ): Promise<Screened | null> {
      if (exempt(actor, room)) return null;
      if (post.mentions.length > 0 && isYoung(actor, (await holds()).newcomerHours)) mentioned(post.mentions.length);
      const text = [post.text, post.cover ?? ''].join('\n');
      const screened = await hits(actor, room, text);
      if (screened && (await isStored())) return null;
      if (screened?.act !== 'hold') return screened;
      const heldKey = `${actor.id}:${post.clientId}`;
      const about = { roomId: room.id, authorId: actor.id, anonymous: post.anonymous, text: post.text };
      const row = { ...caseOf(`held:${heldKey}`, about, screened), _id: newId(), heldKey, held: { post } };
      if (await repository.hold(row)) bus.emit('case.changed', { caseId: row._id, aboutId: actor.id });
      throw new AppError('message.held');
    },

    /** After a post that was only flagged is stored. May run twice while its case is open. */
    after: (message: Screenable, screened: Screened): Promise<void> => flag(message, screened),

    /** After new words: what they hit that the old ones did not. 'hold': to be kept from members until somebody has looked. */
    async edited(actor: Actor, room: RoomView, message: Screenable, text: string): Promise<ListAct | null> {
      if (exempt(actor, room)) return null;
      const screened = await hits(actor, room, text);
      const before = screened && message.text !== null ? await hits(actor, room, message.text) : null;
      const names = screened?.names.filter((name) => !before?.names.includes(name)) ?? [];
      if (!screened || names.length === 0) return null;
      const at = clock.now();
      const versions = [...(message.versions ?? []), ...(message.text === null ? [] : [{ text: message.text, at }])];
      await flag({ ...message, text, versions }, { act: screened.act, names }, screened.act === 'hold');
      return screened.act;
    },
  };
}
