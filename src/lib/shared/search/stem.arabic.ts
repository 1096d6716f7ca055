// The forms of a folded Arabic or Persian word without its clitics and endings: the script does not say which it is. For the search only.

const list = (words: string): string[] => words.split(' ');

/** What stands before a word, and how many letters it leaves at least. */
const PREFIXES: [prefixes: string[], least: number][] = [
  [list('وبال وكال ولل وال فال بال كال لل ال'), 3],
  [list('و ف'), 3],
  [list('ب ل ك س'), 4],
  [list('نمي مي'), 3],
];
/** Endings, and how many letters they leave at least; Persian ones are written as folding leaves them. */
const SUFFIXES: [suffixes: string[], least: number][] = [
  [list('هايشان هايتان هايمان هايي هايم هايت هايش هاي ها ترين تر شان تان مان ام اي'), 3],
  [list('هما كما هم هن كم كن نا ات ه ي م ش'), 3],
  [list('ون ين ان وا ت ك ا'), 4],
];
/** Endings behind which the round ta of a noun was written as t, and the Persian plural of nouns in -e: they give it back. */
const RETURNING: [suffixes: string[], least: number][] = [
  [list('تهما تهم تهن تها تنا تكم تكن تي ته تك ات'), 2],
  [list('گان'), 3],
];
/** Persian verbs with mi- lose their person, too. */
const PERSON = /^(.{3,}?)(?:يم|يد|ند|م|ي|د)$/;

/** Plurals that no rule makes, of words that are asked for here; folded. */
const PLURALS = new Map(
  list(
    'مدارس:مدرسه اطفال:طفل بيوت:بيت وظايف:وظيفه مواعيد:موعد اوراق:ورقه كتب:كتاب دروس:درس اولاد:ولد بنات:بنت نساء:امراه رجال:رجل شقق:شقه منازل:منزل عقود:عقد رسايل:رساله اسيله:سوال اطباء:طبيب ادويه:دواء مكاتب:مكتب طلاب:طالب جيران:جار اصدقاء:صديق امراض:مرض مشاكل:مشكله حقوق:حق قوانين:قانون مدن:مدينه شوارع:شارع ايام:يوم اشهر:شهر اسابيع:اسبوع سنوات:سنه برامج:برنامج نصايح:نصيحه تجارب:تجربه وثايق:وثيقه اجانب:اجنبي دواير:دايره صفوف:صف اعمال:عمل اسعار:سعر زنان:زن',
  ).map((pair): [string, string] => {
    const [plural = '', single = ''] = pair.split(':');
    return [plural, single];
  }),
);

const cut = (word: string, affixes: string[], least: number, end: boolean): string[] =>
  affixes
    .filter((affix) => word.length - affix.length >= least && (end ? word.endsWith(affix) : word.startsWith(affix)))
    .map((affix) => (end ? word.slice(0, -affix.length) : word.slice(affix.length)));

/** The word without "and", "with", "for", "the" and the like before it; the word itself first. */
export function withoutClitics(word: string): string[] {
  const forms = new Set([word]);
  for (const form of forms)
    for (const [affixes, least] of PREFIXES) cut(form, affixes, least, false).forEach((one) => forms.add(one));
  return [...forms];
}

function withoutEndings(word: string): string[] {
  const bare = SUFFIXES.flatMap(([affixes, least]) => cut(word, affixes, least, true));
  const returned = RETURNING.flatMap(([affixes, least]) => cut(word, affixes, least, true).map((form) => `${form}ه`));
  return [...bare, ...returned];
}

/** Every form under which the word may be looked for. */
export function arabic(word: string): string[] {
  const forms = new Set(withoutClitics(word));
  const verb = /^(?:نمي|مي)(.{4,})$/.exec(word)?.[1];
  const root = verb === undefined ? undefined : PERSON.exec(verb)?.[1];
  if (root !== undefined) forms.add(root);
  const begun = [...forms];
  const once = begun.flatMap(withoutEndings);
  const twice = once.flatMap(withoutEndings);
  for (const form of [...once, ...twice]) forms.add(form);
  for (const form of [...forms]) {
    const single = PLURALS.get(form);
    if (single !== undefined) forms.add(single);
  }
  return [...forms];
}
