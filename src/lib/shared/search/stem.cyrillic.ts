// A light stemmer for folded Russian and Ukrainian words: one list, since a single word does not say which it is. For the search only.

const list = (words: string): string[] => words.split(' ');

const ENDINGS = [
  // nouns
  ...list('а я у ю о е є ы и і ї й ь ам ям ами ями ах ях ов ев ів їв ей ом ем єм ой ою ею єю ью ия ию ии ие ием'),
  ...list('иям иями иях ия ій ії ією ові еві єві ня'),
  // adjectives
  ...list('ый ий ой ая яя ое ее ые ие ого его ому ему ым им ім ых их ую юю ыми ими ої ьої ьому ьою ої'),
  // verbs
  ...list('ать ять ить еть ати яти ити іти увати ювати овать евать'),
  ...list('аю аешь ает аем аете ают яю яет яют еет еют уешь ует уем уют ишь ит ите ат ят ет ут ют'),
  ...list('аєш ає аємо аєте ають яєш яє яємо яють юю юєш ює юємо юють уєш ує уємо ують ить їть имо уть'),
  ...list('ал ала ало али ил ила ило или ел ела ели ял яла яли ав ував ювала увала увало ували ювали'),
]
  .filter((ending, at, all) => all.indexOf(ending) === at)
  .sort((a, b) => b.length - a.length);

const VOWEL = 'аеёєиіїоуыэюя';
const LAST_I = new RegExp(`і(?=[^${VOWEL}]+$)`);
const FLEETING = new RegExp(`^(.*[^${VOWEL}])[оеє]([^${VOWEL}]ь?)$`);
/** к, г, х before і: довідці, книзі, мусі. */
const SOFTENED: Record<string, string> = { ц: 'к', з: 'г', с: 'х' };

const isVowelOnly = (ending: string): boolean => ending.length === 1;

/** By the longest ending, and by the shortest: "школа" is no verb, although it ends like one. */
function stemsOf(word: string): string[] {
  const plain = /^(.{3,})(?:ся|сь)$/.exec(word)?.[1] ?? word;
  const fitting = ENDINGS.filter(
    (one) => plain.endsWith(one) && plain.length - one.length >= (isVowelOnly(one) ? 2 : 3),
  );
  const [longest] = fitting;
  const shortest = fitting.at(-1);
  if (longest === undefined || shortest === undefined) return [plain];
  const stems = [longest, shortest].map((ending) => plain.slice(0, -ending.length).replace(/ь$/, ''));
  return [...new Set(stems)];
}

function variants(stem: string): string[] {
  const forms = LAST_I.test(stem) ? [stem.replace(LAST_I, 'о'), stem.replace(LAST_I, 'е')] : [];
  const fleeting = stem.length >= 5 ? FLEETING.exec(stem) : null;
  return fleeting ? [...forms, `${fleeting[1] ?? ''}${fleeting[2] ?? ''}`] : forms;
}

/** The stems, and how they look where a vowel or the last consonant changes: дім and дому, довідок and довідка. */
export function cyrillic(word: string): string[] {
  const stems = stemsOf(word);
  const hard = stems.flatMap((stem) => {
    const consonant = /[цзс]і$/.test(word) ? SOFTENED[stem.at(-1) ?? ''] : undefined;
    return consonant === undefined ? [] : [stem.slice(0, -1) + consonant];
  });
  return [...new Set([...stems, ...stems.flatMap(variants), ...hard])];
}
