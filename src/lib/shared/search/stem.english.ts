// A light stemmer for folded English words. For the search only.

const IRREGULAR: Record<string, string> = {
  children: 'child',
  women: 'woman',
  men: 'man',
  people: 'person',
  feet: 'foot',
  teeth: 'tooth',
  lives: 'life',
  wives: 'wife',
  paid: 'pay',
  said: 'say',
  found: 'find',
  got: 'get',
  went: 'go',
  gone: 'go',
  wrote: 'write',
  written: 'write',
  taught: 'teach',
  bought: 'buy',
  brought: 'bring',
  sent: 'send',
  met: 'meet',
  spoke: 'speak',
  spoken: 'speak',
  learnt: 'learn',
};

const singular = (word: string): string => {
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  return /[^sui]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
};

function withoutEnding(word: string): string {
  if (/ied$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  const rest = /^(.{3,})(?:ing|ed)$/.exec(word)?.[1];
  if (rest === undefined || !/[aeiouy]/.test(rest)) return word;
  return /([bdgmnprt])\1$/.test(rest) ? rest.slice(0, -1) : rest;
}

/** "moving", "moved", "moves" and "move" become the same. */
export function english(word: string): string {
  const known = IRREGULAR[word];
  if (known !== undefined) return known;
  const stem = withoutEnding(singular(word));
  return /^.{3,}e$/.test(stem) ? stem.slice(0, -1) : stem;
}
