// Which pages strangers may open: everything else asks for a sign-in (closed by default). Only hooks.server.ts and tests import it.

/** Route ids without their groups. A new page is closed until it is named here. */
export const PUBLIC_ROUTES: readonly string[] = [
  '/',
  '/welcome',
  '/sign-in',
  '/join/[code]',
  '/reset',
  '/offline',
  '/help',
  '/week',
  '/leave',
];

/** `routeId` as Kit names it, groups included; null is a path without a page, which answers 404 to everyone. */
export function isPublicRoute(routeId: string | null): boolean {
  if (routeId === null) return true;
  const path = routeId.replaceAll(/\/\([^)]+\)/g, '') || '/';
  return PUBLIC_ROUTES.includes(path);
}
