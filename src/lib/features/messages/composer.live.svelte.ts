// What goes with her next message besides its words: how she asks, whom she names, files. State and commands, no markup.
import type { Uploads } from '#lib/features/attachments/uploads.live.svelte.ts';
import type { PostExtras } from '#lib/realtime/outbox.ts';
import { mentionedIn, type Named } from '#shared/text/names.ts';

/** What is kept with a draft. */
export interface ComposerOptions {
  anonymous: boolean;
  question: boolean;
}

export interface Composing extends ComposerOptions {
  /** Made when the extras are loaded. */
  uploads: Uploads | null;
  /** Files may go without words. */
  readonly hasFiles: boolean;
  /** Files are still on their way: it cannot go yet. */
  readonly waits: boolean;
  /** She chose this person among the suggestions. */
  named(person: Named): void;
  /** For the message with these words; undefined when it has nothing else. */
  extras(text: string): PostExtras | undefined;
  /** After the message is safe. */
  sent(): void;
}

export function createComposing(): Composing {
  let anonymous = $state(false);
  let question = $state(false);
  let uploads = $state.raw<Uploads | null>(null);
  let people: Named[] = [];
  const files = $derived(uploads?.extras ?? {});
  const hasFiles = $derived(files.attachments !== undefined);

  return {
    get anonymous() {
      return anonymous;
    },
    set anonymous(on) {
      anonymous = on;
    },
    get question() {
      return question;
    },
    set question(on) {
      question = on;
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
    named(person) {
      people = [...people.filter(({ id }) => id !== person.id), person];
    },
    extras(text) {
      const mentions = mentionedIn(text, people);
      const extras: PostExtras = {
        ...(anonymous ? { anonymous } : {}),
        ...(question ? { question } : {}),
        ...(mentions.length > 0 ? { mentions } : {}),
        ...files,
      };
      return Object.keys(extras).length > 0 ? extras : undefined;
    },
    sent() {
      anonymous = question = false;
      people = [];
      uploads?.sent();
    },
  };
}
