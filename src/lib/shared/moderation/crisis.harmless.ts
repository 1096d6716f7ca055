// What makes a sentence harmless that sounds like violence, per language. Only crisis.ts uses it. Not yet reviewed by native speakers.

/** A game, a race, a call: a sentence with one of these has no pattern with `+` in it. */
export const HARMLESS = `
im spiel
im schach
beim schach
im tennis
im quiz
beim spielen
beim kartenspiel
beim kartenspielen
im finale
at chess
at cards
at tennis
at football
in the game
in the final
in the race
to it
у шахи
в шахи
у карти
в карти
в шахматы
в карты
на змаганнях
в игре
у грі
satrançta
oyunda
maçta
в футбол
у футбол
schlägt mich als
schlägt mich für
صدا ز*
صدا می*
زنگ ز*
زنگ می*
حرف ز*
حرف می*
لبخند ز*
`;
