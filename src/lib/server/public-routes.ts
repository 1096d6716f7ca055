// Which pages strangers may open: everything else asks for a sign-in (closed by default). Only hooks.server.ts and tests import it.

/** Route ids without their groups. A new page is closed until it is named here. */
export const PUBLIC_ROUTES: readonly string[] = [
  '/',
  '/welcome',
  '/sign-in',
  '/join/[code]',
  '/ask',
  '/reset',
  '/offline',
  '/help',
  '/privacy',
  '/week',
  '/leave',
];

/** What stays open to whom a suspension or a ban shuts out; everything else leads to the notices. */
const OPEN_TO_SHUT_OUT: readonly string[] = [
  ...PUBLIC_ROUTES,
  '/notices',
  '/notices/[caseId]',
  '/me',
  '/me/data',
  '/me/data/export',
];

const pathOf = (routeId: string): string => routeId.replaceAll(/\/\([^)]+\)/g, '') || '/';

export const isOpenToShutOut = (routeId: string | null): boolean =>
  routeId === null || OPEN_TO_SHUT_OUT.includes(pathOf(routeId));

/** `routeId` as Kit names it, groups included; null is a path without a page, which answers 404 to everyone. */
export function isPublicRoute(routeId: string | null): boolean {
  if (routeId === null) return true;
  return PUBLIC_ROUTES.includes(pathOf(routeId));
}
