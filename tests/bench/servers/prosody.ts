// The peer of another kind: Prosody with a room and its archive, where it is installed. Bench only.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../support/servers.ts';

const PATIENCE_MS = 15_000;

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

/** Looked for only: asked for its version, some releases start a server instead. */
export const hasProsody = (): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'prosody')));

async function answers(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

/** The process and its port, as soon as it listens. The caller ends it. */
export async function spawnProsody(folder: string) {
  const port = await freePort();
  const file = join(folder, 'prosody.cfg.lua');
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(file, settings(folder, port));
  const child = spawn('prosody', ['--config', file], { stdio: 'ignore' });
  const until = performance.now() + PATIENCE_MS;
  while (!(await answers(port))) {
    if (performance.now() > until || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error('Prosody did not start');
    }
    await pause(100);
  }
  return { child, port };
}
