// The search page as a browser without JavaScript gets it from the running hub.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropDatabase, freePort, ownDatabaseUri, prepareCommunity, startServer } from '../support/servers.ts';
import { temporaryFolder, withHub, type TestServer } from '../support/servers.ts';
import { TEST_PASSWORD } from '../support/hub.ts';

const mongodbUri = ownDatabaseUri();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestServer;
let cookie = '';

beforeAll(async () => {
  folder = await temporaryFolder();
  const where = { folder: folder.path, mongodbUri };
  const { cookies, roomId } = await prepareCommunity(where, 3);
  cookie = cookies[2] ?? ''; // she who reads has written nothing
  await withHub(where, async ({ accounts, messages }) => {
    const context = { address: '192.0.2.1', userAgent: 'test' };
    const { actor } = await accounts.signIn({ userName: 'person-1', password: TEST_PASSWORD }, context);
    const post = (text: string, anonymous = false) =>
      messages.post(actor, { roomId, clientId: crypto.randomUUID(), text, anonymous });
    await post('Meine Krankenversicherung zahlt <b>nicht</b>.');
    await post('Welche Versicherung ist gut?', true);
    await messages.flush();
  });
  server = await startServer({ ...where, port: await freePort() });
}, 180_000);
afterAll(async () => {
  await server.end('SIGTERM');
  await dropDatabase(mongodbUri, folder.path);
  await folder.remove();
}, 30_000);

async function page(search: string): Promise<string> {
  const answer = await fetch(`${server.origin}/search${search}`, { headers: { cookie, accept: 'text/html' } });
  expect(answer.status).toBe(200);
  return (await answer.text()).replaceAll(/<!--.*?-->/g, '');
}
const marksIn = (html: string): string[] =>
  [...html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gs)].map(([, text = '']) => text);

test('what was written before the hub started is found, with the words marked and its place', async () => {
  await expect.poll(async () => marksIn(await page('?q=versicherungen')), { timeout: 10_000 }).toHaveLength(2);
  const html = await page('?q=versicherungen');
  expect(marksIn(html)).toEqual(['Versicherung', 'Krankenversicherung']);
  expect(html).toMatch(/href="\/rooms\/jobs\?at=1#[0-9a-f]{24}"/);
  expect(html).toContain('value="versicherungen"');
});

test('a message is text, whatever is in it', async () => {
  expect(await page('?q=krankenversicherung')).toContain('zahlt &lt;b>nicht&lt;/b>.');
  const html = await page(`?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(html).not.toContain('<script>alert');
});

test('an anonymous question names nobody, and offers no search for its author', async () => {
  const html = await page('?q=gut');
  expect(marksIn(html)).toEqual(['gut']);
  expect(html).toContain('Someone from the community');
  expect(html).not.toContain('author=');
  expect(/<ol[^]*<\/ol>/.exec(html)?.[0]).not.toContain('Person 1');
  expect(await page('?q=zahlt')).toContain('Person 1');
});

test('what cannot be searched for is said beside the field, and what was typed stays', async () => {
  const html = await page('?q=%3F%21');
  expect(html).toContain('value="?!"');
  expect(html).toContain('Write at least one word.');
  expect(html).toMatch(/aria-invalid="true"/);
  expect(await page('?q=zahlt&from=yesterday')).toContain('role="alert"');
  expect(await page('?q=zahlt&room=no-such-room')).toContain('role="alert"');
});

test('the form offers the names of those who wrote, and finds by one, without JavaScript', async () => {
  const html = await page('?q=zahlt&by=person');
  expect(marksIn(html)).toEqual(['zahlt']);
  expect(html).toMatch(/<input[^>]*name="by"[^>]*list="([^"]+)"/);
  expect(html).toMatch(/<datalist[^>]*>\s*<option value="Person 1"><\/option>\s*<\/datalist>/);
  expect(html).toContain('value="person"');
  expect(html).toMatch(/type="date"[^>]*name="from"|name="from"[^>]*type="date"/);
  expect(html).toMatch(/type="date"[^>]*name="to"|name="to"[^>]*type="date"/);
  expect(marksIn(await page('?q=zahlt&by=Katrin'))).toEqual([]);
  expect(marksIn(await page('?q=gut&by=Person+1'))).toEqual([]);
  expect(await page(`?q=zahlt&by=${'x'.repeat(41)}`)).toMatch(/name="by"[^>]*aria-invalid="true"/);
});

test('a name alone finds all of hers, and nothing at all is asked for something', async () => {
  const html = await page('?q=&by=Person+1');
  expect(html).toContain('zahlt &lt;b>nicht&lt;/b>.');
  // what stands below is what she wants to see: the fields are folded, and say what they hold
  expect(html).not.toMatch(/<details[^>]* open/);
  expect(html).toMatch(/<summary[^>]*>[^<]*Person 1/);
  expect(await page('?q=')).toContain('Write at least one word.');
});

test('an empty page asks for words and says nothing of results', async () => {
  const html = await page('');
  expect(html).toContain('role="search"');
  expect(html).not.toContain('role="status"');
});

test('nothing found is said in words', async () => {
  expect(await page('?q=Blumenkohl')).toContain('Nothing found');
});
