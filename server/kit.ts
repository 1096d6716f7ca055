// The only fork between development and production: where the pages come from. Only main.ts loads them.
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RequestHandler } from 'express';
import { LIMITS } from '#shared/limits.ts';
import type { Config } from './config.ts';
import { ADDRESS_HEADER } from './http/middleware/origin.ts';

export interface Pages {
  handler: RequestHandler;
  /** False when what was built is no longer on the disk: pages would miss their parts. */
  built(): boolean;
  close(): Promise<void>;
}

/** Vite inside this process, its hot reload on the same port. */
async function fromVite(root: string, http: Server): Promise<Pages> {
  const { createServer } = await import('vite');
  const vite = await createServer({ root, server: { middlewareMode: true, hmr: { server: http } } });
  return { handler: vite.middlewares, built: () => true, close: () => vite.close() };
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
  return { handler, built: () => existsSync(file), close: () => Promise.resolve() };
}

/** The hub must be on globalThis before. `http`: the server that will listen. */
export function loadPages(options: { root: string; config: Config; http: Server }): Promise<Pages> {
  const { root, config, http } = options;
  return config.mode === 'dev' ? fromVite(root, http) : fromBuild(root, config);
}
