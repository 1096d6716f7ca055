// Start list for English: hate, threats, scams; insults. See index.ts.
export const ENGLISH = {
  hold: `
    nigger*
    nigga*
    paki
    pakis
    raghead*
    towelhead*
    sand monkey*
    kike
    kikes
    go back to your country
    go back where you came from
    foreigners out
    i will kill you
    i am going to kill you
    kill yourself
    kys
    hope you die
    you should die
    pay the deposit first
    send the deposit before viewing
    western union
    wire transfer first
    get rich quick
    double your money
    send me your pin
    send me your password
    work from home earn
  `,
  flag: `
    whore*
    slut
    sluts
    slutty
    bitch
    bitches
    bitchy
    cunt
    cunts
    fuck
    fucker*
    fucking
    motherfucker*
    asshole*
    arsehole*
    dickhead*
    wanker*
    twat
    bastard*
    idiot
    idiots
    idiotic
    moron
    morons
    moronic
    retard
    retards
    retarded
    faggot*
    you dyke
    dirty dyke
    filthy dyke
    tranny
    stupid cow
    dumb cow
    piece of shit
    shut up
    go to hell
    son of a bitch
    scumbag*
    trash people
  `,
};
