// The Socket.IO protocol as this hub speaks it (websocket only, one namespace, JSON, answers): a tenth of the official client's
// bytes, for prepaid data. Pure of Svelte and of our events; socket.ts gives it types. https://socket.io/docs/v4/socket-io-protocol/

export interface WireEvents {
  opened(): void;
  /** The line is gone; nobody called `close`. */
  closed(): void;
  /** The hub refused the handshake; its code, or null when the line broke before that. */
  refused(code: string | null): void;
  event(name: string, payload: unknown): void;
}
export interface Wire {
  readonly open: boolean;
  /** Does nothing while a connection is there or on its way. */
  connect(): void;
  /** Quiet: no `closed` follows. */
  close(): void;
  /** Dropped when the line is not open. */
  send(name: string, payload: unknown): void;
  /** The answer, or null when none came within `ms`, the line broke or was not open. */
  ask(name: string, payload: unknown, ms: number): Promise<unknown>;
}

/** Engine.IO packet types that matter here. */
const OPEN = '0';
const CLOSE = '1';
const PING = '2';
const PONG = '3';
const MESSAGE = '4';
/** Socket.IO packet types, inside a message. */
const CONNECT = '0';
const DISCONNECT = '1';
const EVENT = '2';
const ANSWER = '3';
const REFUSED = '4';

/** ms for the whole handshake. */
const HANDSHAKE = 15_000;

export function createWire(url: string, on: WireEvents): Wire {
  let line: WebSocket | null = null;
  let open = false;
  let nextId = 0;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let allowed = HANDSHAKE;
  const waiting = new Map<number, (answer: unknown) => void>();

  /** The hub pings; when it stops, the line is dead although nobody closed it. */
  function heard() {
    clearTimeout(silence);
    if (line) silence = setTimeout(() => end(null), allowed);
  }

  function end(refusal: string | null, quiet = false) {
    if (!line) return;
    const was = { line, open };
    line = null;
    open = false;
    clearTimeout(silence);
    was.line.onmessage = was.line.onclose = was.line.onerror = null;
    was.line.close();
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
    if (quiet) return;
    if (was.open) on.closed();
    else on.refused(refusal);
  }

  const say = (packet: string) => line?.send(MESSAGE + packet);

  function message(text: string) {
    const type = text[0];
    if (type === CONNECT) {
      open = true;
      on.opened();
    } else if (type === EVENT) {
      const [name, payload] = JSON.parse(text.slice(1)) as [string, unknown];
      on.event(name, payload);
    } else if (type === ANSWER) {
      const at = text.indexOf('[');
      const id = Number(text.slice(1, at));
      waiting.get(id)?.((JSON.parse(text.slice(at)) as unknown[])[0] ?? null);
    } else if (type === REFUSED) {
      const { data } = JSON.parse(text.slice(1)) as { data?: { code?: string } };
      end(data?.code ?? null);
    } else if (type === DISCONNECT) end(null);
  }

  function packet(text: string) {
    const type = text[0];
    if (type === OPEN) {
      const { pingInterval, pingTimeout } = JSON.parse(text.slice(1)) as { pingInterval: number; pingTimeout: number };
      allowed = pingInterval + pingTimeout;
      say(CONNECT);
    } else if (type === PING) line?.send(PONG);
    else if (type === MESSAGE) message(text.slice(1));
    else if (type === CLOSE) end(null);
    heard();
  }

  return {
    get open() {
      return open;
    },
    connect() {
      if (line) return;
      allowed = HANDSHAKE;
      line = new WebSocket(url);
      line.onmessage = ({ data }) => packet(String(data));
      line.onclose = line.onerror = () => end(null);
      heard();
    },
    close: () => end(null, true),
    send(name, payload) {
      if (open) say(EVENT + JSON.stringify([name, payload]));
    },
    ask(name, payload, ms) {
      if (!open) return Promise.resolve(null);
      const id = nextId++;
      return new Promise((resolve) => {
        const answer = (given: unknown) => {
          clearTimeout(late);
          waiting.delete(id);
          resolve(given);
        };
        const late = setTimeout(() => answer(null), ms);
        waiting.set(id, answer);
        say(EVENT + id + JSON.stringify([name, payload]));
      });
    },
  };
}
