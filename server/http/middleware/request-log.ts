// Gives every request an id that is in its answer and in each line of the log about it. http/app.ts only.
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Logger } from '../../domain/kernel/logger.ts';
import { inRequest } from '../../domain/kernel/request-id.ts';

/** The pattern of our own route; addresses themselves may hold codes and words that people typed. */
function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'pages';
}

/** An id from outside is not believed. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    const began = performance.now();
    response.setHeader('x-request-id', id);
    response.once('close', () => {
      const fields = { method: request.method, route: routeOf(request), status: response.statusCode };
      log.debug({ requestId: id, ...fields, ms: Math.round(performance.now() - began) }, 'request');
    });
    inRequest(id, next);
  };
}
