// A redis-server of a test's own, where this machine has one: no service, nothing on the disk. Tests only.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
/** For the name of a test, so that whoever reads the report knows. */
export const onRedis = (name: string): string => (hasRedis ? name : `${name} (skipped: no redis-server here)`);

export interface TestRedis {
  url: string;
  child: ChildProcess;
  end(signal: NodeJS.Signals): Promise<void>;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });

export async function startRedis(port: number): Promise<TestRedis> {
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--daemonize',
    'no',
  ];
  const child = spawn('redis-server', options, { stdio: 'ignore', cwd: '/' });
  let over = false;
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      over = true;
      resolve();
    }),
  );
  while (!(await answers(port))) {
    if (over) throw new Error('redis-server ended at its start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    child,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
