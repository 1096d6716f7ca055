// The other peer of that kind: ejabberd with a room and its archive, where it is installed. Bench only.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/servers.ts';
import { installed, listening } from './peers.ts';

/** Limits off and one listener, so that what is measured is rooms and their archive. */
const settings = (port: number): string => `
hosts: ["localhost"]
loglevel: error
auth_method: anonymous
anonymous_protocol: sasl_anon
allow_multiple_connections: true
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 262144, shaper: none, starttls_required: false }
modules:
  mod_mam: { default: always, db_type: mnesia }
  mod_muc:
    host: "rooms.localhost"
    access: all
    access_create: all
    max_users: 5000
    max_user_conferences: 5000
    min_message_interval: 0
    default_room_options: { mam: true, public: true }
`;

export const hasEjabberd = (): boolean => installed('ejabberdctl') && installed('erl');

/** The process and its port, as soon as it listens: Erlang itself, as its own command changes the user. The caller ends it. */
export async function spawnEjabberd(folder: string) {
  const port = await freePort();
  const file = join(folder, 'ejabberd.yml');
  writeFileSync(file, settings(port));
  const args = [
    '-noinput',
    '-mnesia',
    'dir',
    `"${join(folder, 'mnesia')}"`,
    '-ejabberd',
    'quiet',
    'true',
    '-s',
    'ejabberd',
  ];
  const env = {
    ...process.env,
    EJABBERD_CONFIG_PATH: file,
    EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
    HOME: folder,
  };
  const libraries = {
    ERL_LIBS: process.env.ERL_LIBS ?? '/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu:/usr/lib',
  };
  const child = spawn('erl', args, { stdio: 'ignore', env: { ...env, ...libraries } });
  await listening(child, port, 'ejabberd');
  return { child, port };
}
