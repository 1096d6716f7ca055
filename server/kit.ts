// The only fork between development and production: where the pages come from. Only main.ts loads them.
import { existsSync, readdirSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Router, type RequestHandler } from 'express';
import { LIMITS } from '#shared/limits.ts';
import type { Config } from './config.ts';
import { ADDRESS_HEADER } from './http/middleware/origin.ts';

export interface Pages {
  handler: RequestHandler;
  /** False when what was built is gone or another build: pages would miss their parts until the hub is started again. */
  built(): boolean;
  close(): Promise<void>;
}

/** Vite inside this process, its hot reload on the same port. */
async function fromVite(root: string, http: Server): Promise<Pages> {
  const { createServer } = await import('vite');
  const vite = await createServer({ root, server: { middlewareMode: true, hmr: { server: http } } });
  return { handler: vite.middlewares, built: () => true, close: () => vite.close() };
}

const stampOf = (file: string): string => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.size} ${stat.mtimeMs}` : '';
};

/**
 * Stands before what serves the built files: that one remembers what was there at the start, and a file that is gone, or
 * another one, when it is opened would end the process. Such a file is answered with 404 here.
 */
function onlyWhatIsThere(folder: string): RequestHandler {
  const stamps = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) stamps.set(file, stampOf(file));
  }
  return (request, response, next) => {
    let path: string;
    try {
      path = decodeURIComponent(request.path);
    } catch {
      return void next();
    }
    const file = join(folder, path);
    const variants = [file, `${file}.br`, `${file}.gz`].filter((one) => stamps.has(one));
    if (variants.every((one) => stampOf(one) === stamps.get(one))) return void next();
    response.status(404).set('cache-control', 'no-store').type('text/plain').send('Not found');
  };
}

/** What `vite build` left in build/. It reads its settings from the environment when it is loaded. */
async function fromBuild(root: string, config: Config): Promise<Pages> {
  for (const name of ['PROTOCOL_HEADER', 'HOST_HEADER', 'PORT_HEADER', 'XFF_DEPTH']) delete process.env[name];
  process.env.ORIGIN = config.origin;
  process.env.ADDRESS_HEADER = ADDRESS_HEADER;
  process.env.BODY_SIZE_LIMIT = String(LIMITS.payloadBytes);
  const file = join(root, 'build', 'handler.js');
  if (!existsSync(file)) throw new Error('build/handler.js is missing: run npm run build');
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: RequestHandler };
  const stamp = stampOf(file);
  const guarded = Router().use(onlyWhatIsThere(join(root, 'build', 'client')), handler);
  return { handler: guarded, built: () => stampOf(file) === stamp, close: () => Promise.resolve() };
}

/** The hub must be on globalThis before. `http`: the server that will listen. */
export function loadPages(options: { root: string; config: Config; http: Server }): Promise<Pages> {
  const { root, config, http } = options;
  return config.mode === 'dev' ? fromVite(root, http) : fromBuild(root, config);
}
