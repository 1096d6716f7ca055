// What can be done with a message where the page is alive. For components of messages.
import type { MessageView } from '#shared/messages.ts';
import type { Reaction } from '#shared/reactions.ts';

export interface MessageActs {
  /** Opens everything that can be done beside `source`. */
  menu(message: MessageView, source: HTMLElement): void;
  /** Gives it, or takes it back. */
  react(message: MessageView, reaction: Reaction): void;
  /** The reactions she gave. */
  given(message: MessageView): readonly Reaction[];
  /** Shows the message in its place, which is loaded if need be; false where that is not possible now. */
  show(messageId: string, seq: number): boolean;
  /** Whether it is where the keyboard comes to when it comes to the list. */
  stop(id: string): boolean;
}
