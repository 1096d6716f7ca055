// MongoDB's messages as bytes: OP_MSG, and OP_QUERY for the first hello of a connection. For wire.ts only.
import { Buffer } from 'node:buffer';
import { deserialize } from 'bson';
import { decodeDocument, type Doc } from '../values/bson.ts';
import { checkBson } from '../values/check-bson.ts';
import { putField } from '../values/paths.ts';

/** One command as it came in. */
export interface Request {
  readonly name: string;
  readonly database: string;
  readonly body: Doc;
  /** The bytes of the body, for what must keep its number types. */
  readonly raw: Uint8Array;
  /** The statements of insert (`documents`) and update (`updates`), each still BSON. */
  readonly statements: readonly Uint8Array[] | undefined;
}

export interface Message {
  readonly id: number;
  /** Decodes the command. @throws 22 for what is no BSON, 15 for what is nested too deeply */
  request(): Request;
  /** The client waits for no answer. */
  readonly silent: boolean;
  /** It came as OP_QUERY and is answered as OP_REPLY. */
  readonly legacy: boolean;
}

/** MongoDB's limit, with room for a message around a largest batch. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Flags a server must understand to be allowed to answer. */
const REQUIRED_FLAGS = 0xffff;

/** Statements of these commands stay bytes: inserted as they are, or decoded with their number types. */
const RAW_FIELDS: ReadonlyMap<string, string> = new Map([
  ['insert', 'documents'],
  ['update', 'updates'],
]);

let nextId = 1;

/** Reads one whole message. @throws if it is not one that this server understands; the connection is then closed */
export function readMessage(bytes: Buffer): Message {
  const id = bytes.readInt32LE(4);
  switch (bytes.readInt32LE(12)) {
    case OP_MSG:
      return readMsg(bytes, id);
    case OP_QUERY:
      return readQuery(bytes, id);
    default:
      throw new Error('unsupported wire protocol operation');
  }
}

function readQuery(bytes: Buffer, id: number): Message {
  const nameEnd = bytes.indexOf(0, 20);
  const at = nameEnd + 9;
  if (nameEnd < 0) throw new Error('name without end');
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > bytes.length) throw new Error('document exceeds its message');
  const raw = bytes.subarray(at, at + size);
  const database = bytes.toString('utf8', 20, nameEnd).split('.')[0] ?? '';
  const request = (): Request => {
    checkBson(raw);
    const body = decodeDocument(raw);
    return { name: Object.keys(body)[0] ?? '', database, body, raw, statements: undefined };
  };
  return { id, request, silent: false, legacy: true };
}

function readMsg(bytes: Buffer, id: number): Message {
  const flags = bytes.readUInt32LE(HEADER_BYTES);
  if (flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) throw new Error('unknown required flag');
  const end = bytes.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let raw: Buffer | undefined;
  const sequences = new Map<string, Buffer[]>();
  for (let at = HEADER_BYTES + 4; at < end;) {
    const kind = bytes[at];
    const size = bytes.readInt32LE(at + 1);
    const section = bytes.subarray(at + 1, at + 1 + size);
    if (size < 5 || section.length < size) throw new Error('section exceeds its message');
    if (kind === 0 && raw) throw new Error('message with two bodies');
    if (kind === 0) raw = section;
    else if (kind === 1) readSequence(section, sequences);
    else throw new Error('unknown section');
    at += 1 + size;
  }
  if (!raw) throw new Error('message without body');
  const body = raw;
  const silent = (flags & MORE_TO_COME) !== 0;
  return { id, request: () => makeRequest(body, sequences), silent, legacy: false };
}

function readSequence(section: Buffer, sequences: Map<string, Buffer[]>): void {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new Error('name without end');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < section.length;) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw new Error('document exceeds its section');
    documents.push(section.subarray(at, at + size));
    at += size;
  }
  const name = section.toString('utf8', 4, nameEnd);
  if (sequences.has(name)) throw new Error('section twice');
  sequences.set(name, documents);
}

function makeRequest(raw: Buffer, sequences: ReadonlyMap<string, Buffer[]>): Request {
  checkBson(raw);
  for (const documents of sequences.values()) for (const document of documents) checkBson(document);
  const name = firstName(raw);
  const rawField = RAW_FIELDS.get(name);
  const body =
    rawField === undefined
      ? decodeDocument(raw)
      : deserialize(raw, {
          promoteBuffers: false,
          promoteLongs: false,
          bsonRegExp: true,
          fieldsAsRaw: { [rawField]: true },
        });
  for (const [field, documents] of sequences) {
    putField(body, field, field === rawField ? documents : documents.map((document) => decodeDocument(document)));
  }
  const list: unknown = rawField === undefined ? undefined : body[rawField];
  const statements = isByteList(list) ? list : undefined;
  return { name, database: String(body['$db'] ?? ''), body, raw, statements };
}

/** The name of the first field, which is the command. */
function firstName(raw: Buffer): string {
  return raw.length > 5 ? raw.toString('utf8', 5, raw.indexOf(0, 5)) : '';
}

function isByteList(list: unknown): list is Uint8Array[] {
  return Array.isArray(list) && list.every((item) => item instanceof Uint8Array);
}

/** The answer to a message; `reply` is the BSON of the answer. */
export function writeReply(message: Message, reply: Uint8Array): Buffer {
  const head = Buffer.alloc(message.legacy ? 36 : 21);
  head.writeInt32LE(head.length + reply.length, 0);
  head.writeInt32LE(nextId, 4);
  nextId = (nextId + 1) & 0x7fffffff;
  head.writeInt32LE(message.id, 8);
  head.writeInt32LE(message.legacy ? OP_REPLY : OP_MSG, 12);
  if (message.legacy) {
    head.writeInt32LE(8, 16); // AwaitCapable
    head.writeInt32LE(1, 32); // one document
  }
  return Buffer.concat([head, reply]);
}
