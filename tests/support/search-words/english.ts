// What a search in English must find and what it must not. Tests only.
import type { WordTable } from './table.ts';

export const english: WordTable = {
  hits: [
    ['children', 'My child starts school in August.'],
    ['child', 'Are children welcome?'],
    ['women', 'A woman from our street helped me.'],
    ['moving', 'When did you move here?'],
    ['move', 'We moved last week.'],
    ['city', 'Which cities have free courses?'],
    ['applying', 'I want to apply for the flat.'],
    ['applied', 'You can apply online.'],
    ['job', 'New jobs at the bakery!'],
    ['documents', 'Which document do I need?'],
    ['pay', 'I have already paid the fee.'],
    ['mother', "It is my mother's passport."],
    ['cafe', 'We meet in the café at ten.'],
    ['résumé', 'Can someone read my resume?'],
    ['dont', 'I don’t have an appointment.'],
    ['running', 'I run every morning.'],
    ['studying', 'She studied medicine.'],
    ['e-mail', 'Send me an email, please.'],
    ['appoint', 'The appointment is on Monday.'],
    ['health insurance', 'The insurance pays for your health check.'],
    ['baby', 'Clothes for babies, for free.'],
    ['class', 'The classes are in the evening.'],
  ],
  misses: [
    ['rent', 'I am a single parent.'],
    ['ring', 'Please bring your passport.'],
    ['art', 'Take part, it is free.'],
    ['job Berlin', 'A job in Hamburg, part time.'],
    ['worker', 'Write down every word.'],
    ['sing song', 'A single song was played.'],
    ['form', 'The office is closed from Monday.'],
  ],
};
