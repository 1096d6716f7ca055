// Ours beside plain Socket.IO and `ws`, in turn: cost of a delivery, memory of a connection, the most that goes through. Bench only.
import { cpSync } from 'node:fs';
import type { Bench } from '../bench.ts';
import { makeCommunity } from '../community.ts';
import type { DialectName as AnyDialect } from '../generator/client.ts';
import type { LoadReport } from '../generator/crowd.ts';
import { median, type Gate } from '../gates.ts';
import { openAll, PROCESSOR_MS, sitDown, weighConnections, type Place, type Sitting } from '../session.ts';

type DialectName = Exclude<AnyDialect, 'xmpp'>;

interface Round {
  cost: number;
  bytes: number;
  saturation: number;
  foreign: number;
}

const RATE = 20;
/** Times as many idle connections are weighed. */
const IDLE = 4;
/** Messages a second that are tried one after the other, until one is too much. */
const LADDER: Record<DialectName, readonly number[]> = {
  hub: [300, 550, 700, 900],
  'socket.io': [40, 55, 70, 90],
  ws: [60, 90, 120],
};
/** Above this share of the machine taken by others, a round is repeated. */
const DISTURBED = 0.1;

/** The most deliveries a second that were seen; stops at the first rate that cannot be kept up. */
async function saturate({ load, server }: Sitting, bench: Bench): Promise<number> {
  let most = 0;
  for (const rate of LADDER[server.dialect as DialectName]) {
    if (bench.secondsLeft() < 15) break;
    const report = await load({ rate, seconds: 4, warmUpSeconds: 1, patienceSeconds: 2 });
    const throughput = report.deliveries / report.seconds;
    most = Math.max(most, throughput);
    if (!report.complete || throughput < 0.9 * rate * bench.options.clients) break;
  }
  return most;
}

/** What an earlier sitting left is not this one's load: tens of thousands of messages that the search has not read yet. */
function fresh(bench: Bench, place: Place): Place {
  const folder = bench.folder();
  cpSync(place.folder, folder, { recursive: true });
  return { ...place, folder };
}

async function sit(bench: Bench, dialect: DialectName, place: Place): Promise<Round> {
  const { parts, clients } = bench.options;
  const sitting = await sitDown(dialect, dialect === 'hub' ? fresh(bench, place) : place);
  const round: Round = { cost: NaN, bytes: NaN, saturation: NaN, foreign: 0 };
  if (parts.has('memory')) round.bytes = await weighConnections(sitting, IDLE * clients);
  if (parts.has('fanout') || parts.has('saturation')) await openAll(sitting, clients);
  if (parts.has('fanout')) {
    const seconds = bench.options.full ? 15 : 8;
    const report: LoadReport = await sitting.load({ rate: RATE, seconds, warmUpSeconds: 2, patienceSeconds: 15 });
    round.cost = PROCESSOR_MS(report);
    round.foreign = report.foreign;
  }
  if (parts.has('saturation') && dialect !== 'ws') round.saturation = await saturate(sitting, bench);
  const { verdict, stored } = await sitting.end();
  bench.check(`fan-out of ${dialect}`, verdict, stored);
  return round;
}

/** Once more when others took too much of the machine; the quieter one of both counts. */
async function sitQuietly(bench: Bench, dialect: DialectName, place: Place, spare: { tries: number }): Promise<Round> {
  const first = await sit(bench, dialect, place);
  if (first.foreign <= DISTURBED || spare.tries === 0) return first;
  spare.tries -= 1;
  const second = await sit(bench, dialect, place);
  return second.foreign < first.foreign ? second : first;
}

const ratioGate = (name: string, values: number[], limits: Pick<Gate, 'bound' | 'goal' | 'sense'>): Gate => ({
  ...{ name, unit: '×', values, kind: 'figure' },
  ...limits,
});

const figures = (rounds: Round[], of: (round: Round) => number): number => median(rounds.map(of));

function report(bench: Bench, rounds: Record<DialectName, Round[]>): void {
  const { parts, clients } = bench.options;
  const per = (of: (round: Round) => number): number[] =>
    rounds.hub.map((ours, i) => of(ours) / of(rounds['socket.io'][i] ?? ours));
  const line = (
    of: (round: Round) => number,
    digits: number,
    peers: DialectName[],
  ): { ours: string; others: string } => ({
    ours: figures(rounds.hub, of).toFixed(digits),
    others: peers.map((peer) => `${peer} ${figures(rounds[peer], of).toFixed(digits)}`).join(', '),
  });
  if (parts.has('fanout')) {
    const name = `processor per delivery, ours / Socket.IO, ${clients} × ${RATE}/s`;
    bench.gates.push(
      ratioGate(
        name,
        per(({ cost }) => cost),
        { bound: 1.3, goal: 1.1, sense: 'most' },
      ),
    );
    bench.rows.push({
      name: 'ms of processor per 1,000 deliveries',
      ...line(({ cost }) => cost, 1, ['socket.io', 'ws']),
    });
  }
  if (parts.has('saturation')) {
    const values = per(({ saturation }) => saturation);
    bench.gates.push(ratioGate('saturation, ours / Socket.IO', values, { bound: 3, goal: 6, sense: 'least' }));
    bench.rows.push({ name: 'most deliveries per second', ...line(({ saturation }) => saturation, 0, ['socket.io']) });
  }
  if (parts.has('memory')) {
    const values = per(({ bytes }) => bytes);
    bench.gates.push(
      ratioGate('memory per connection, ours / Socket.IO', values, { bound: 1.5, goal: 1.1, sense: 'most' }),
    );
    bench.rows.push({ name: 'KB per connection', ...line(({ bytes }) => bytes / 1024, 0, ['socket.io', 'ws']) });
  }
}

export async function fanout(bench: Bench): Promise<void> {
  const { clients, rounds: wanted, parts } = bench.options;
  bench.say(`Making ${clients} accounts …`);
  const folder = bench.folder();
  const place = { folder, ...(await makeCommunity(folder, clients)) };
  const rounds: Record<DialectName, Round[]> = { hub: [], 'socket.io': [], ws: [] };
  const spare = { tries: bench.options.full ? 3 : 1 };
  const peers: DialectName[] =
    parts.has('fanout') || parts.has('memory') ? ['hub', 'socket.io', 'ws'] : ['hub', 'socket.io'];
  let longest = 0;
  for (let round = 1; round <= wanted; round++) {
    if (round > 1 && bench.secondsLeft() < longest * 1.1) {
      bench.notes.push(`Time was up: ${round - 1} of ${wanted} rounds of fan-out.`);
      break;
    }
    bench.say(`Fan-out, round ${round} of ${wanted} …`);
    const left = bench.secondsLeft();
    for (const dialect of peers) rounds[dialect].push(await sitQuietly(bench, dialect, place, spare));
    longest = Math.max(longest, left - bench.secondsLeft());
  }
  const disturbed = Object.values(rounds)
    .flat()
    .filter(({ foreign }) => foreign > DISTURBED);
  if (disturbed.length > 0) {
    const most = Math.max(...disturbed.map(({ foreign }) => foreign));
    bench.notes.push(
      `${disturbed.length} of ${Object.values(rounds).flat().length} sittings were disturbed: others took up to ${Math.round(most * 100)} % of the machine.`,
    );
  }
  report(bench, rounds);
}
