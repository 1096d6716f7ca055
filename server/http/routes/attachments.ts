// Uploads in pieces and the files that came of them. Who may is decided by the attachments service. http/app.ts only.
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import express, { Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import { ATTACHMENT_LIMITS } from '#shared/attachments.limits.ts';
import { isAppError, type ErrorCode } from '#shared/errors.ts';
import { LIMITS } from '#shared/limits.ts';
import type { AccountsService } from '../../domain/accounts/accounts.service.ts';
import type { TalksService } from '../../domain/talks/talks.service.ts';
import type { AttachmentsService, OpenFile } from '../../domain/attachments/attachments.service.ts';
import { AppError } from '../../domain/kernel/app-error.ts';
import type { Actor } from '../../domain/kernel/actor.ts';
import { payloadLimit } from '../middleware/origin.ts';

export interface AttachmentDoors {
  accounts: Pick<AccountsService, 'actorFromCookie'>;
  attachments: AttachmentsService;
  talks: Pick<TalksService, 'personaFor' | 'personaOf'>;
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  'auth.required': 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'payload.too-large': 413,
  'rate.limited': 429,
  unavailable: 503,
};

/** What came from somebody never runs, frames or loads anything, not even when it is opened by itself. */
const SANDBOX = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The name in both ways of writing it: old programs take the plain one. */
function disposition({ kind, name }: OpenFile): string {
  const plain = name.normalize('NFKD').replace(/[^\w .()-]+/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${kind === 'image' ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** Nothing of it may stay on a device that several people use: pages keep pictures in memory instead. */
async function send(response: Response, file: OpenFile): Promise<void> {
  const stream = file.stream();
  response.once('close', () => stream.destroy());
  await once(stream, 'readable');
  response.set({
    'content-type': file.kind === 'image' ? 'image/webp' : 'application/pdf',
    'content-length': String(file.bytes),
    'content-disposition': disposition(file),
    'content-security-policy': SANDBOX,
    'cache-control': 'private, no-store',
  });
  // she may leave in the middle of it: nothing to tell anybody
  await pipeline(stream, response).catch(() => undefined);
}

const refuse: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent || !isAppError(error)) {
    next(error);
    return;
  }
  const { code, params } = error;
  response.status(STATUS[code] ?? 400).json({ ok: false, error: params ? { code, params } : { code } });
};

/** Paths below /api. `hub` is read when a request comes, not before. Its own parsers: pieces of files are raw bytes. */
export function attachmentRoutes(hub: AttachmentDoors): Router {
  const actors = new WeakMap<Request, Actor>();
  const actorOf = (request: Request): Actor => {
    const actor = actors.get(request);
    if (!actor) throw new AppError('auth.required');
    return actor;
  };

  /** In a talk of hers she acts under her alias. */
  const whoIn = async (request: Request<{ id: string }> | Request): Promise<Actor> =>
    hub.talks.personaOf(actorOf(request as Request), await hub.attachments.roomOf(request.params['id']));

  const routes = Router();
  const onlySignedIn: express.RequestHandler = async (request, response, next) => {
    response.set('cache-control', 'no-store');
    const found = await hub.accounts.actorFromCookie(request.headers.cookie);
    if (!found) throw new AppError('auth.required');
    if (found.setCookie) response.append('set-cookie', found.setCookie);
    actors.set(request, found.actor);
    next();
  };
  const command = [payloadLimit(LIMITS.payloadBytes), express.json({ limit: LIMITS.payloadBytes })];
  const limit = ATTACHMENT_LIMITS.chunkBytes;
  const piece = [payloadLimit(limit), express.raw({ type: () => true, limit, inflate: false })];

  routes.use('/attachments', onlySignedIn);

  routes.route('/attachments').post(command, async (request: Request, response: Response) => {
    const upload = await hub.attachments.create(
      await hub.talks.personaFor(actorOf(request), request.body),
      request.body,
    );
    response.status(201).json({ ok: true, data: upload });
  });

  routes
    .route('/attachments/:id')
    .get(async (request, response) => {
      response.json({ ok: true, data: await hub.attachments.state(await whoIn(request), request.params.id) });
    })
    .put(piece, async (request: Request, response: Response) => {
      const offset = String(request.query['offset']);
      const data: unknown = request.body;
      if (!/^\d{1,10}$/.test(offset) || !Buffer.isBuffer(data)) throw new AppError('input.invalid');
      const upload = await hub.attachments.append(await whoIn(request), request.params['id'], Number(offset), data);
      response.json({ ok: true, data: upload });
    })
    .delete(async (request, response) => {
      await hub.attachments.cancel(await whoIn(request), request.params.id);
      response.json({ ok: true, data: null });
    });

  for (const size of ['file', 'thumb'] as const) {
    routes.get(`/attachments/:id/${size}`, async (request: Request, response) => {
      await send(response, await hub.attachments.open(await whoIn(request), request.params['id'], size));
    });
  }

  routes.use('/attachments', refuse);
  return routes;
}
