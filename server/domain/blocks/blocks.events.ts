// What happens between two people who want nothing of each other. Emitted by the blocks service.
export interface BlockEvents {
  /** Blocked or unblocked, here or in another process: what both see is another thing now. */
  'block.changed': { userIds: [string, string]; on: boolean };
}
