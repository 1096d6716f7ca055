// The doors' keepers: our Host only, our own pages only for what changes something, and the client's true address. http/app.ts only.
import type { Request, RequestHandler } from 'express';

/** Refuses (421) requests for another Host: stops DNS rebinding and links with a foreign name. */
export function onlyOurHost(origin: string): RequestHandler {
  const { host } = new URL(origin);
  return (request, response, next) => {
    if (request.headers.host?.toLowerCase() === host) next();
    else response.status(421).type('text/plain').send(`This hub is reached at ${origin} only.\n`);
  };
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

function isOurs(request: Request, origin: string): boolean {
  if (request.headers.origin !== undefined) return request.headers.origin === origin;
  return request.headers['sec-fetch-site'] === 'same-origin';
}

/** Refuses (403) what changes something and does not come from one of our own pages. */
export function sameOrigin(origin: string): RequestHandler {
  return (request, response, next) => {
    if (SAFE.has(request.method) || isOurs(request, origin)) next();
    else response.status(403).json({ ok: false, error: { code: 'origin.refused' } });
  };
}

/** Refuses (413) bodies that say they are too large; what lies about it is stopped by whoever reads it. */
export function payloadLimit(bytes: number): RequestHandler {
  return (request, response, next) => {
    if (Number(request.headers['content-length'] ?? 0) <= bytes) next();
    else response.status(413).json({ ok: false, error: { code: 'payload.too-large' } });
  };
}

/** How the pages learn the address that the trusted proxies name; kit.ts tells them to read it. */
export const ADDRESS_HEADER = 'x-hub-client-address';

/** Overwrites whatever a client sent under that name. */
export const nameClient: RequestHandler = (request, _response, next) => {
  request.headers[ADDRESS_HEADER] = request.ip ?? '';
  next();
};
