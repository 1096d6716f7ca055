// Notices what she may not want to share before it is sent. Pure and on her device only: nothing it finds is stored or sent.
import { latinDigits, type Range } from './characters.ts';
import { findLinks } from './links.ts';
import { findPhones } from './phones.ts';
import { findAddresses } from './private-addresses.ts';
import { findByRules, findIbans, RULES } from './private-numbers.ts';

/** `document`: passport and ID; `case`: files of offices and courts; `insurance`: health and pension. */
const PRIVATE_KINDS = ['iban', 'tax', 'insurance', 'case', 'document', 'address', 'phone'] as const;
export type PrivateKind = (typeof PRIVATE_KINDS)[number];

export interface PrivateFinding extends Range {
  kind: PrivateKind;
}

/** Hotlines that everyone may call belong to nobody. */
const PUBLIC_LINES = /^(?:0800|0180|0137|0900|115$|\+49800|\+49180)/;
const RUSSIAN = /(?<![\p{L}\p{N}])8[ -]?\(?9\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)/gu;

/** Web and e-mail addresses are meant to be shared: nothing inside them is looked at. */
function withoutLinks(text: string): string {
  let masked = '';
  let done = 0;
  for (const { start, end } of findLinks(text)) {
    masked += `${text.slice(done, start)}${'\n'.repeat(end - start)}`;
    done = end;
  }
  return masked + text.slice(done);
}

function phonesIn(folded: string): Range[] {
  const own = findPhones(folded).filter(({ number, helpline }) => !helpline && !PUBLIC_LINES.test(number));
  return [
    ...own,
    ...[...folded.matchAll(RUSSIAN)].map(({ 0: raw, index }) => ({ start: index, end: index + raw.length })),
  ];
}

const FINDERS: Record<PrivateKind, (folded: string) => Range[]> = {
  iban: findIbans,
  tax: (folded) => findByRules(folded, RULES.tax),
  insurance: (folded) => findByRules(folded, RULES.insurance),
  case: (folded) => findByRules(folded, RULES.case),
  document: (folded) => findByRules(folded, RULES.document),
  address: findAddresses,
  phone: phonesIn,
};

/**
 * What is private in a text, in its order, not overlapping: the surer kind wins. Digits of Arabic and Persian scripts
 * count. Dates, prices, paragraphs of the law, room numbers and emergency numbers are not found.
 */
export function findPrivate(text: string): PrivateFinding[] {
  const folded = latinDigits(withoutLinks(text));
  const found: PrivateFinding[] = [];
  for (const kind of PRIVATE_KINDS) {
    for (const { start, end } of FINDERS[kind](folded)) {
      if (found.every((other) => end <= other.start || other.end <= start)) found.push({ kind, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}
