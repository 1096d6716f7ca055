// Lengths, page sizes and rates: shown by the interface, enforced by the server. Lengths are UTF-16 code units.

export const LIMITS = {
  messageLength: 4000,
  /** So much of a quoted message is shown above the reply. */
  excerptLength: 140,
  /** Minutes in which the author may change her words, unless the community says otherwise. */
  editMinutes: 60,
  mentions: 20,
  attachments: 10,
  coverLength: 120,
  sourceLength: 500,
  /** Answers that a mentor keeps for herself, and their titles. */
  savedAnswers: 200,
  /** People whom one person blocks at most. */
  blocks: 200,
  answerTitle: 80,
  /** Pinned messages of a room. */
  pins: 30,
  displayName: { min: 1, max: 40 },
  userName: { min: 3, max: 30 },
  password: { min: 10, max: 128 },
  roomName: 60,
  roomPurpose: 200,
  roomRules: 2000,
  roomWelcome: 600,
  /** Rooms that are not archived: the list is shown whole. */
  rooms: 100,
  /** What she writes when she asks to be let into a room. */
  roomAsk: 200,
  /** After a declined request, so long until the next. */
  roomAskAgainHours: 24,
  invitationNote: 80,
  invitationUses: 100,
  invitationDays: 90,
  /** So many may join by open invitations of one person. */
  openPlaces: { member: 0, mentor: 40, moderator: 200, coordinator: 2_000 },
  historyPage: 50,
  listPage: 50,
  /** More changes than this since a client's rev are answered with the newest page instead. */
  catchUpChanges: 200,
  /** Days that the room log keeps its entries. */
  roomLogDays: 14,
  /** Posts of one person: this many at once, then this many a second. */
  posting: { burst: 10, perSecond: 1 },
  /** What a newcomer finds unread in a room, at most: enough to see that there is life, not a debt of hundreds. */
  newcomerUnread: 20,
  /** Names are listed in "who is here" up to this many people, above it only the count. */
  presenceNames: 50,
  /** Words of a report, a decision, an appeal. */
  caseNote: 1000,
  /** Messages of a talk that a report hands over. */
  reportPicks: 20,
  /** Reports of one person a day; of one whose reports proved false, fewer. */
  reportsADay: 20,
  doubtfulReportsADay: 3,
  /** So many reports of hers that were marked as false on purpose within 90 days take their effect of hiding away. */
  falseReports: 3,
  /** So long an account counts as new: what newcomers write may be held. */
  newcomerHours: 72,
  /** So many joins, or mentions by newcomers, within so many minutes close the door. Eighty women at one table may join. */
  raid: { minutes: 10, joins: 120, mentions: 60 },
  appealDays: 20,
  sanctionHours: 24 * 366,
  payloadBytes: 64 * 1024,
  /** What she writes when she joins a queue: her own words, and a first name if she wants one. */
  ticketWords: 300,
  ticketName: 30,
  ticketWindows: 4,
  nextSteps: 2000,
  feedbackWords: 300,
  groupTickets: 8,
  resetCodeHours: 24,
  firstInvitationHours: 24,
  /** Two years. */
  auditDays: 731,
  auditReason: 500,
  wordEntry: 60,
  /** Entries of one list. */
  words: 500,
  /** Entries of the audit log that an export reads at once. */
  auditExportChunk: 500,
} as const;
