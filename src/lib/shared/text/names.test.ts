// Naming people while writing, in several alphabets.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitting, mentionedIn, nameBegun, namedIn, namesSomebody, partsByName } from './names.ts';

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

it('a whole name behind a sign names its bearer, the longest one first, whatever follows it', () => {
  const more = [...people, { id: '5', displayName: 'Nour' }];
  expect(namedIn('@نور، @Nour Amal! (@Nour) and @émilie', more)).toEqual(['2', '4', '5', '3']);
  expect(namedIn('@Амаль Петренко', more)).toEqual(['1']);
});

it('half a name, a longer word, an address and a name that two bear name nobody', () => {
  expect(namedIn('@Амаль @نورة @Nour Amalia me@Émilie.org @@ @', people)).toEqual([]);
  expect(namedIn('@نور', [...people, { id: '9', displayName: 'نور' }, { id: '8', displayName: '' }])).toEqual([]);
  expect(['write to me@example.org', '@', 'a @ b', ''].map(namesSomebody)).toEqual([false, false, false, false]);
});

it('a text falls into words and the names in it, and nothing of it is lost', () => {
  expect(partsByName('Hi @Nour Amal, and @Nour', ['Nour Amal', 'Nour'])).toEqual([
    'Hi ',
    '@Nour Amal',
    ', and ',
    '@Nour',
    '',
  ]);
  expect(partsByName('no name', ['Nour'])).toEqual(['no name']);
  const texts = fc.string({ unit: fc.constantFrom('@', 'N', 'o', ' ', 'x') });
  fc.assert(
    fc.property(texts, fc.array(fc.constantFrom('N', 'No', 'x', 'o N')), (text, names) => {
      const parts = partsByName(text, names);
      expect(parts.join('')).toBe(text);
      expect(parts.filter((_part, at) => at % 2).every((part) => names.some((name) => part === `@${name}`))).toBe(true);
    }),
  );
});
