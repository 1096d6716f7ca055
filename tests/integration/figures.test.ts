// Figures of drop-ins on a real database: counted once, four weeks at a time, small groups left out, nobody in them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import type { Actor } from '../../server/domain/kernel/actor.ts';
import { createFiguresModel, type FiguresModel } from '../../server/domain/figures/figures.model.ts';
import { createFiguresRepository } from '../../server/domain/figures/figures.repository.ts';
import { createFiguresService, type FiguresService } from '../../server/domain/figures/figures.service.ts';
import { aPlace, openQueue, type TestQueue } from '../support/queue.ts';

const DAY = 24 * 60;
let queue: TestQueue;
let figures: FiguresService;
let model: FiguresModel;
let amina: Actor;
let olena: Actor;
let ines: Actor;

function aProcess(q: TestQueue): FiguresService {
  return createFiguresService({
    figures: createFiguresRepository(model),
    tickets: q.repository,
    dropIns: q.dropIns,
    topicViews: (keys) => Promise.resolve(keys.map((key) => ({ key, name: { de: key, en: key, ar: key, uk: key } }))),
    clock: q.clock,
  });
}
beforeAll(async () => {
  queue = await openQueue();
  model = createFiguresModel(queue.database.connection);
  await model.createIndexes();
  figures = aProcess(queue);
  amina = queue.person('Amina', 'mentor');
  olena = queue.person('Olena', 'mentor');
  ines = queue.person('Ines', 'coordinator');
});
afterAll(() => queue.close());

const sitting = () =>
  queue.sitting({
    hosts: [
      { actor: amina, languages: ['ar', 'fa'] },
      { actor: olena, languages: ['uk'] },
    ],
  });
async function talk(dropInId: string, host: Actor, language: CommunityLanguage, topic = 'jobs', waits = 6) {
  const noor = queue.person('Noor');
  const { ticketId } = await queue.tickets.join(noor, aPlace(dropInId, { languages: [language], topic }));
  await queue.pass(waits, [amina, olena]);
  await queue.tickets.callNext(host, { dropInId });
  await queue.tickets.coming(noor, { ticketId });
  await queue.tickets.end(host, { ticketId });
  return { noor, ticketId };
}

describe('figures', () => {
  test('a month of drop-ins is counted once, shown when it is over, and the small groups are not', async () => {
    const dropInId = await sitting();
    for (let one = 0; one < 7; one++) await talk(dropInId, amina, 'ar');
    for (let one = 0; one < 6; one++) await talk(dropInId, olena, 'uk', 'schools');
    const last = await talk(dropInId, amina, 'fa');
    for (let one = 0; one < 5; one++) {
      const leaver = queue.person('Leaver');
      await queue.tickets.leave(leaver, await queue.tickets.join(leaver, aPlace(dropInId, { languages: ['uk'] })));
    }
    for (let one = 0; one < 2; one++) {
      const lost = queue.person('Lost');
      const input = await queue.tickets.join(lost, aPlace(dropInId));
      await queue.tickets.callNext(amina, { dropInId });
      await queue.tickets.notFound(amina, input);
      await queue.tickets.leave(lost, input);
    }
    // two processes at once, one of them cut off before it could say that it has counted
    await Promise.all([figures.count(), aProcess(queue).count()]);
    await queue.models.tickets.collection.updateMany({ state: 'done' }, { $set: { toCount: true } });
    await figures.count();
    await figures.count();

    // the four weeks are not over: nothing of them is shown
    expect((await figures.view(ines, {})).weeks.every(({ talks }) => talks === 0)).toBe(true);
    await queue.pass(28 * DAY);
    const all = await figures.view(ines, {});
    expect(all).toMatchObject({ of: 'all', mayAll: true, from: '2026-02-23', to: '2026-03-22', later: null });
    expect(all.total).toEqual({ talks: 14, notFound: null, left: 7, unserved: 0, wait: { from: 5, to: 10 } });
    expect(all.weeks.map(({ from, talks }) => [from, talks])).toEqual([
      ...[['2026-02-23', 0], ['2026-03-02', 0], ['2026-03-09', 14], ['2026-03-16', 0]], // prettier-ignore
    ]);
    // one Dari or Persian speaker is a name: she is left out, and the next larger group too, so that nobody subtracts
    expect(all.languages).toEqual([
      { language: 'ar', talks: 7 },
      { language: 'fa', talks: null },
      { language: 'uk', talks: null },
    ]);
    expect(all.topics.map(({ topic, talks }) => [topic.key, talks])).toEqual([['jobs', 8], ['schools', 6]]); // prettier-ignore

    const own = await figures.view(olena, {});
    expect(own).toMatchObject({ of: 'own', mayAll: false, total: { talks: 6, left: 7 } });
    expect(own.languages).toEqual([{ language: 'uk', talks: 6 }]);

    // nothing in it leads to a person or a ticket, and after some days nothing stored does either
    const words = JSON.stringify([all, own]);
    for (const secret of [last.ticketId, last.noor.id, amina.id, olena.id, 'Noor', 'Amina'])
      expect(words).not.toContain(secret);
    await figures.count();
    expect(JSON.stringify(await model.collection.find({}).toArray())).not.toContain(last.ticketId);
    await figures.count();
    expect((await figures.view(ines, {})).total.talks).toBe(14);
  });

  test('members see no figures, mentors nobody else’s, and nonsense in the address counts as not chosen', async () => {
    const code = (promise: Promise<unknown>) => promise.catch((error: unknown) => (error as { code: string }).code);
    expect(await code(figures.view(queue.person('Noor'), {}))).toBe('forbidden');
    expect(await code(figures.view(amina, { of: 'all' }))).toBe('forbidden');
    expect(await code(figures.view(queue.person('Mod', 'moderator'), { of: 'all' }))).toBe('forbidden');
    const far = await figures.view(ines, { of: '<script>', from: '9999-99-99' });
    expect(far.from).toBe((await figures.view(ines, {})).from);
    expect((await figures.view(ines, { from: '1990-01-01' })).earlier).toBeNull();
  });
});
