// Help now needs nothing but this page.
export const csr = false;
