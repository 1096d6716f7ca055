// Who is here, who is typing.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PersonView } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import { createPresence, TYPING_MS } from './presence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const person = (id: string): PersonView => ({ id, displayName: `Name ${id}`, role: 'member', hue: 1 });

describe('who is here', () => {
  test('a woman with two open pages is one person, until both are closed', () => {
    const presence = createPresence();
    presence.enter('jobs', 's1', person('a'));
    presence.enter('jobs', 's2', person('a'));
    expect(presence.here('jobs')).toBe(1);
    presence.gone('s1');
    expect(presence.here('jobs')).toBe(1);
    presence.gone('s2');
    expect(presence.here('jobs')).toBe(0);
  });

  test('who is here through another process counts and is named as here, once, and goes with that process', () => {
    const presence = createPresence();
    const changes: [string, boolean][] = [];
    presence.onChange((roomId, _change, own) => changes.push([roomId, own]));
    presence.enter('jobs', 's1', person('a'), true);
    const there = (id: string, named: boolean, typing = false) => ({ id, person: person(id), named, typing });
    presence.elsewhere('other', 'jobs', [there('a', true), there('b', true, true), there('c', false)]);
    expect(presence.view('jobs')).toMatchObject({ here: 3, people: [person('a'), person('b')], typing: [person('b')] });
    expect(presence.own('jobs')).toEqual([{ id: 'a', named: true, typing: false }]);
    expect(presence.ownRooms()).toEqual(['jobs']);

    // where one of her pages says no, she is a number
    presence.elsewhere('other', 'jobs', [there('a', false)]);
    expect(presence.view('jobs')).toMatchObject({ here: 1, people: [] });
    presence.elsewhere('other', 'jobs', []);
    expect(presence.view('jobs')).toMatchObject({ here: 1, people: [person('a')] });

    presence.elsewhere('third', 'jobs', [there('d', true)]);
    expect(presence.here('jobs')).toBe(2);
    presence.keepOnly('third', ['jobs', 'schools']);
    expect(presence.here('jobs')).toBe(2);
    presence.forget('third');
    expect(presence.here('jobs')).toBe(1);
    expect(changes).toEqual([['jobs', true], ...Array.from({ length: 5 }, () => ['jobs', false])]);
  });

  test('names are shown up to fifty people, above that only the number', () => {
    const presence = createPresence();
    for (let i = 0; i < LIMITS.presenceNames; i++) presence.enter('jobs', `s${i}`, person(`p${i}`), true);
    expect(presence.view('jobs').people).toHaveLength(LIMITS.presenceNames);
    presence.enter('jobs', 'more', person('more'), true);
    expect(presence.view('jobs')).toMatchObject({ here: LIMITS.presenceNames + 1, people: [] });
  });

  test('every view has a higher version, also after the hub started again', () => {
    const before = createPresence().view('jobs').version;
    vi.advanceTimersByTime(1);
    const presence = createPresence();
    const first = presence.view('jobs').version;
    expect(first).toBeGreaterThan(before);
    expect(presence.view('jobs').version).toBeGreaterThan(first);
  });

  test('a new name is shown wherever she is', () => {
    const presence = createPresence();
    const changed: string[] = [];
    presence.enter('jobs', 's1', person('a'), true);
    presence.onChange((roomId) => changed.push(roomId));
    presence.rename({ ...person('a'), displayName: 'New' }, true);
    expect(presence.view('jobs').people[0]?.displayName).toBe('New');
    expect(changed).toEqual(['jobs']);
  });

  test('who has not allowed it is counted and never named, not even while she types', () => {
    const presence = createPresence();
    presence.enter('jobs', 's1', person('a'), true);
    presence.enter('jobs', 's2', person('b'));
    presence.typing('jobs', 'b');
    const { here, people, typing } = presence.view('jobs');
    expect([here, people.map(({ id }) => id), typing]).toEqual([2, ['a'], []]);
  });

  test('taking the permission back hides her name in every room at once', () => {
    const presence = createPresence();
    for (const room of ['jobs', 'schools']) presence.enter(room, `s-${room}`, person('a'), true);
    presence.rename(person('a'), false);
    for (const room of ['jobs', 'schools']) expect(presence.view(room)).toMatchObject({ here: 1, people: [] });
  });
});

describe('who is typing', () => {
  test('it is shown for five seconds after the last key, and not after sending', () => {
    const presence = createPresence();
    presence.enter('jobs', 's1', person('a'), true);
    presence.typing('jobs', 'a');
    vi.advanceTimersByTime(TYPING_MS - 1);
    expect(presence.view('jobs').typing.map(({ id }) => id)).toEqual(['a']);
    vi.advanceTimersByTime(1);
    expect(presence.view('jobs').typing).toEqual([]);
    presence.typing('jobs', 'a');
    presence.typed('jobs', 'a');
    expect(presence.view('jobs').typing).toEqual([]);
  });

  test('typing in a room that she has not opened shows nothing', () => {
    const presence = createPresence();
    presence.enter('jobs', 's1', person('a'));
    presence.typing('jobs', 'stranger');
    presence.typing('schools', 'a');
    expect(presence.view('jobs').typing).toEqual([]);
    expect(presence.view('schools').typing).toEqual([]);
  });

  test('at most three are named', () => {
    const presence = createPresence();
    for (const id of ['a', 'b', 'c', 'd']) {
      presence.enter('jobs', `s-${id}`, person(id), true);
      presence.typing('jobs', id);
    }
    expect(presence.view('jobs').typing).toHaveLength(3);
  });
});
