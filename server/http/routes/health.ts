// Is the hub able to serve? For proxies and supervisors; public, so it says nothing else. http/app.ts only.
import { Router } from 'express';

export function healthRoutes(state: { databaseReady(): boolean; draining(): boolean }): Router {
  return Router().get('/health', (_request, response) => {
    const database = state.databaseReady();
    const ready = database && !state.draining();
    const status = ready ? 'ok' : 'unavailable';
    response
      .status(ready ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({ status, database });
  });
}
