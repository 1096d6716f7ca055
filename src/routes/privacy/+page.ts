// Readable without scripts, like help.
export const csr = false;
