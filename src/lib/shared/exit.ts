// Where the quick exit leads: pages that anyone may have open, with nothing of ours in the address. Pure; both sides load it.

/** By the name that an account keeps. The first one is for whoever chose none. */
export const EXIT_SITES = {
  weather: 'https://www.dwd.de/',
  news: 'https://www.tagesschau.de/',
  recipes: 'https://www.chefkoch.de/',
  lexicon: 'https://www.wikipedia.org/',
} as const;
export type ExitSite = keyof typeof EXIT_SITES;
export const EXIT_NAMES = Object.keys(EXIT_SITES) as [ExitSite, ...ExitSite[]];

export const exitSiteOf = (chosen: ExitSite | undefined): string => EXIT_SITES[chosen ?? 'weather'];
