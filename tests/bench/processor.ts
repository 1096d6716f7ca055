// What processes cost: processor time and memory from /proc, and what everybody else on this machine took meanwhile. Bench only.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** Processor time of a process with all its threads, in milliseconds; 0 when it is gone. */
function processorMs(pid: number): number {
  try {
    const fields = fieldsOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}

/** Resident memory in bytes. */
export function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}

/** What all processors of the machine have worked, in milliseconds; also what the host took away from it. */
function machineMs(): number {
  const [, user, nice, system, , , irq, softirq, steal] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '')
    .split(/\s+/)
    .map(Number);
  return [user, nice, system, irq, softirq, steal].reduce<number>((sum, part) => sum + (part ?? 0), 0) * TICK_MS;
}

export interface Span {
  seconds: number;
  /** Of each watched process. */
  own: number[];
  /** Of everybody else, as a share of the whole machine. */
  foreign: number;
}

/** Watches processes from now on; the answer tells what was between. */
export function watchProcessor(pids: number[]): () => Span {
  const began = performance.now();
  const before = pids.map(processorMs);
  const machineBefore = machineMs();
  return () => {
    const ms = performance.now() - began;
    const own = pids.map((pid, i) => processorMs(pid) - (before[i] ?? 0));
    const others = machineMs() - machineBefore - own.reduce((sum, one) => sum + one, 0);
    return { seconds: ms / 1000, own, foreign: Math.max(0, others) / (ms * availableParallelism()) };
  };
}
