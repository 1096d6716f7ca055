// Messages whose files are still on their way: each goes by itself when they are there, also when she has left the room. For the composer's extras.
import type { Uploads } from '#lib/features/attachments/uploads.live.svelte.ts';
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import type { PostExtras } from '#lib/realtime/outbox.ts';
import type { MessageView } from '#shared/messages.ts';

export interface Held {
  readonly key: string;
  readonly text: string;
  readonly uploads: Uploads;
  /** How it is sent; its files join it in the end. */
  readonly extras: PostExtras;
  /** What it answers, for when she takes it back. */
  readonly replying: MessageView | null;
  /** The device kept it not, and no hub took it. */
  unsafe: boolean;
}
interface Holding {
  readonly list: readonly Held[];
  add(entry: Pick<Held, 'text' | 'uploads' | 'extras' | 'replying'>): void;
  /** It does not go: she has it again. */
  takeBack(entry: Held): void;
  /** Once more, after it was unsafe. */
  again(entry: Held): Promise<void>;
}

/** One page has one of each; they outlive the component that shows them. */
const places = new WeakMap<RoomsLive, Record<string, Holding>>();

/** State that lives on when the component that made it is gone. */
export function alone<State>(make: () => State): State {
  let made: State[] = [];
  $effect.root(() => void (made = [make()]));
  return made[0] as State;
}

function createHolding(all: RoomsLive, roomId: string): Holding {
  let list = $state.raw<readonly Held[]>([]);

  const drop = (entry: Held): void => void (list = list.filter(({ key }) => key !== entry.key));

  async function go(entry: Held): Promise<void> {
    const { key, text, uploads } = entry;
    const extras = { ...entry.extras, ...uploads.extras };
    // she took out the last file, and there were no words
    if (text === '' && !extras.attachments) return drop(entry);
    const safe = await all.outbox.add(roomId, text, extras);
    if (!safe) list = list.map((one) => (one.key === key ? { ...one, unsafe: true } : one));
    else if (list.some((one) => one.key === key)) {
      drop(entry);
      uploads.sent();
    }
  }
  return {
    get list() {
      return list;
    },
    add(given) {
      const entry = { ...given, key: crypto.randomUUID(), unsafe: false };
      list = [...list, entry];
      const { uploads } = entry;
      const end = $effect.root(() => {
        $effect(() => {
          if (list.every(({ key }) => key !== entry.key)) return end();
          if (uploads.busy || uploads.rows.some(({ state }) => state === 'failed')) return;
          end();
          void go(entry);
        });
      });
    },
    takeBack: drop,
    again: go,
  };
}

/** What is held in this room or thread. */
export function holdingOf(all: RoomsLive, roomId: string, threadId: string | null): Holding {
  const rooms = places.get(all) ?? {};
  places.set(all, rooms);
  return (rooms[`${roomId}/${threadId ?? ''}`] ??= alone(() => createHolding(all, roomId)));
}
