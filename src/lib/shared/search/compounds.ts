// Parts of German compounds: what "Kinderarzt" and "Krankenversicherung" are made of. For the search only.

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Short last parts; they count only behind a first part that is known too ("insgesamt" has no "Amt"). */
const HEADS = set(
  'abend amt angst antrag arbeit arzt auto bad bahn bank bett bild brief buch bus dienst essen feier feld fest form frage frau frist garten gebuhr geld gesetz gruppe haus heim hilfe hof job kasse karte kind klasse konto kosten kraft kreis kurs laden leben lehrer liste lohn mann markt miete mittel monat nachweis name nummer ort papier pass plan platz preis prufung raum recht reise saal schein schule schutz seite sprache stadt stelle steuer stunde suche tag teil test tisch titel treff urlaub verein vertrag wahl weg welt wesen woche zahl zeit zentrum zettel zeugnis zimmer zug',
);

/** First parts, folded and without the letters that join. */
const FRONTS = set(
  'abend alpha alter angst ankunft anmelde arbeit arzt asyl aufenthalt aufnahme ausbildung ausland auslander ausweis auto baby bahn beratung beruf besuch betreuung bewerbung bildung bezirk brief buch bundes bus computer deutsch dienst eltern erst essen fach fahr fahrrad familie familien ferien fest finanz flucht fluchtling frau frauen frei freizeit fuhrer ganz garten gast geburt geld gemeinde gesund gesundheit gewalt grund gruppe handy haus heirat hilfe hoch impf info integration job jugend jung kinder kind kita kleider klein konto kranken kultur kunst kurs land lehr lern lohn mensch migration miet miete mittag monat mutter nach nacht nachbar nachhilfe natur netz not notfall offen papier pass personal pflege pflicht plan post praktikum privat probe prufung recht reise renten ruck ruckkehr schreib schul schule schwimm selbst senioren sozial spiel sport sprach sprache stadt standes stell stellen steuer strom stunden such tages teil telefon termin test treff uber umzug unter unterhalt urlaub verkehr vermieter versicherung vertrag visum vor vorbereitung vorstellung wahl warm wasser weiter werk wochen wohn wohnung zahn zeit zentral zimmer zug zusatz',
);

/** Letters between two parts. */
const JOINTS = ['', 's', 'es', 'n', 'en', 'er'];

function frontOf(text: string): string | undefined {
  return JOINTS.filter((joint) => text.endsWith(joint))
    .map((joint) => text.slice(0, text.length - joint.length))
    .find((front) => FRONTS.has(front));
}

/** Two known parts of a folded word ("kind" and "arzt"), or none. `forms`: the word, and its stems. */
export function knownParts(forms: readonly string[]): string[] {
  for (const word of forms) {
    for (let at = 3; at <= word.length - 3; at++) {
      const head = word.slice(at);
      const front = HEADS.has(head) ? frontOf(word.slice(0, at)) : undefined;
      if (front !== undefined) return [front, head];
    }
  }
  return [];
}

/** Long last parts need no list: every ending of six letters and more that leaves four before it. Takes a stem. */
export function longEndings(stem: string): string[] {
  const endings: string[] = [];
  for (let at = 4; at <= stem.length - 6; at++) endings.push(stem.slice(at));
  return endings;
}
