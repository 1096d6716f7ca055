// Naming people while writing, in several alphabets.
import { expect, it } from 'vitest';
import { fitting, mentionedIn, nameBegun } from './names.ts';

const people = [
  { id: '1', displayName: 'Амаль Петренко' },
  { id: '2', displayName: 'نور' },
  { id: '3', displayName: 'Émilie' },
  { id: '4', displayName: 'Nour Amal' },
];
const ids = (query: string) => fitting(people, query, 8).map(({ id }) => id);

it('a name begins with the sign, at the start or after a space, in every alphabet', () => {
  expect(nameBegun('@', 1)).toEqual({ at: 0, query: '' });
  expect(nameBegun('Danke @نو', 9)).toEqual({ at: 6, query: 'نو' });
  expect(nameBegun('(@Ам rest', 4)).toEqual({ at: 1, query: 'Ам' });
  expect(nameBegun('@Nour Am', 8)).toEqual({ at: 0, query: 'Nour Am' });
});

it('an e-mail address and what stands behind two spaces name nobody', () => {
  expect(nameBegun('amal@exa', 8)).toBeNull();
  expect(nameBegun('@Nour kommt heute', 17)).toBeNull();
  expect(nameBegun('@Nour\nAm', 8)).toBeNull();
});

it('accents, case and vowel signs make no difference, and a second name is found too', () => {
  expect(ids('emi')).toEqual(['3']);
  expect(ids('نُو')).toEqual(['2']);
  expect(ids('амаль п')).toEqual(['1']);
  expect(ids('amal')).toEqual(['4']);
  expect(ids('x')).toEqual([]);
});

it('whoever was chosen and then deleted from the text is not mentioned', () => {
  expect(mentionedIn('@نور und @Émilie, danke', people)).toEqual(['2', '3']);
  expect(mentionedIn('نور', people)).toEqual([]);
});
