// Every (state, role, action) triple of the ticket machine, against a list of the legal ones written out by hand.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { TICKET_STATES, type TicketState } from '#shared/tickets.ts';
import {
  ACTIVE_STATES,
  isActive,
  isHeld,
  refusalOf,
  stepOf,
  TICKET_ACTIONS,
  TICKET_ROLES,
  TICKET_TABLE,
} from './office-hours.machine.ts';

/** role, from, action, to; "!" behind the state: with priority from now on. */
const LEGAL = `
owner none join waiting
owner none ask asked
owner waiting pause paused
owner waiting leave left
owner waiting join-group talking
owner waiting decline-group waiting
owner paused resume waiting
owner paused leave left
owner called coming talking
owner called pause paused!
owner called leave left
owner not-found back waiting!
owner not-found leave left
owner talking consent handed-over
owner talking refuse talking
owner talking end done
owner handed-over leave left
owner asked leave left
host waiting call called
host waiting invite waiting
host not-found call called
host called start talking
host called not-found not-found!
host called put-back waiting!
host talking offer talking
host talking end done
host handed-over take talking
host handed-over decline waiting!
host asked answer talking
system waiting release waiting
system waiting expire expired
system paused expire expired
system called time-out not-found!
system called release waiting!
system called expire expired
system not-found expire expired
system talking release waiting!
system talking end done
system handed-over release waiting!
system handed-over expire expired
system asked expire expired
`
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [string, string, string, string]);
const legal = new Map(LEGAL.map(([role, from, action, to]) => [`${role} ${from} ${action}`, to]));

const STATES = ['none', ...TICKET_STATES] as const;
const triples = TICKET_ROLES.flatMap((role) =>
  STATES.flatMap((from) => TICKET_ACTIONS.map((action) => ({ role, from, action }))),
);

describe('one table decides what can happen to a place in the queue', () => {
  test.each(triples)('$role, $from, $action', ({ role, from, action }) => {
    const step = stepOf(role, from, action);
    const told = step && `${step.to}${step.priority ? '!' : ''}`;
    expect(told).toBe(legal.get(`${role} ${from} ${action}`) ?? null);
  });

  test('the list above names each legal step once', () => {
    expect(legal.size).toBe(LEGAL.length);
    const inTable = TICKET_ROLES.flatMap((role) => Object.values(TICKET_TABLE[role]).flatMap(Object.keys));
    expect(inTable).toHaveLength(LEGAL.length);
  });
});

const reachable = (from: TicketState | 'none'): TicketState[] =>
  triples.flatMap((triple) => (triple.from === from ? (stepOf(triple.role, from, triple.action)?.to ?? []) : []));

test('what is over stays over', () => {
  for (const state of TICKET_STATES.filter((one) => !isActive(one))) expect(reachable(state)).toEqual([]);
});
test('every state can be reached, and from every active one a place can come to an end', () => {
  const seen = new Set<TicketState>();
  const todo = reachable('none');
  for (let state = todo.pop(); state; state = todo.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    todo.push(...reachable(state));
  }
  expect([...seen].sort()).toEqual([...TICKET_STATES].sort());
  for (const state of ACTIVE_STATES) {
    expect(reachable(state).some((to) => !isActive(to))).toBe(true);
    expect(stepOf('owner', state, 'leave') ?? stepOf('owner', state, 'end')).not.toBeNull();
  }
});
test('nobody but a host calls, and nobody but the woman herself comes, pauses or goes', () => {
  for (const { role, from, action } of triples) {
    if (['call', 'answer', 'take', 'decline'].includes(action) && role !== 'host')
      expect(stepOf(role, from, action)).toBeNull();
    if (
      ['coming', 'pause', 'resume', 'back', 'leave', 'consent', 'refuse', 'join-group'].includes(action) &&
      role !== 'owner'
    )
      expect(stepOf(role, from, action)).toBeNull();
  }
});
test('a host has her hands full while she calls and talks, and a command that came too late says why', () => {
  expect(TICKET_STATES.filter(isHeld)).toEqual(['called', 'talking']);
  expect(TICKET_STATES.map((state) => refusalOf(state))).toEqual([
    ...['conflict', 'conflict', 'ticket.called', 'ticket.called', 'conflict', 'conflict'],
    ...['ticket.over', 'ticket.over', 'ticket.over', 'conflict'],
  ]);
});

test('the drawing in the README is the machine', async () => {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const drawing = /```mermaid\nstateDiagram-v2\n([^`]*)```/.exec(readme)?.[1] ?? '';
  const state = (name: string) => (name === '[*]' ? 'none' : name.replaceAll('_', '-'));
  const drawn = drawing
    .split('\n')
    .map((line) => /^ *(\S+) --> (\S+): (.*)$/.exec(line))
    .flatMap((found) => {
      const [, from = '', to = '', acts = ''] = found ?? [];
      return found ? acts.split(', ').map((act) => `${act.replace(' ↑', ' first')}: ${state(from)} ${state(to)}`) : [];
    });
  const real = Object.entries(TICKET_TABLE).flatMap(([role, moves]) =>
    Object.entries(moves).flatMap(([from, steps]) =>
      Object.entries(steps).map(
        ([action, { to, priority }]) => `${role} ${action}${priority ? ' first' : ''}: ${from} ${to}`,
      ),
    ),
  );
  expect(drawn.sort()).toEqual(real.sort());
});
