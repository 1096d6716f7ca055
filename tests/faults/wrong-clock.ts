// Loaded into a hub before everything else: at SIGUSR2 its clock jumps ten minutes ahead, at the next one back again. Tests only.
const AHEAD_MS = 10 * 60_000;
const rightNow = Date.now.bind(Date);
let shift = 0;
process.on('SIGUSR2', () => (shift = shift === 0 ? AHEAD_MS : 0));

const RightDate = Date;
class WrongDate extends RightDate {
  constructor(...args: unknown[]) {
    super(...((args.length === 0 ? [rightNow() + shift] : args) as [number]));
  }
  static override now(): number {
    return rightNow() + shift;
  }
}
// libraries know it by its name, and by what it made before
Object.defineProperty(WrongDate, 'name', { value: 'Date' });
Object.defineProperty(WrongDate, Symbol.hasInstance, { value: (value: unknown) => value instanceof RightDate });
globalThis.Date = WrongDate as DateConstructor;
