// The pages of drop-ins share one link, see +layout.svelte.
export const load = () => ({ linked: true });
