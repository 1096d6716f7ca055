// Tests of `npm run database` as a process.
import fs from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from './child.ts';
import { temporaryFolder } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Inserts one document and counts what is there. */
async function use(uri: string): Promise<number> {
  const client = new MongoClient(uri);
  await client.db('t').collection('c').insertOne({});
  const count = await client.db('t').collection('c').countDocuments();
  await client.close();
  return count;
}

test('it prints its address, serves, and ends cleanly on SIGINT, twice in a row too', async () => {
  const child = await startChild('--folder', folder);
  expect(await use(child.uri)).toBe(1);
  expect(fs.statSync(path.join(folder, 'database.sock')).mode & 0o777).toBe(0o600);
  child.process.kill('SIGINT');
  child.process.kill('SIGINT');
  expect(await child.ended).toBe(0);
  expect(child.errors()).toBe('');
  expect(fs.readdirSync(folder)).toEqual(['strong-together.sqlite']);
});

test('it serves on a port or another socket, and finds what it had', async () => {
  const onPort = await startChild('--folder', folder, '--port', '0');
  expect(onPort.uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:[1-9]\d+\/strong-together\?directConnection=true$/);
  expect(await use(onPort.uri)).toBe(1);
  onPort.process.kill('SIGTERM');
  expect(await onPort.ended).toBe(0);
  const socket = path.join(folder, 'other.sock');
  const onSocket = await startChild('--folder', folder, '--socket', socket);
  expect(onSocket.uri).toContain(encodeURIComponent(socket));
  expect(await use(onSocket.uri)).toBe(2);
  onSocket.process.kill('SIGTERM');
  expect(await onSocket.ended).toBe(0);
});

test('it starts over a socket that a killed process left behind', async () => {
  const first = await startChild('--folder', folder);
  first.process.kill('SIGKILL');
  await first.ended;
  expect(fs.existsSync(path.join(folder, 'database.sock'))).toBe(true);
  const second = await startChild('--folder', folder);
  expect(await use(second.uri)).toBe(1);
  second.process.kill('SIGTERM');
  expect(await second.ended).toBe(0);
});

test('a path too long for a socket is served from a short private one', async () => {
  const deep = path.join(folder, 'x'.repeat(60), 'y'.repeat(60));
  const child = await startChild('--folder', deep);
  const socket = decodeURIComponent(child.uri.slice('mongodb://'.length, child.uri.lastIndexOf('/')));
  expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(100);
  expect(fs.statSync(path.dirname(socket)).mode & 0o777).toBe(0o700);
  expect(await use(child.uri)).toBe(1);
  child.process.kill('SIGTERM');
  expect(await child.ended).toBe(0);
  expect(fs.existsSync(path.dirname(socket))).toBe(false);
});

test('wrong arguments and a taken port give one clear line', async () => {
  await expect(startChild('--folder', folder, '--port', 'many')).rejects.toThrow(
    /did not start: usage: npm run database/,
  );
  const first = await startChild('--folder', folder, '--port', '0');
  const port = new URL(first.uri.replace('mongodb', 'http')).port;
  const other = path.join(folder, 'other');
  await expect(startChild('--folder', other, '--port', port)).rejects.toThrow(
    'the database did not start: The address is taken by another program.\n',
  );
  first.process.kill('SIGTERM');
  expect(await first.ended).toBe(0);
});
