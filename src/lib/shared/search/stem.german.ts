// A light stemmer for folded German words. For the search only.

/** Small words that no longer word may become: "Nacht" is not "nach". */
const NO_STEM = new Set(
  'aber auch auf aus bei bis dann das dass dem den der des die dich doch durch ein euch fur gern hat hin ich ihr ist kann man mehr mein mich mit nach nich noch nur oder ohne schon sehr sein sich sie sind und uns vom von vor war was weg wem wen wer wie wir zum zur'.split(
    ' ',
  ),
);

/** Endings one after the other; each leaves at least so many letters. */
const STEPS: RegExp[] = [
  /^(.{4,}?)(?:innen|in)$/,
  /^(.{3,}?)(?:ungen|ung)$/,
  /^(?:(.{3,}?)(?:ern|em|en|er|es|e)|(.{2,}e[rl])n|(.{2,}[bdfghklmnrt])s)$/,
  /^(.{3,}?)(?:est|et|st|t)$/,
  /^(.{3,})t$/,
];

function shortened(word: string): string {
  let stem = word;
  for (const step of STEPS) {
    const found = step.exec(stem);
    stem = found?.slice(1).find((part) => part !== undefined) ?? stem;
  }
  return NO_STEM.has(stem) ? word : stem;
}

const PARTICIPLE =
  /^(an|ab|auf|aus|bei|durch|ein|frei|her|hin|los|mit|nach|um|vor|weg|zu|zuruck|zusammen)?(?:ge|zu)(.{3,}(?:t|en))$/;

/** "Prüfungen" and "prüfen", "angemeldet", "anzumelden" and "Anmeldung" meet in one of these. */
export function german(word: string): string[] {
  const participle = PARTICIPLE.exec(word);
  const stem = shortened(word);
  if (!participle) return [stem];
  return [stem, shortened(`${participle[1] ?? ''}${participle[2] ?? ''}`)];
}
