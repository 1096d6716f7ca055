// What goes with her next message besides its words: how she asks, whom she names, files. State and commands, no markup.
import type { Uploads } from '#lib/features/attachments/uploads.live.svelte.ts';
import type { Drafts } from '#lib/realtime/drafts.ts';
import type { PostExtras } from '#lib/realtime/outbox.ts';
import { mentionedIn, type Named } from '#shared/text/names.ts';
import { readOptions, writeOptions, type Answered } from './composer-options.ts';
import type { RoomLive } from './room.live.svelte.ts';

export interface Composing {
  anonymous: boolean;
  question: boolean;
  /** The message that these words answer, as it is kept with them. */
  reply: Answered | null;
  /** Made when the extras are loaded. */
  uploads: Uploads | null;
  /** Files may go without words. */
  readonly hasFiles: boolean;
  /** Files are still on their way: it cannot go yet. */
  readonly waits: boolean;
  /** Takes a message that waits for its files, in place of the room's own `send`. Made with the uploads. */
  hold: RoomLive['send'] | null;
  /** She chose this person among the suggestions. */
  named(person: Named): void;
  /** For the message with these words; empty when it has nothing else. */
  extras(text: string): PostExtras;
  /** After the message is safe. */
  sent(): void;
  /** What she chose for the words that are still here from last time. Files are not kept. */
  load(): Promise<void>;
}

/** `kept`: where the choices lie beside the half-written words; an anonymous question must not lose its being so. */
export function createComposing(kept: Drafts): Composing {
  let anonymous = $state(false);
  let question = $state(false);
  let uploads = $state.raw<Uploads | null>(null);
  let reply = $state.raw<Answered | null>(null);
  let people: Named[] = [];
  const files = $derived(uploads?.extras ?? {});
  const hasFiles = $derived(files.attachments !== undefined);

  const save = () => kept.save(writeOptions({ anonymous, question, people, reply }));

  return {
    get anonymous() {
      return anonymous;
    },
    set anonymous(on) {
      anonymous = on;
      save();
    },
    get question() {
      return question;
    },
    set question(on) {
      question = on;
      save();
    },
    get reply() {
      return reply;
    },
    set reply(next) {
      reply = next;
      save();
    },
    get uploads() {
      return uploads;
    },
    set uploads(made) {
      uploads = made;
    },
    get hasFiles() {
      return hasFiles;
    },
    get waits() {
      return uploads?.busy ?? false;
    },
    hold: null,
    named(person) {
      people = [...people.filter(({ id }) => id !== person.id), person];
      save();
    },
    extras(text) {
      const mentions = mentionedIn(text, people);
      return {
        ...(anonymous ? { anonymous } : {}),
        ...(question ? { question } : {}),
        ...(reply ? { replyTo: reply.id } : {}),
        ...(mentions.length > 0 ? { mentions } : {}),
        ...files,
      };
    },
    sent() {
      anonymous = question = false;
      people = [];
      reply = null;
      uploads?.sent();
      save();
    },
    async load() {
      const before = readOptions(await kept.load());
      anonymous ||= before.anonymous;
      question ||= before.question;
      reply ??= before.reply;
      people = [...before.people, ...people];
    },
  };
}
