// The peer of another kind: Prosody with a room and its archive, where it is installed. Bench only.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/servers.ts';
import { installed, listening } from './peers.ts';

const settings = (folder: string, port: number): string => `
run_as_root = true
daemonize = false
pidfile = "${folder}/prosody.pid"
data_path = "${folder}/data"
log = { error = "*console" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
s2s_ports = {}
modules_enabled = { "saslauth" }
modules_disabled = { "s2s", "tls", "offline" }
c2s_require_encryption = false
authentication = "anonymous"
limits = {}
VirtualHost "localhost"
Component "rooms.localhost" "muc"
  modules_enabled = { "muc_mam" }
  restrict_room_creation = false
  muc_log_by_default = true
`;

export const hasProsody = (): boolean => installed('prosody');

/** The process and its port, as soon as it listens. The caller ends it. */
export async function spawnProsody(folder: string) {
  const port = await freePort();
  const file = join(folder, 'prosody.cfg.lua');
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(file, settings(folder, port));
  const child = spawn('prosody', ['--config', file], { stdio: 'ignore' });
  await listening(child, port, 'Prosody');
  return { child, port };
}
