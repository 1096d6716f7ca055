// Clients that speak Engine.IO and Socket.IO as a page does, websocket only: to our hub and to a plain server. Bench only.
import { randomUUID } from 'node:crypto';
import { createReader, startsWith, type Client, type ClientEvents, type Envelope, type Target } from './client.ts';
import { markerOf, textOf } from './markers.ts';
import { openWire, type Wire } from './wire.ts';

interface Change {
  rev: number;
  kind: string;
  message?: { text: string | null };
}
interface Answer {
  ok: boolean;
  data?: { rev?: number; kind?: string; changes?: Change[] };
  error?: { code: string };
}

function envelopeOf(changes: Change[], range: { from: number; to: number }, tag: string): Envelope {
  const known = changes.flatMap(({ rev, message }) => {
    const marker = markerOf(message?.text ?? '', tag);
    return marker === null ? [] : [{ rev, marker }];
  });
  return { markers: known.map(({ marker }) => marker), revs: known.map(({ rev }) => rev), range };
}

/** What is above `rev`, as a page takes it; null when nothing is. */
function above(rev: number, envelope: Envelope): Envelope | null {
  const { markers, revs = [], range } = envelope;
  if (!range || range.to <= rev) return null;
  if (range.from > rev) return envelope;
  const fresh = markers.flatMap((marker, i) => ((revs[i] ?? 0) > rev ? [{ marker, rev: revs[i] ?? 0 }] : []));
  return {
    markers: fresh.map(({ marker }) => marker),
    revs: fresh.map((one) => one.rev),
    range: { from: rev + 1, to: range.to },
  };
}

function readerOf({ dialect, tag }: Target): (payload: Buffer) => Envelope {
  return createReader((payload) => {
    if (dialect === 'hub') {
      const [, changes] = JSON.parse(payload.slice(2)) as [string, { from: number; to: number; changes: Change[] }];
      return envelopeOf(changes.changes, { from: changes.from, to: changes.to }, tag);
    }
    const [, { text }] = JSON.parse(payload.slice(2)) as [string, { text: string }];
    const marker = markerOf(text, tag);
    return { markers: marker === null ? [] : [marker] };
  });
}

const ANSWER = /^43(\d+)(.*)$/s;

/** `since`: how far an earlier client of the same person was, null for a first visit. */
export function createSocketIo(target: Target) {
  const { dialect, port, cookies, roomId, tag } = target;
  const ours = dialect === 'hub';
  const read = readerOf(target);
  const message = Buffer.from(ours ? '42["room:changes"' : '42["message"');
  const path = `${ours ? '/live/' : '/socket.io/'}?EIO=4&transport=websocket`;

  return function open(index: number, on: ClientEvents, since: number | null = null): Client {
    const cookie = cookies[index % cookies.length];
    const posted = new Map<number, number>();
    /** What comes before the answer to the join waits for it. */
    let early: Envelope[] | null = [];
    let nextId = 0;
    let refusal: string | null = null;

    function ask(event: string, input: unknown): number {
      const id = nextId++;
      wire.send(`42${id}${JSON.stringify([event, input])}`);
      return id;
    }
    function join({ ok, data, error }: Answer): void {
      if (!ok) {
        refusal = error?.code ?? 'refused';
        return void wire.cut();
      }
      const rev = data?.rev ?? 0;
      const missed =
        data?.changes && since !== null ? envelopeOf(data.changes, { from: since + 1, to: rev }, tag) : null;
      on.joined(rev, missed);
      for (const envelope of early ?? []) {
        const fresh = ours ? above(rev, envelope) : envelope;
        if (fresh) on.heard(fresh);
      }
      early = null;
    }
    function hearAnswer(text: string): void {
      const [, digits, json = '[]'] = ANSWER.exec(text) ?? [];
      const id = Number(digits);
      const [answer] = JSON.parse(json) as [Answer];
      if (id === 0) return join(answer);
      const marker = posted.get(id);
      if (marker === undefined) return on.replied(id, answer);
      posted.delete(id);
      on.answered(marker, answer.ok ? null : (answer.error?.code ?? 'refused'));
    }
    function hear(payload: Buffer): void {
      if (startsWith(payload, message)) {
        const envelope = read(payload);
        if (early) early.push(envelope);
        else on.heard(envelope);
        return;
      }
      const text = payload.toString();
      if (text.startsWith('0')) wire.send('40');
      else if (text === '2') wire.send('3');
      else if (text.startsWith('40')) ask(ours ? 'room:join' : 'join', { roomId, since });
      else if (text.startsWith('43')) hearAnswer(text);
      else if (text.startsWith('44')) refusal = text;
    }
    const headers = { origin: `http://localhost:${port}`, ...(cookie ? { cookie } : {}) };
    const wire: Wire = openWire(
      { port, path, headers },
      { open: () => undefined, text: hear, closed: (why) => on.closed(refusal ?? why) },
    );
    return {
      post(marker) {
        const input = { roomId, clientId: randomUUID(), text: textOf(marker, tag) };
        posted.set(nextId, marker);
        ask(ours ? 'message:post' : 'post', input);
      },
      ask,
      cut: () => wire.cut(),
    };
  };
}
