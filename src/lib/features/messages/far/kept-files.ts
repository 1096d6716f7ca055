// That there were files with half-written words, which the device does not keep, as it lies there. Pure; for the composer's extras.

interface KeptFiles {
  /** Messages that waited for their files. */
  words: string[];
  /** Some of them were asked anonymously. */
  hidden: boolean;
}

/** Null: there were none. Whatever else lies there: an older version of these pages may have written it. */
export function readFiles(kept: string): KeptFiles | null {
  try {
    const { words, hidden } = JSON.parse(kept) as Partial<Record<keyof KeptFiles, unknown>>;
    return {
      words: Array.isArray(words) ? words.filter((one) => typeof one === 'string') : [],
      hidden: hidden === true,
    };
  } catch {
    return null;
  }
}
