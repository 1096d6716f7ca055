// The forms of a folded Turkish word without its suffixes. For the search only.

/** Folding has made one letter of i and ı, o and ö, u and ü: hence two forms of four. */
const SUFFIXES = [
  ...['lar', 'ler', 'larin', 'lerin', 'lari', 'leri'],
  ...[
    'imiz',
    'umuz',
    'iniz',
    'unuz',
    'miz',
    'muz',
    'niz',
    'nuz',
    'im',
    'um',
    'in',
    'un',
    'm',
    'n',
    'i',
    'u',
    'si',
    'su',
  ],
  ...['yi', 'yu', 'ni', 'nu', 'da', 'de', 'ta', 'te', 'dan', 'den', 'tan', 'ten', 'a', 'e', 'ya', 'ye', 'na', 'ne'],
  ...['nda', 'nde', 'ndan', 'nden', 'nin', 'nun', 'la', 'le', 'yla', 'yle', 'ki', 'yim', 'yum', 'yiz', 'yuz'],
  ...['mak', 'mek', 'iyor', 'uyor', 'yor', 'iyorum', 'uyorum', 'yorum', 'iyoruz', 'uyoruz', 'yoruz', 'iyorlar'],
  ...['di', 'du', 'ti', 'tu', 'dim', 'dum', 'tim', 'tum', 'dik', 'duk', 'tik', 'tuk', 'acak', 'ecek', 'mis', 'mus'],
];
/** These may leave two letters: evde, evler. */
const AFTER_SHORT = new Set(['da', 'de', 'dan', 'den', 'lar', 'ler', 'lari', 'leri']);
/** Letters and pairs that say: not Turkish. */
const FOREIGN = /[qwx]|sch|ck|th|ph|ei|au|eu|ie|ou|ea|ee|oo|ng(?![aeiou])/;
const ROUNDS = 4;
const SOFT: Record<string, string> = { b: 'p', d: 't', g: 'k' };

/** a and e do not follow each other across a suffix; the other vowels are folded and cannot tell. */
function harmonises(stem: string, suffix: string): boolean {
  const last = /[aeiou](?=[^aeiou]*$)/.exec(stem)?.[0];
  if (last === undefined) return false;
  return !(last === 'a' && suffix.includes('e')) && !(last === 'e' && suffix.includes('a'));
}

function shorter(word: string): string[] {
  return SUFFIXES.flatMap((suffix) => {
    if (!word.endsWith(suffix)) return [];
    const stem = word.slice(0, -suffix.length);
    const least = AFTER_SHORT.has(suffix) ? 2 : 3;
    return stem.length >= least && harmonises(stem, suffix) ? [stem] : [];
  });
}

/** "çocuklarım" gives çocuklar and çocuk, "kitabı" gives kitab and kitap. */
export function turkish(word: string): string[] {
  if (FOREIGN.test(word)) return [];
  const forms = new Set<string>();
  let open = [word];
  for (let round = 0; round < ROUNDS && open.length > 0; round++) {
    open = [...new Set(open.flatMap(shorter))].filter((form) => !forms.has(form));
    for (const form of open) forms.add(form);
  }
  for (const form of [...forms]) {
    const hard = SOFT[form.at(-1) ?? ''];
    if (hard !== undefined && form.length >= 3) forms.add(form.slice(0, -1) + hard);
  }
  return [...forms];
}
