// The way from the offline page back to where she was going. Pure; the offline page and its test.

/** The path in `?to=`, if it is one of ours; else the rooms. Never another site, never the offline page itself. */
export function onward(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '';
  const inside = /^\/(?![/\\])/.test(to) && !/^\/offline(?:[/?#]|$)/.test(to);
  return inside ? to : '/rooms';
}
