// Paths that come from outside: where to go after a form, and the code in a pasted link. Pure; for the account pages.

const OWN_PATH = /^\/(?![/\\])[\w\-./~%?=&]*$/;

/** Where to go afterwards: a path of this hub or `fallback`, never another site. */
export const safePath = (path: string | null | undefined, fallback: string): string =>
  path && OWN_PATH.test(path) ? path : fallback;

/** The code in a pasted invitation: the code itself, or the last part of the link. */
export function codeIn(pasted: string): string {
  const path = pasted.trim().split(/[?#]/, 1)[0] ?? '';
  return path.split('/').filter(Boolean).at(-1) ?? '';
}
