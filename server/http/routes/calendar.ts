// Calendar files: of a drop-in for who is signed in, and private feeds for whoever has the address. http/app.ts only.
import { Router, type ErrorRequestHandler, type Response } from 'express';
import { isAppError } from '#shared/errors.ts';
import type { AccountsService } from '../../domain/accounts/accounts.service.ts';
import { AppError } from '../../domain/kernel/app-error.ts';
import type { OfficeHoursService } from '../../domain/office-hours/office-hours.service.ts';

export interface CalendarDoors {
  accounts: Pick<AccountsService, 'actorFromCookie'>;
  officeHours: Pick<OfficeHoursService, 'calendarOf' | 'feed'>;
}

/** Nothing between may keep it, and no search engine may list it. */
function send(response: Response, file: string, disposition: 'attachment' | 'inline'): void {
  response
    .set({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `${disposition}; filename="notes.ics"`,
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex',
    })
    .send(file);
}

const refuse: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent || !isAppError(error)) {
    next(error);
    return;
  }
  const status = { 'auth.required': 401, 'not-found': 404, unavailable: 503 }[error.code as string] ?? 400;
  response
    .status(status)
    .set('cache-control', 'no-store')
    .json({ ok: false, error: { code: error.code } });
};

/** Paths below /api. `hub` is read when a request comes, not before. */
export function calendarRoutes(hub: CalendarDoors): Router {
  const routes = Router();
  routes.get('/drop-ins/:id.ics', async (request, response) => {
    const found = await hub.accounts.actorFromCookie(request.headers.cookie);
    if (!found) throw new AppError('auth.required');
    send(response, await hub.officeHours.calendarOf(found.actor, { dropInId: request.params.id }), 'attachment');
  });
  routes.get('/calendar/:token.ics', async (request, response) => {
    send(response, await hub.officeHours.feed(request.params.token), 'inline');
  });
  routes.use(['/drop-ins', '/calendar'], refuse);
  return routes;
}
