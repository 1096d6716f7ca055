// The pages of what needs a decision share one link, see +layout.svelte.
export const load = () => ({ linked: true });
