// Street addresses in Germany, as people write them in German, Ukrainian, Russian, Arabic, Persian, Turkish. Pure.
import type { Range } from './characters.ts';

/** Behind a number these make it an amount, a time, a measure: no house. */
const NO_UNIT =
  '(?![\\p{L}\\p{N}])(?![.,:]\\d)(?!\\s?(?:Uhr|h\\b|Min|Std|Stunde|Tag|Woche|Monat|Jahr|Meter|m\\b|km|€|Euro|EUR|%|Kinder|Personen|Plätze|год|хв|мин|час|ساعة|دقيق|يورو|ساعت|دقیقه|dakika|saat))';
const HOUSE = `(?:Nr\\.? ?|Haus(?:nummer)? ?|No\\.?:? ?|№ ?)?[1-9]\\d{0,2}(?: ?[a-hA-H](?!\\p{L}))?(?: ?[-/+] ?\\d{1,3}[a-h]?)?${NO_UNIT}`;
const GAP = '(?:, ?| )';

const NAME = "[\\p{L}\\p{M}.’'-]{2,30}";
const REST = "[\\p{L}\\p{M}.’'-]{1,30}";
/** "auf der Straße 5" names no street. */
const NO_ARTICLE =
  '(?!(?:auf|in|an|von|bei|der|die|das|den|dem|des|und|oder|zur|zum|[mds]?eine[rnms]?|unsere?[rnms]?|diese[rnms]?|jede[rnms]?|keine[rnms]?) )';
/** Compound names: "Lessingstraße", "Lessing-Str.", "Zschopauer Straße". */
const STREET = '(?:stra(?:ß|ss)en?|str\\b\\.?|strasse)';
/** Only with a capital: in small letters these are words of their own. */
const WAY = '(?:weg|platz|allee|gasse|ring|ufer|damm|steig|chaussee|promenade|graben)';
const NOT_A_STREET =
  '(?:Arbeits|Park|Spiel|Kita|Kinder|Kindergarten|Krippen|Studien|Ausbildungs|Schul|Sitz|Steh|Therapie|Hort|Kurs|Wohn|Stell|Sport|Praktikums|Betreuungs|Deutschkurs|Frauenhaus|Zeltplatz|Heim|Um|Aus|Rück|Hin|Fuß|Flucht|Lebens|Bildungs|Rad|Boxr|Ohrr|Ehe|Schlüssel|Bürger|Bahn)[-]?';
const CAPITAL_WAY = `(?!${NOT_A_STREET}(?:${WAY}))\\p{Lu}[\\p{Ll}-]{2,25}${WAY}`;

const PATTERNS: RegExp[] = [
  // Lessingstraße 5, Lessingstr. 5a, Str. der Nationen 12, Zschopauer Straße 12-14
  new RegExp(`(?<!\\p{L})(?:\\p{L}[\\p{L}\\p{M}-]{1,30}|${NO_ARTICLE}${NAME} )${STREET}${GAP}${HOUSE}`, 'giu'),
  new RegExp(`(?<!\\p{L})Stra(?:ß|ss)e (?:der|des|dem|am|zum|zur|im) (?:${NAME} )?${NAME}${GAP}${HOUSE}`, 'giu'),
  new RegExp(`(?<!\\p{L})${CAPITAL_WAY}${GAP}${HOUSE}`, 'gu'),
  new RegExp(
    `(?<!\\p{L})\\p{Lu}\\p{L}{2,25}er (?:Weg|Platz|Allee|Gasse|Ring|Ufer|Damm|Chaussee|Markt)${GAP}${HOUSE}`,
    'gu',
  ),
  // anything with a house number before postcode and town: Am Wall 3, 09111 Chemnitz
  new RegExp(
    `(?<!\\p{L})\\p{Lu}${REST}(?: ${NAME}){0,3}${GAP}[1-9]\\d{0,2} ?[a-h]?[,\\s]{1,3}(?:D-)?\\d{5}[ ,]{1,2}\\p{L}{3,30}`,
    'gu',
  ),
  new RegExp(
    `(?<!\\p{N})\\d{5} \\p{Lu}\\p{L}{2,30},? \\p{Lu}${REST}(?: ${NAME}){0,2} [1-9]\\d{0,2} ?[a-h]?${NO_UNIT}`,
    'gu',
  ),
  // вул. Лессінга, 5 · ул. Лессинга, д. 5 · Лессингштрассе 5
  new RegExp(
    `(?<!\\p{L})(?:вул(?:\\.|иц\\p{L}{1,3})|ул(?:\\.|иц\\p{L}{1,3})|просп(?:\\.|ект\\p{L}{0,3})|пров(?:\\.|улок\\p{L}{0,3})|переул\\p{L}{1,4}|штрас+[еэ]) ?${NAME}(?: ${NAME})?${GAP}(?:(?:д|буд)\\. ?|дом |будинок |№ ?)?${HOUSE}`,
    'giu',
  ),
  new RegExp(
    `(?<!\\p{L})\\p{L}[\\p{L}-]{1,30}(?:[- ]?штрас+[еэу]|штр\\.)${GAP}(?:(?:д|буд)\\. ?|дом |будинок |№ ?)?${HOUSE}`,
    'giu',
  ),
  // شارع لسينغ رقم ٥ · خیابان لسینگ پلاک ۵ · لسينغ شتراسه 5
  new RegExp(
    `(?<!\\p{L})(?:ال|ب|في )?(?:شارع|خیابان|کوچه|حارة) ${NAME}(?: ${NAME}){0,2}،? ?(?:رقم|بناء|مبنى|پلاک|شماره|منزل)? ?${HOUSE}`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})\\p{L}{2,20} ?(?:شتراس[هةي]|شتراسي|اشتراسه|شتراسه)،? ?(?:رقم|پلاک|شماره)? ?${HOUSE}`, 'gu'),
  // Atatürk Caddesi No: 5
  new RegExp(`(?<!\\p{L})${NAME} (?:Cad(?:desi|\\.)|Sok(?:ak|ağı|\\.)|Mah(?:allesi|\\.)|Bulvarı),? ?${HOUSE}`, 'giu'),
];

/** In the folded text. A street without a house, a town, a postcode alone are not found. */
export const findAddresses = (folded: string): Range[] =>
  PATTERNS.flatMap((pattern) =>
    [...folded.matchAll(pattern)].map(({ 0: raw, index }) => ({ start: index, end: index + raw.length })),
  );
