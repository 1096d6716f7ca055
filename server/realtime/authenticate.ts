// Who may open a socket: our own pages only (Origin, Host), and only signed in. Realtime only.
import type { IncomingMessage } from 'node:http';
import { isAppError, type ErrorView } from '#shared/errors.ts';
import type { AccountsService } from '../domain/accounts/accounts.service.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { shutOutOf } from '../domain/kernel/sanctions.ts';
import type { LiveSocket } from './types.ts';

/** CORS does not cover websockets: a page of another site must not open one with her cookie. */
export function comesFromOurPages(request: IncomingMessage, origin: string): boolean {
  return request.headers.origin === origin && request.headers.host === new URL(origin).host;
}

/** What the client finds in `error.data` of its `connect_error`. */
function refusal(view: ErrorView): Error {
  return Object.assign(new Error(view.code), { data: { code: view.code } });
}

/** Connection middleware: puts the actor on the socket or refuses with a code. */
export function authenticate(accounts: Pick<AccountsService, 'actorFromCookie'>, clock: Clock) {
  return (socket: LiveSocket, next: (error?: Error) => void): void => {
    accounts.actorFromCookie(socket.handshake.headers.cookie).then(
      (found) => {
        if (!found) {
          next(refusal({ code: 'auth.required' }));
          return;
        }
        if (shutOutOf(found.actor, clock.now())) {
          next(refusal({ code: 'forbidden' }));
          return;
        }
        socket.data.actor = found.actor;
        next();
      },
      (error: unknown) => next(refusal({ code: isAppError(error) ? error.code : 'unknown' })),
    );
  };
}

/** Of the headers of a connection only her cookie is needed later: the rest would stay in memory as long as the connection. */
export function letGoOfHeaders({ request, handshake }: LiveSocket): void {
  const { cookie } = handshake.headers;
  handshake.headers = cookie === undefined ? {} : { cookie };
  request.headers = handshake.headers;
  request.rawHeaders = [];
}
