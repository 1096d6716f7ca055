// What counts against one woman's limits counts in every process: told once, and what was told is not told again.
import { expect, test } from 'vitest';
import { createEventBus } from '../domain/kernel/event-bus.ts';
import { silentLogger } from '../domain/kernel/logger.ts';
import type { DomainEvents, Hub } from '../hub.ts';
import { createCluster } from './cluster.ts';
import type { Hint, HintLine } from './hint-line.ts';
import { createPresence } from './presence.ts';

test.each([
  ['posting.took', 'posting.took-elsewhere'],
  ['search.took', 'search.took-elsewhere'],
] as const)('%s in one process is told to the others', (here, elsewhere) => {
  const heard: ((from: string, hint: Hint) => unknown)[] = [];
  const sent: Hint[] = [];
  const processOf = (id: string) => {
    const bus = createEventBus<DomainEvents>(silentLogger);
    const line: Pick<HintLine, 'send' | 'listen'> = {
      send(hint) {
        sent.push(hint);
        heard.forEach((hear, i) => String(i) !== id && hear(id, hint));
      },
      listen({ hint }) {
        heard.push(hint);
        return () => undefined;
      },
    };
    const cluster = createCluster({ bus, line, presence: createPresence(), log: silentLogger } as unknown as Hub);
    return { bus, cluster };
  };
  const [one, other] = [processOf('0'), processOf('1')];
  const counted: string[] = [];
  other.bus.on(elsewhere, ({ userId }) => counted.push(userId));
  one.bus.on(elsewhere, () => counted.push('her own'));
  one.bus.emit(here, { userId: 'amal' });
  expect(counted).toEqual(['amal']);
  expect(sent).toHaveLength(1);
  one.cluster.stop();
  other.cluster.stop();
});
