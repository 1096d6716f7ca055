// Words that everybody uses and that look like an entry in other letters by chance: they are taken at their word. Pure; for the matcher.

/** As `fold` writes them. Found by holding the most used words of the seven languages against the start lists. */
export const ORDINARY: ReadonlySet<string> = new Set(
  `angle ankle annually engel engelli engeli engelle saatlik ahiret durak larva curvy debilitating debilitated
   ріс العوضي`
    .split(/\s+/)
    .filter(Boolean),
);
