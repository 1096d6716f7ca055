// The order in which every HTTP request passes. Only main.ts and tests build it.
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { LIMITS } from '#shared/limits.ts';
import type { Hub } from '../hub.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { secureHeaders } from './middleware/headers.ts';
import { nameClient, onlyOurHost, payloadLimit, sameOrigin } from './middleware/origin.ts';
import { requestLog } from './middleware/request-log.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { calendarRoutes } from './routes/calendar.ts';

export interface AppParts extends Omit<Readiness, 'databaseReady'> {
  hub: Pick<Hub, 'config' | 'log' | 'database' | 'accounts' | 'attachments' | 'talks' | 'officeHours'>;
  /** Everything that is not /api. */
  pages: RequestHandler;
}

export function createApp({ hub, pages, built, draining }: AppParts): Express {
  const { origin, trustProxy } = hub.config;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustProxy);

  app.use(requestLog(hub.log));
  app.use(...secureHeaders(origin));
  app.use(healthRoutes({ databaseReady: () => hub.database.ready(), built, draining }));
  app.use(onlyOurHost(origin));
  app.use(sameOrigin(origin));
  app.use('/api', attachmentRoutes(hub)); // with limits of their own
  app.use(payloadLimit(LIMITS.payloadBytes));
  app.use('/api', apiRoutes(hub));
  app.use(nameClient);
  app.use(pages);
  app.use(lastResort(hub.log));
  return app;
}

/** A body parser belongs here only: before the pages it would drain the forms they read themselves. */
function apiRoutes(hub: AppParts['hub']): express.Router {
  const api = express.Router();
  api.use(express.json({ limit: LIMITS.payloadBytes }));
  api.use(calendarRoutes(hub));
  api.use((_request, response) => {
    response.status(404).json({ ok: false, error: { code: 'not-found' } });
  });
  return api;
}

/** What failed outside the pages: bad input gets its status, anything else an id that is in the log. */
function lastResort(log: Hub['log']): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = Number((error as { status?: unknown } | null)?.status);
    if (status >= 400 && status < 500) {
      const code = status === 413 ? 'payload.too-large' : 'input.invalid';
      response.status(status).json({ ok: false, error: { code } });
      return;
    }
    const errorId = randomUUID();
    log.error({ err: error, errorId }, 'request failed');
    response.status(500).json({ ok: false, error: { code: 'unknown', params: { errorId } } });
  };
}
