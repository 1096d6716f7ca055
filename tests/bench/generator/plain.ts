// Clients of a plain websocket server: JSON in both directions, nothing else. Bench only.
import { createReader, startsWith, type Client, type ClientEvents, type Target } from './client.ts';
import { markerOf, textOf } from './markers.ts';
import { openWire } from './wire.ts';

const MESSAGE = Buffer.from('{"id"');

export function createPlain({ port, tag }: Target) {
  const read = createReader((payload) => {
    const marker = markerOf((JSON.parse(payload) as { text: string }).text, tag);
    return { markers: marker === null ? [] : [marker] };
  });

  return function open(_index: number, on: ClientEvents): Client {
    const wire = openWire(
      { port, path: '/', headers: {} },
      {
        open: () => on.joined(0, null),
        text(payload) {
          if (startsWith(payload, MESSAGE)) return on.heard(read(payload));
          on.answered((JSON.parse(payload.toString()) as { ack: number }).ack, null);
        },
        closed: (why) => on.closed(why),
      },
    );
    return {
      post: (marker) => wire.send(JSON.stringify({ ack: marker, text: textOf(marker, tag) })),
      ask: () => {
        throw new Error('a plain websocket server answers no events');
      },
      cut: () => wire.cut(),
    };
  };
}
