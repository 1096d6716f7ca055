// Talks: a private room of a ticket, read by nobody but the people in it; next steps, phone, feedback, deletion. The hub makes one.
import type { PersonView } from '#shared/accounts.ts';
import {
  byTalkSchema,
  nextStepsSchema,
  noteSchema,
  offerPhoneSchema,
  shareNoteSchema,
  type NoteView,
  type TalkSummaryView,
  type TalkView,
} from '#shared/talks.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { withBehind } from '../kernel/behind.ts';
import { parse } from '../kernel/parse.ts';
import { isStaff } from '../rooms/rooms.policy.ts';
import { createFeedback } from './talks.feedback.ts';
import { createInside, type Mine } from './talks.inside.ts';
import { createTalkRooms } from './talks.rooms.ts';
import type { TalksServiceParts } from './talks.parts.ts';
import type { Note, Talk } from './talks.repository.ts';

const LIST = 50;
/** So far ahead she is offered mentors, and so many. */
const COMING_MS = 14 * 24 * 60 * 60 * 1000;
const MENTORS = 40;

export type TalksService = ReturnType<typeof createTalksService>;

export function createTalksService(parts: TalksServiceParts) {
  const { talks, tickets, dropIns, clock } = parts;
  const rooms = createTalkRooms(parts);

  /** The talk, and on which side she is in it; to everybody else it is not there, whatever her role. */
  async function mine(actor: Actor, talkId: string): Promise<Mine> {
    const talk = await talks.byId(talkId);
    const own = talk?.owners.find(({ userId }) => userId === actor.id);
    const first = own ?? (talk?.hostId === actor.id ? talk.owners[0] : undefined);
    const ticket = first && (await tickets.byId(first.ticketId));
    if (!talk || !ticket) throw new AppError('not-found');
    return { talk, side: own ? 'owner' : 'host', ticket };
  }
  const inside = createInside(parts, rooms, mine);
  const names = async (ids: (string | null)[]): Promise<(id: string | null) => PersonView | null> => {
    const people = await parts.personViews([...new Set(ids.filter((id) => id !== null))]);
    return (id) => (id === null ? null : (people.get(id) ?? null));
  };
  const noteView = (note: Note, person: (id: string | null) => PersonView | null): NoteView => ({
    ...{ id: note.id, ticketId: note.ticketId, text: note.text, at: note.at.toISOString() },
    by: person(note.by),
    sharedWith: person(note.sharedWith),
  });
  /** A group is nobody's alone. */
  const otherIn = ({ hostId, owners }: Talk, side: 'owner' | 'host') =>
    side === 'owner' ? { userId: hostId } : owners.length === 1 && owners[0] ? { userId: owners[0].userId } : {};
  /** Whom she may show her note: who shares this drop-in, and the hosts of those that come. */
  async function mentorsNear(hosts: readonly string[]): Promise<string[]> {
    const now = clock.now();
    const coming = await dropIns.between(now, new Date(now.getTime() + COMING_MS), LIST);
    return [...new Set([...hosts, ...coming.flatMap(({ hostIds }) => hostIds)])].slice(0, MENTORS);
  }
  const aliasesOf = (talk: Talk): string => talk.owners.map(({ name }) => name).join(', ');

  return {
    ...rooms,
    ...createFeedback(parts),
    /** On which side she is in it, and by which place. Raises 'not-found' for who is not in it. */
    async insist(actor: Actor, input: unknown): Promise<{ ticketId: string; side: Mine['side'] }> {
      const { ticket, side } = await mine(actor, parse(byTalkSchema, input).talkId);
      return { ticketId: ticket.id, side };
    },
    search: inside.search,
    postLesson: inside.postLesson,
    pointAt: inside.pointAt,
    /** The same by what a command brings along. */
    personaFor: (actor: Actor, input: unknown): Promise<Actor> =>
      rooms.personaOf(actor, (input as { roomId?: unknown } | null | undefined)?.roomId),

    async open(actor: Actor, input: unknown): Promise<TalkView> {
      const { talkId } = parse(byTalkSchema, input);
      const { talk, side, ticket } = await mine(actor, talkId);
      const as = await rooms.personaOf(actor, talkId);
      const dropIn = await dropIns.byId(talk.dropInId);
      const note = await talks.noteOf(ticket.id);
      const mentors = side === 'owner' && note ? await mentorsNear(dropIn?.hostIds ?? []) : [];
      const person = await names([
        talk.hostId,
        ticket.handOver,
        note?.by ?? null,
        note?.sharedWith ?? null,
        ...mentors,
      ]);
      const own = talk.owners.find(({ ticketId }) => ticketId === ticket.id);
      const join = await parts.messages.join(as, { roomId: talkId });
      const lesson = await inside.lessonRoom(actor, { talk, side, ticket });
      const offered = talk.owners.filter(({ phone }) => phone !== '');
      const view: TalkView = {
        ...{ id: talkId, ticketId: ticket.id, side, viewerId: as.id, join },
        hostId: side === 'owner' ? talk.hostId : null,
        alias: own?.name && side === 'owner' ? own.name : null,
        title: side === 'owner' ? (person(talk.hostId)?.displayName ?? '') : aliasesOf(talk),
        state: ticket.state,
        startedAt: talk.startedAt.toISOString(),
        endedAt: talk.endedAt?.toISOString() ?? null,
        deletedAt: talk.deleteAt?.toISOString() ?? null,
        minutesPerTalk: dropIn?.minutesPerTalk ?? 0,
        phone: side === 'owner' ? (own?.phone ?? '') : offered.map(({ name, phone }) => `${name}: ${phone}`).join(', '),
        handOver: side === 'owner' && ticket.state === 'talking' ? person(ticket.handOver) : null,
        note: note && noteView(note, person),
        mentors: mentors.flatMap((id) => (id === talk.hostId ? [] : (person(id) ?? []))),
        feedbackGiven: own?.rated ?? false,
        lesson: lesson && { slug: lesson.slug, name: lesson.name },
        keptDays: await parts.keepDays(),
      };
      return withBehind(view, otherIn(talk, side));
    },

    /** Whoever is in this room as in a talk, by account; null: it is no talk. */
    async accountsIn(talkId: string): Promise<string[] | null> {
      const talk = await talks.byId(talkId);
      return talk && [talk.hostId, ...talk.owners.map(({ userId }) => userId)];
    },

    /** Hers on either side, newest first. */
    async list(actor: Actor): Promise<TalkSummaryView[]> {
      const found = await talks.ofPerson(actor.id, LIST);
      const person = await names(found.map(({ hostId }) => hostId));
      return found.map((talk) => {
        const side = talk.owners.some(({ userId }) => userId === actor.id) ? 'owner' : 'host';
        const view: TalkSummaryView = {
          ...{
            id: talk.id,
            side,
            startedAt: talk.startedAt.toISOString(),
            endedAt: talk.endedAt?.toISOString() ?? null,
          },
          title: side === 'owner' ? (person(talk.hostId)?.displayName ?? '') : aliasesOf(talk),
        };
        return withBehind(view, otherIn(talk, side));
      });
    },

    /** Her number, for the host of this talk; only she offers it, and she can take it back. */
    async offerPhone(actor: Actor, input: unknown): Promise<void> {
      const { talkId, phone } = parse(offerPhoneSchema, input);
      const { talk, side } = await mine(actor, talkId);
      if (side !== 'owner') throw new AppError('forbidden');
      if (talk.endedAt && phone !== '') throw new AppError('conflict');
      await talks.setPhone(talkId, actor.id, phone);
    },

    /** The host writes down her next steps; from then on the note is hers. */
    async writeNote(actor: Actor, input: unknown): Promise<void> {
      const { ticketId, text } = parse(nextStepsSchema, input);
      const ticket = await tickets.byId(ticketId);
      const talk = ticket?.talkId ? await talks.byId(ticket.talkId) : null;
      if (!ticket || talk?.hostId !== actor.id) throw new AppError('not-found');
      await talks.writeNote({ ownerId: ticket.ownerId, ticketId, text, by: actor.id, at: clock.now() });
    },
    async shareNote(actor: Actor, input: unknown): Promise<void> {
      const { noteId, with: userId } = parse(shareNoteSchema, input);
      if (userId !== null) {
        const person = (await parts.personViews([userId])).get(userId);
        if (!person || !isStaff(person)) throw new AppError('input.invalid', { field: 'with' });
      }
      if (!(await talks.shareNote(noteId, actor.id, userId))) throw new AppError('not-found');
    },
    /** Gone for everybody. */
    async deleteNote(actor: Actor, input: unknown): Promise<void> {
      const { noteId } = parse(noteSchema, input);
      if (!(await talks.dropNote(noteId, actor.id))) throw new AppError('not-found');
    },
    /** Hers, and for mentors those that were shown to them. */
    async notes(actor: Actor): Promise<{ own: NoteView[]; shown: NoteView[] }> {
      const [own, shown] = await Promise.all([
        talks.notesFor(actor.id, false, LIST),
        talks.notesFor(actor.id, true, LIST),
      ]);
      const person = await names([...own, ...shown].flatMap(({ by, sharedWith }) => [by, sharedWith]));
      return { own: own.map((one) => noteView(one, person)), shown: shown.map((one) => noteView(one, person)) };
    },

    /** All that was written in it, as text, for the people in it. */
    async export(actor: Actor, input: unknown): Promise<string> {
      const { talkId } = parse(byTalkSchema, input);
      await mine(actor, talkId);
      const as = await rooms.personaOf(actor, talkId);
      const lines: string[] = [];
      for (let before: number | null = null, more = true; more;) {
        const page = await parts.messages.history(as, { roomId: talkId, before });
        const words = page.messages.filter(({ text }) => text !== null);
        lines.unshift(...words.map(({ at, author, text }) => `${at} ${author?.displayName ?? ''}: ${text ?? ''}`));
        before = page.messages[0]?.seq ?? null;
        more = page.hasOlder && before !== null;
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
