// What pages cost a phone: JavaScript in gzip, in the language that takes the most bytes. Bench only.
import { scriptsOf } from '../../support/page-bytes.ts';
import type { Bench } from '../bench.ts';
import type { Pages } from '../pages.ts';

const KB = 1024;
/** Other pages that a member opens; reported, without a bound of their own. */
const OTHERS = ['/rooms', '/drop-in', '/search', '/me', '/help'];

const total = (scripts: { bytes: number }[]): number => scripts.reduce((sum, { bytes }) => sum + bytes, 0);

export async function bytes(bench: Bench, { site, reader, roomPath }: Pages): Promise<void> {
  bench.say('Bytes of pages …');
  const stranger = await site.visit({ serviceWorkers: 'block' });
  const signIn = total(await scriptsOf(stranger.context, '/sign-in'));
  await stranger.context.close();
  const member = await site.visit({ serviceWorkers: 'block' });
  await site.signIn(member, reader);
  const room = total(await scriptsOf(member.context, roomPath));
  for (const path of OTHERS) {
    const kilobytes = (total(await scriptsOf(member.context, path)) / KB).toFixed(1);
    bench.rows.push({ name: `JavaScript of ${path}, KB in gzip`, ours: kilobytes, others: '' });
  }
  await member.context.close();
  const gate = { unit: 'B', sense: 'most', kind: 'figure' } as const;
  bench.gates.push(
    { name: 'JavaScript of the sign-in page', values: [signIn], bound: 40 * KB, goal: 36 * KB, ...gate },
    { name: 'JavaScript of a room page', values: [room], bound: 70_000, goal: 60_000, ...gate },
  );
}
