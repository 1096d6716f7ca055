// Lengths, numbers and spans of office hours and drop-ins: shown by the interface, enforced by the server.

export const OFFICE_HOURS_LIMITS = {
  /** Hosts who share one schedule. */
  hosts: 8,
  topics: 8,
  /** A topic in her own words. */
  topic: 40,
  place: 160,
  announcement: 200,
  capacity: { min: 1, max: 100 },
  minutesPerTalk: { min: 5, max: 120 },
  /** A sitting, in minutes; one that ends after midnight ends on the next day. */
  sitting: { min: 15, max: 8 * 60 },
  /** Schedules of one host that are not over. */
  perHost: 20,
  exceptions: 60,
  holidays: 12,
  /** So far ahead drop-ins are made from schedules. */
  plannedDays: 35,
  /** Drop-ins are kept so long after their end. */
  keptDays: 180,
  cooldownMinutes: { min: 0, max: 7 * 24 * 60 },
  /** "I am coming" after a call, and how long a vanished host's called ticket stays with her. */
  comeMinutes: { min: 1, max: 15 },
  graceMinutes: { min: 1, max: 30 },
  /** Hosts may check in so long before the start. */
  earlyMinutes: 30,
  /** Hosts, and those who follow, are reminded so long before the start. */
  remindHostMinutes: 10,
  remindFollowerMinutes: 10,
  /** Nobody has come so long after the start: those who follow are told. */
  missedMinutes: 10,
  /** A host on duty of whom nothing was seen for so long is checked out; the last one is asked first, and has as long again. */
  vanishedMinutes: 5,
  /** After the end those who still talk have so long until it closes by itself. */
  overrunMinutes: 10,
  extendMinutes: 15,
  /** It cannot be extended beyond so long after its planned end. */
  extendMost: 120,
} as const;
