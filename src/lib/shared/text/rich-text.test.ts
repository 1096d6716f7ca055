// What people type, as blocks and tokens: emphasis, lists, quotes, and that nothing gets lost on the way.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayable } from './characters.ts';
import { parse, plainText, type Block, type Inline } from './rich-text.ts';

const drawn = (tokens: Inline[]): string =>
  tokens
    .map((token) => {
      if ('children' in token) return `${token.kind}(${drawn(token.children)})`;
      return token.kind === 'text' ? token.text : `${token.kind}[${token.text}]`;
    })
    .join('');
const show = (block: Block): string => {
  if (block.kind === 'list') return `list: ${block.items.map(drawn).join(' | ')}`;
  if (block.kind === 'numbers') {
    return `numbers: ${block.items.map((item) => `${item.number} ${drawn(item.children)}`).join(' | ')}`;
  }
  return block.kind === 'paragraph' ? drawn(block.children) : `quote: ${drawn(block.children)}`;
};
const shown = (text: string): string => parse(text).map(show).join(' // ');

describe('emphasis', () => {
  test.each([
    ['*wichtig*', 'bold(wichtig)'],
    ['**wichtig**', 'bold(wichtig)'],
    ['_leise_', 'italic(leise)'],
    ['*_beides_*', 'bold(italic(beides))'],
    ['_*beides*_', 'italic(bold(beides))'],
    ['**a *b* c**', 'bold(a bold(b) c)'],
    ['Das ist *sehr wichtig*, bitte.', 'Das ist bold(sehr wichtig), bitte.'],
    ['(*so*)', '(bold(so))'],
    ['هذا *مهم جدًا* اليوم', 'هذا bold(مهم جدًا) اليوم'],
    ['*Важливо*: завтра', 'bold(Важливо): завтра'],
    ['*🌸*', 'bold(🌸)'],
    ['*bamf.de*', 'bold(link[bamf.de])'],
    ['a *b _c* d_', 'a bold(b _c) d_'],
    ['5 * 3 * 2', '5 * 3 * 2'],
    ['2*3*4', '2*3*4'],
    ['snake_case_name', 'snake_case_name'],
    ['* nicht fett *', '* nicht fett *'],
    ['*nicht fett', '*nicht fett'],
    ['nicht fett*', 'nicht fett*'],
    ['*nicht\nfett*', '*nicht\nfett*'],
    ['***drei***', '***drei***'],
    ['__zwei__', '__zwei__'],
    ['**', '**'],
    ['(*_*)', '(*_*)'],
    ['>_<', '>_<'],
    ['a * b *c* d', 'a * b bold(c) d'],
    ['<b>nicht</b> &amp; <script>alert(1)</script>', '<b>nicht</b> &amp; <script>alert(1)</script>'],
    ['`*code*`', '`bold(code)`'],
  ])('%s', (text, expected) => expect(shown(text)).toBe(expected));
});

describe('lists and quotes', () => {
  test.each([
    ['- Brot\n- Milch', 'list: Brot | Milch'],
    ['• خبز\n• حليب', 'list: خبز | حليب'],
    ['1. Termin\n2. Formular\n3. *Warten*', 'numbers: 1 Termin | 2 Formular | 3 bold(Warten)'],
    ['١. موعد\n٢. ورقة', 'numbers: 1 موعد | 2 ورقة'],
    ['۹. نه\n۱۰. ده', 'numbers: 9 نه | 10 ده'],
    ['Mitbringen:\n- Pass\nDanke', 'Mitbringen: // list: Pass // Danke'],
    ['3. Mai ist frei', '3. Mai ist frei'],
    ['24.12.2026', '24.12.2026'],
    ['24. 12. 2026', '24. 12. 2026'],
    ['5. zuerst\n9. dann', '5. zuerst\n9. dann'],
    ['-5 Grad', '-5 Grad'],
    ['- ', '- '],
    ['– Привіт!', '– Привіт!'],
    ['> Wann?\n> Wo?\nMorgen.', 'quote: Wann?\nWo? // Morgen.'],
    ['>Wann?', 'quote: Wann?'],
    ['> *fett*', 'quote: bold(fett)'],
    ['>:(', '>:('],
    ['5 > 3', '5 > 3'],
    ['a\n\n\nb', 'a\n\n\nb'],
    ['a\r\nb', 'a\nb'],
    ['- a\n\n- b', 'list: a // list: b'],
    ['\n\na\n\n', 'a'],
    ['', ''],
    ['   ', ''],
  ])('%j', (text, expected) => expect(shown(text)).toBe(expected));
});

describe('nothing is lost and nothing is added', () => {
  const rough = fc.string({
    unit: fc.constantFrom(
      ...['*', '**', '_', '-', '•', '>', '1. ', '2. ', ' ', '\n', 'a', 'ب', 'ї', '٣', '0', '+49', '@', '.', ':', '/'],
      ...['www.', 'https://', 'x.de', '(', ')', '🌸', '\u202e', '\u200f', '<', '"', '\ud800', '0371 ', '123456'],
    ),
    maxLength: 80,
  });
  const anyText = fc.oneof(rough, fc.string({ unit: 'binary', maxLength: 300 }));

  test('the words of a text without markers are the text', () => {
    const calm = fc.string({
      unit: fc.constantFrom('a', 'Ж', 'ش', ' ', '.', ',', '7', '🌸', 'ä', '(', ')'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(calm, (text) => {
        fc.pre(text.trim() !== '');
        expect(plainText(parse(text))).toBe(text);
      }),
    );
  });

  test('what is missing in the words of any text are markers and space, in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = displayable(text);
        let at = 0;
        let left = '';
        for (const unit of plainText(parse(text)).split('')) {
          const found = whole.indexOf(unit, at);
          expect(found).toBeGreaterThanOrEqual(at);
          left += whole.slice(at, found);
          at = found + 1;
        }
        left += whole.slice(at);
        expect(left).toMatch(/^[*_>\-•0-9\u0660-\u0669\u06f0-\u06f9.\s]*$/u);
      }),
      { numRuns: 500 },
    );
  });

  test('no token shows a direction override or a control character, and every address is safe', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const blocks = parse(text);
        expect(plainText(blocks)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0080-\u009f]/u);
        for (const href of JSON.stringify(blocks).matchAll(/"href":"([^"]*)"/g)) {
          expect(href[1]).toMatch(/^(?:https?:\/\/[^\s@/]+\/|mailto:[^\s:]+@|tel:\+?\d)/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('overrides that would turn a name around are not shown', () => {
  expect(plainText(parse('photo\u202egnp.exe'))).toBe('photognp.exe');
  expect(plainText(parse('\u2067\u2066a\u2069'))).toBe('a');
  expect(plainText(parse('می\u200cخواهم'))).toBe('می\u200cخواهم');
});

describe('hostile texts', () => {
  const LENGTH = 4000;
  const fill = (unit: string) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
  const units = [
    ...[
      '*',
      '_',
      '**',
      '*a',
      'a*',
      '*a ',
      ' *a',
      '*_',
      '_* ',
      '** _',
      '*a _b ',
      '*a* ',
      '> ',
      '- ',
      '1. ',
      '\n',
      '*\n',
    ],
    ...[
      'http://',
      'https://a',
      'www.',
      'www.a.de,',
      'https://a.de/(',
      'https://a.de)',
      '@',
      'a@',
      'a@b',
      'a@b.de,',
      'a.',
    ],
    ...['a-', '0', '0 ', '0371', '(0', '+', '+4', '00', '0-', '116 016 ', 'DE89', '\u202e', '\ud800', '🌸', '١', '١. '],
    ...[')', '(((', '.de', 'xn--', 'a.de/', ' \t', '0371 1234567 ', 'https://a.de ', 'ё', 'аa'],
  ];
  test.each(units)('%j over and over takes steps in proportion to the length', (unit) => {
    const steps = { count: 0 };
    const began = performance.now();
    const words = plainText(parse(fill(unit), steps));
    expect(performance.now() - began).toBeLessThan(1000);
    expect(steps.count).toBeLessThan(12 * LENGTH);
    expect(words.length).toBeLessThanOrEqual(LENGTH);
    expect(plainText(parse(`https://x.de/${fill(unit)}`)).length).toBeLessThanOrEqual(LENGTH + 13);
  });
});
