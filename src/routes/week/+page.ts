// Strangers read it: plain HTML, no script.
export const csr = false;
