// A part of an open room that is loaded when it is used, together with the words it needs.
import { loadRest } from './words.ts';

/** `lazy(() => import('./Part.svelte'))`: rejects when either did not arrive. */
export async function lazy<Part>(load: () => Promise<{ default: Part }>): Promise<Part> {
  const [part] = await Promise.all([load(), loadRest()]);
  return part.default;
}
