// Start list for German: hate, threats, scams; insults. See index.ts.
export const GERMAN = {
  hold: `
    kanake*
    kanacke*
    neger
    negern
    negerin*
    zigeunerpack
    untermensch*
    judensau
    judenschwein*
    scheiß ausländer*
    scheiss ausländer*
    drecks ausländer*
    scheißausländer*
    ausländer raus
    geh zurück in dein land
    geh dahin wo du herkommst
    kopftuchschlampe*
    asylschmarotzer*
    vergasen
    ich bring dich um
    bringe dich um
    ich bring euch um
    bringe euch um
    ich töte dich
    ich stech dich ab
    ich steche dich ab
    ich mach dich fertig
    du bist tot
    heil hitler
    sieg heil
    schnelles geld verdienen
    überweise die kaution
    kaution vorab überweisen
    schick mir deine tan
    schlüssel per post
    wohnung nur gegen vorkasse
  `,
  flag: `
    hure
    huren
    hurensohn*
    hurentochter
    nutte
    nutten
    nuttig*
    schlampe
    schlampen
    dreckschlampe*
    drecksschlampe*
    drecksau
    fotze
    fotzen
    wichser
    wichsern
    arschloch*
    arschlöcher*
    missgeburt*
    bastard*
    idiot*
    vollidiot*
    spast
    spasti
    spasten
    mongo
    behinderte sau
    dumme kuh
    blöde kuh
    dumme sau
    dumme gans
    halt die fresse
    halt dein maul
    halts maul
    halt's maul
    fick dich
    fickdich
    verpiss dich
    verreck*
    miststück*
    schwuchtel*
    tussi
  `,
};
