// What happened to cases; the hub's bus carries it. Anyone may import the type.

export interface ModerationEvents {
  /** A case was opened, grew, is looked at, taken, decided or undone: lists of moderators look again, but of her whom it is about. */
  'case.changed': { caseId: string; aboutId: string };
  /** The door was closed or opened: the same lists look again. */
  'door.changed': Record<string, never>;
  /** Something new waits for her: a notice, or what became of her report. */
  'case.told': { userId: string };
}
