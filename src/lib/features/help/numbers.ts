// The three numbers that are right everywhere in Germany. For the help page, the sheet and the crisis card.
import { m } from '#lib/i18n/generated/messages.js';

export interface HelpNumber {
  number: string;
  /** What it is called in German, to say it to others. */
  german: string;
  name: string;
  text: string;
}

export const helpNumbers = (): HelpNumber[] => [
  { number: '110', german: 'Polizei', name: m.help_police_name(), text: m.help_police_text() },
  { number: '112', german: 'Rettungsdienst und Feuerwehr', name: m.help_rescue_name(), text: m.help_rescue_text() },
  {
    number: '116 016',
    german: 'Hilfetelefon Gewalt gegen Frauen',
    name: m.help_violence_name(),
    text: m.help_violence_text(),
  },
];

export const callOf = (number: string): string => `tel:${number.replaceAll(' ', '')}`;
