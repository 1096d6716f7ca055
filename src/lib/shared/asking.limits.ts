// Limits on asking to join without an invitation. No valibot in here: pages load it.

export const ASKING = {
  /** Her own words. */
  words: 500,
  /** Days that a request waits, and days that an answer and its invitation are kept. */
  openDays: 30,
  answerDays: 14,
  /** Open requests of all together. */
  open: 200,
  /** Requests a day from one address, where a whole advice centre may sit. */
  perDay: 20,
} as const;
