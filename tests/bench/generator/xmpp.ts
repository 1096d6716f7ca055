// Clients of a chat server that speaks XMPP: signed in anonymously, in one room (MUC), the rest left out. Bench only.
import { connect } from 'node:net';
import type { Client, ClientEvents, Target } from './client.ts';
import { markerOf, textOf } from './markers.ts';

const HOST = 'localhost';
const ROOM = `bench@rooms.${HOST}`;
const OPEN = `<stream:stream to='${HOST}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
const AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>";
const BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
const END = '</message>';
const BODY = /<body[^>]*>([^<]*)<\/body>/;

const entered = (index: number): string =>
  `<presence to='${ROOM}/client-${index}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`;
/** A room that nobody has configured stays locked for everybody but its maker. */
const UNLOCK =
  `<iq type='set' id='unlock' to='${ROOM}'><query xmlns='http://jabber.org/protocol/muc#owner'>` +
  "<x xmlns='jabber:x:data' type='submit'/></query></iq>";

export function createXmpp({ port, tag }: Target) {
  return function open(index: number, on: ClientEvents): Client {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const mine = new Set<number>();
    let rest = '';
    let state: 'opening' | 'signing-in' | 'binding' | 'entering' | 'inside' = 'opening';

    /** One step further once the server has said what the step waits for. */
    function step(waitsFor: string, next: typeof state, ...words: string[]): boolean {
      if (!rest.includes(waitsFor)) return false;
      rest = '';
      state = next;
      for (const word of words) socket.write(word);
      return true;
    }
    function comeIn(): void {
      if (state === 'opening') step('</stream:features>', 'signing-in', AUTH);
      else if (state === 'signing-in') step('<success', 'binding', OPEN);
      else if (state === 'binding') {
        if (rest.includes("id='bind'") || rest.includes('id="bind"')) step('bind', 'entering', entered(index));
        else if (rest.includes('</stream:features>')) step('</stream:features>', 'binding', BIND);
      } else if (/<presence[^>]*type=['"]error/.test(rest)) {
        // locked until its maker has opened it
        rest = '';
        setTimeout(() => socket.writable && socket.write(entered(index)), 200);
      } else if (/code=['"]110['"]/.test(rest)) {
        if (/code=['"]201['"]/.test(rest)) socket.write(UNLOCK);
        step('110', 'inside');
        on.joined(0, null);
      }
    }
    function hear(stanza: string): void {
      const marker = markerOf(BODY.exec(stanza)?.[1] ?? '', tag);
      if (marker === null) return;
      on.heard({ markers: [marker] });
      if (mine.delete(marker)) on.answered(marker, null);
    }

    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`<?xml version='1.0'?>${OPEN}`));
    socket.on('data', (chunk: string) => {
      rest += chunk;
      if (state !== 'inside') return comeIn();
      for (let end = rest.indexOf(END); end >= 0; end = rest.indexOf(END)) {
        hear(rest.slice(0, end));
        rest = rest.slice(end + END.length);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => on.closed(state === 'inside' ? null : `closed while ${state}`));
    return {
      post(marker) {
        mine.add(marker);
        const body = `<body>${textOf(marker, tag)}</body>`;
        socket.write(`<message type='groupchat' to='${ROOM}' id='${marker}'>${body}</message>`);
      },
      ask: () => {
        throw new Error('a chat server answers no events of ours');
      },
      cut: () => void socket.destroy(),
    };
  };
}
