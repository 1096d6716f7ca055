// The two ends of a list of messages: what is behind them loads when they come in sight. For MessageList.svelte.
import type { RoomsLive } from '#lib/features/rooms/rooms.live.svelte.ts';
import type { RoomLive } from './room.live.svelte.ts';

type End = 'idle' | 'loading' | 'failed';
type Side = 'older' | 'newer';

/** Pages that come by themselves while the list does not fill its place twice. */
const FILLING = 3;

export function createEnds(live: RoomLive, all: RoomsLive) {
  let older = $state<End>('idle');
  let newer = $state<End>('idle');
  let filled = 0;
  const more = (side: Side) => (side === 'older' ? live.hasOlder : live.channel.room.hasNewer);

  async function load(side: Side): Promise<void> {
    if ((side === 'older' ? older : newer) === 'loading' || !more(side)) return;
    const set = (state: End) => (side === 'older' ? (older = state) : (newer = state));
    set('loading');
    const outcome = await (side === 'older' ? live.loadOlder() : live.channel.loadNewer());
    set(outcome === 'failed' ? 'failed' : 'idle');
  }

  return {
    get older() {
      return older;
    },
    get newer() {
      return newer;
    },
    load,
    /** In an effect: watches anew after every page, since the end may still be in sight. */
    watch(scroller: HTMLElement, top: HTMLElement, end: HTMLElement) {
      if (older === 'loading' || newer === 'loading' || all.link !== 'online') return;
      const watcher = new IntersectionObserver(
        (seen) => {
          const inSight = seen.filter((one) => one.isIntersecting).map((one) => one.target);
          if (inSight.length === 0) return;
          // what she does not read is folded: a list of a few lines must not load the whole room
          if (scroller.scrollHeight < scroller.clientHeight * 2 && filled++ >= FILLING) return;
          void load(inSight.includes(top) ? 'older' : 'newer');
        },
        { root: scroller, rootMargin: '400px 0px' },
      );
      if (live.hasOlder && older === 'idle') watcher.observe(top);
      if (live.channel.room.hasNewer && newer === 'idle') watcher.observe(end);
      return () => watcher.disconnect();
    },
  };
}
