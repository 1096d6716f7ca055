// A growing byte buffer for order-preserving keys. For key-string.ts and key-number.ts only.
import { Buffer } from 'node:buffer';

/** Collects the bytes of one key; `start` begins the next one in the same memory. */
export class KeyWriter {
  private buffer = Buffer.allocUnsafe(4096);
  private end = 0;

  start(): void {
    this.end = 0;
  }

  get length(): number {
    return this.end;
  }

  /** The bytes written since `start`, copied out. */
  finish(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.end));
  }

  byte(value: number): void {
    this.room(1);
    this.buffer[this.end++] = value;
  }

  uint16(value: number): void {
    this.room(2);
    this.end = this.buffer.writeUInt16BE(value, this.end);
  }

  uint32(value: number): void {
    this.room(4);
    this.end = this.buffer.writeUInt32BE(value, this.end);
  }

  uint64(value: bigint): void {
    this.room(8);
    this.end = this.buffer.writeBigUInt64BE(BigInt.asUintN(64, value), this.end);
  }

  /** Eight bytes in the order of the numbers: sign bit flipped, negative numbers complemented. */
  double(value: number): void {
    this.room(8);
    const at = this.end;
    this.end = this.buffer.writeDoubleBE(value, at);
    const first = this.buffer[at] ?? 0;
    if (first & 0x80) this.complement(at);
    else this.buffer[at] = first | 0x80;
  }

  bytes(value: Uint8Array): void {
    this.room(value.length);
    this.buffer.set(value, this.end);
    this.end += value.length;
  }

  /** UTF-8 with a final zero; zero and one inside are escaped, so that no text is the beginning of another. */
  text(value: string): void {
    this.room(value.length * 6 + 1);
    let plain = true;
    for (let i = 0; i < value.length && plain; i++) plain = value.charCodeAt(i) > 1;
    if (plain) this.end += this.buffer.write(value, this.end, 'utf8');
    else {
      for (const byte of Buffer.from(value, 'utf8')) {
        if (byte <= 1) this.buffer[this.end++] = 1;
        this.buffer[this.end++] = byte <= 1 ? byte + 1 : byte;
      }
    }
    this.buffer[this.end++] = 0;
  }

  /** Turns the order of what was written from `from` on around. */
  complement(from: number): void {
    for (let i = from; i < this.end; i++) this.buffer[i] = ~(this.buffer[i] ?? 0) & 0xff;
  }

  private room(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.end + bytes));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }
}
