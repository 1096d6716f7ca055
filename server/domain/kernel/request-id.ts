// Which request the running code works for, so that every line of the log can say it. Doors set it, log.ts reads it.
import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** Runs the work of one request: everything it starts and waits for has this id in the log. */
export const inRequest = <T>(id: string, run: () => T): T => requests.run(id, run);

/** Runs work that serves many requests: it belongs to none of them. */
export const outsideRequests = <T>(run: () => T): T => requests.exit(run);

export const currentRequestId = (): string | undefined => requests.getStore();
