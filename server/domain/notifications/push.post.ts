// One request to a push service: to the open net only, with an end to waiting, and nothing of the answer but its status. The hub's wiring makes one.
import type { LookupAddress } from 'node:dns';
import { lookup as lookupName } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, mayPush } from './push.endpoint.ts';

interface PushAnswer {
  status: number;
  /** As the header has it. */
  retryAfter: string | null;
}
/** Raises when there was no answer: refused, no such host, silence. */
export type Post = (endpoint: string, headers: Record<string, string>, body: Buffer) => Promise<PushAnswer>;

type Resolve = (name: string) => LookupAddress[] | Promise<LookupAddress[]>;
const refusal = () => Object.assign(new Error('not in the open net'), { code: 'EPRIVATE' });

/** A name that leads into our own network is nobody's push service, whatever it led to when it was told to us. */
const openNet =
  (resolve: Resolve): LookupFunction =>
  (name, options, done) => {
    const found = (all: LookupAddress[]): void => {
      const [first] = all;
      if (!first || all.some(({ address }) => isPrivateAddress(address))) return done(refusal(), '', 0);
      if (options.all) done(null, all);
      else done(null, first.address, first.family);
    };
    Promise.resolve(resolve(name)).then(found, (error: NodeJS.ErrnoException) => done(error, '', 0));
  };

interface PostOptions {
  loopback: boolean;
  timeoutMs: number;
  /** Of names; left out: as this machine does. */
  resolve?: Resolve;
}

export function createPost({ loopback, timeoutMs, resolve: byName }: PostOptions): Post {
  const lookup = openNet(byName ?? ((name) => lookupName(name, { all: true })));
  return (endpoint, headers, body) =>
    new Promise((resolve, reject) => {
      if (!mayPush(endpoint, loopback)) return reject(refusal());
      const { request } = endpoint.startsWith('http:') ? http : https;
      const signal = AbortSignal.timeout(timeoutMs);
      const options = { method: 'POST', headers, signal, ...(loopback ? {} : { lookup }) };
      const asking = request(endpoint, options, (answer) => {
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] ?? null });
        answer.on('error', () => undefined).resume(); // its words are of no use; the signal ends them if they do not
      });
      asking.on('error', reject);
      asking.end(body);
    });
}
