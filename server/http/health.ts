// Is the hub alive, and can it serve? For supervisors, proxies and the offline page; public, so they say nothing else. http/app.ts only.
import { Router } from 'express';

export interface Readiness {
  databaseReady(): boolean;
  /** The built pages are loaded and still on the disk. */
  built(): boolean;
  /** True once the hub is being stopped. */
  draining(): boolean;
}

/** Answered under any host name: a supervisor asks by address. */
export function healthRoutes(state: Readiness): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.set('cache-control', 'no-store').json({ status: 'ok' });
    })
    .get('/readyz', (_request, response) => {
      const database = state.databaseReady();
      const build = state.built();
      const stopping = state.draining();
      const ready = database && build && !stopping;
      response
        .status(ready ? 200 : 503)
        .set('cache-control', 'no-store')
        .json({ status: ready ? 'ok' : 'unavailable', database, build, stopping });
    });
}
