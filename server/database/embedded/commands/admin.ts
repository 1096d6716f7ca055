// What a server says about itself: hello, ping, buildInfo, getParameter, serverStatus, endSessions, saveCopy. For index.ts.
import { invalidOptions } from '../values/errors.ts';
import { buildInfoReply, helloReply } from '../protocol/handshake.ts';
import type { Doc } from '../values/bson.ts';
import type { Command, WaitingCommand } from './context.ts';

export const hello: Command = (_context, { connectionId }) => helloReply(connectionId);

export const ping: Command = () => ({ ok: 1 });

export const buildInfo: Command = () => buildInfoReply();

/** Nothing of a session outlives a command here. */
export const endSessions: Command = () => ({ ok: 1 });

const PARAMETERS: Doc = { featureCompatibilityVersion: { version: '8.0' } };

/** @throws 72 InvalidOptions if no asked-for parameter exists */
export const getParameter: Command = (_context, { request }) => {
  const wanted = request.body['getParameter'];
  const all = wanted === '*' || (wanted as Doc | undefined)?.['allParameters'] === true;
  const found = Object.entries(PARAMETERS).filter(([name]) => all || name in request.body);
  if (found.length === 0) throw invalidOptions('no option found to get');
  return { ...Object.fromEntries(found), ok: 1 };
};

/** Not a command of MongoDB: for backups of this engine. Nobody waits for it but who asked. */
export const saveCopy: WaitingCommand = async (context) => ({ folder: await context.saveCopy(), ok: 1 });

export const serverStatus: Command = (context) => ({ ...context.status(), ok: 1 });
