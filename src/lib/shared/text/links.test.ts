// Addresses of the web, of e-mail and telephone: found where people write them, left alone where somebody plays a trick.
import { describe, expect, test } from 'vitest';
import { findLinks } from './links.ts';
import { findPhones } from './phones.ts';

const links = (text: string) => findLinks(text).map(({ start, end }) => text.slice(start, end));
const hrefs = (text: string) => findLinks(text).map(({ href }) => href);
const phones = (text: string) => findPhones(text).map(({ number }) => number);

describe('web addresses', () => {
  test.each([
    ['https://www.bamf.de/DE/Themen', ['https://www.bamf.de/DE/Themen']],
    ['HTTP://EXAMPLE.ORG', ['http://example.org/']],
    ['www.chemnitz.de', ['https://www.chemnitz.de/']],
    ['germany4ukraine.de', ['https://germany4ukraine.de/']],
    ['https://müller.de/straße', ['https://xn--mller-kva.de/stra%C3%9Fe']],
    ['https://москва.рф', ['https://xn--80adxhks.xn--p1ai/']],
    ['http://مثال.إختبار/صفحة', ['http://xn--mgbh0fb.xn--kgbechtv/%D8%B5%D9%81%D8%AD%D8%A9']],
    ['www.українці.укр', ['https://www.xn--80atkknw6if.xn--j1amh/']],
    ['https://xn--mller-kva.de', ['https://xn--mller-kva.de/']],
    ['https://a.de:8443/x', ['https://a.de:8443/x']],
    ['https://a.de/?q=a&b=c#d', ['https://a.de/?q=a&b=c#d']],
    ['a https://a.de b www.b.de c', ['https://a.de/', 'https://www.b.de/']],
  ])('%s', (text, expected) => expect(hrefs(text)).toEqual(expected));

  test.each([
    ['Siehe https://a.de/b.', 'https://a.de/b'],
    ['https://a.de/b, oder', 'https://a.de/b'],
    ['https://a.de/b?!', 'https://a.de/b'],
    ['(https://a.de/b)', 'https://a.de/b'],
    ['https://de.wikipedia.org/wiki/Duldung_(Recht)', 'https://de.wikipedia.org/wiki/Duldung_(Recht)'],
    ['(https://de.wikipedia.org/wiki/Duldung_(Recht)).', 'https://de.wikipedia.org/wiki/Duldung_(Recht)'],
    ['„https://a.de/b“', 'https://a.de/b'],
    ['«https://a.de/b»', 'https://a.de/b'],
    ['*https://a.de/b*', 'https://a.de/b'],
    ['انظري https://a.de/b، شكرا', 'https://a.de/b'],
    ['هل هذا https://a.de/b؟', 'https://a.de/b'],
    ['این https://a.de/b؛ بعد', 'https://a.de/b'],
    ['الموقعhttps://a.de/b۔', 'https://a.de/b'],
    ['Сайт:www.a.de/b…', 'www.a.de/b'],
    ['見る www.a.de/b。', 'www.a.de/b'],
    ['<https://a.de/b>', 'https://a.de/b'],
    ['\u200fwww.a.de/b\u200f', 'www.a.de/b'],
    ['https://a.de/b/', 'https://a.de/b/'],
  ])('the sentence around it stays outside: %s', (text, expected) => expect(links(text)).toEqual([expected]));

  test.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://a.de',
    'https://bank.de@evil.example',
    'https://bank.de:pw@evil.example/x',
    'https://bank.de%40evil.example',
    'https://bank.de\\@evil.example',
    'https://evil.example\\.bank.de',
    'https://аpple.com', // the first letter is Cyrillic
    'https://сор.com', // all of them are
    'https://localhost/x',
    'http://192.168.0.1/x',
    'http://0x7f000001/',
    'https://a',
    'https://.de',
    'https://-a.de',
    'www.',
    'http://',
    'z.B. usw. d.h.',
    'Ende.Die nächste',
    'danke.schön',
    'Nr.12.3',
    '1.5.2026',
    'x.DE',
    'https://a.de.123',
  ])('no link: %s', (text) => expect(links(text)).toEqual([]));
});

describe('e-mail addresses', () => {
  test.each([
    ['info@bamf.de', ['mailto:info@bamf.de']],
    ['Mail: Frau.Meier-Lang+kita@amt.chemnitz.de.', ['mailto:Frau.Meier-Lang%2Bkita@amt.chemnitz.de']],
    ['a@b.de, c@d.org;e@f.net', ['mailto:a@b.de', 'mailto:c@d.org', 'mailto:e@f.net']],
    ['(info@bamf.de)', ['mailto:info@bamf.de']],
    ['بريدي info@bamf.de، شكرا', ['mailto:info@bamf.de']],
    ['info@müller.de', ['mailto:info@xn--mller-kva.de']],
    ['a@b@c.de', []],
    ['@name', []],
    ['name@', []],
    ['a..b@c.de', []],
    ['иmail@b.de', []],
    ['a@b', []],
    ['javascript://a@b.de', []],
  ])('%s', (text, expected) => expect(hrefs(text)).toEqual(expected));
});

describe('telephone numbers', () => {
  test.each([
    ['0371 1234567', '03711234567'],
    ['0371/1234567', '03711234567'],
    ['0371 / 123 45-67', '03711234567'],
    ['(0371) 1234567', '03711234567'],
    ['0371-123456-0', '03711234560'],
    ['017612345678', '017612345678'],
    ['0176 1234 5678', '017612345678'],
    ['030 90269 4000', '030902694000'],
    ['+49 371 1234567', '+493711234567'],
    ['+49 (0) 371 1234567', '+493711234567'],
    ['+49(0)371/1234567', '+493711234567'],
    ['0049 176 12345678', '+4917612345678'],
    ['+380 67 123 45 67', '+380671234567'],
    ['+90 532 123 45 67', '+905321234567'],
    ['+963-11-1234567', '+963111234567'],
    ['٠١٧٦ ١٢٣٤٥٦٧٨', '017612345678'],
    ['۰۱۷۶ ۱۲۳۴۵۶۷۸', '017612345678'],
    ['+٩٦٣ ١١ ١٢٣٤٥٦٧', '+963111234567'],
    ['رقمي٠١٧٦١٢٣٤٥٦٧٨', '017612345678'],
    ['Tel.:0371 123456.', '0371123456'],
    ['0371 123456 8:30', '0371123456'],
    ['0371 123456 10-12 Uhr', '0371123456'],
    ['116 016', '116016'],
    ['116016', '116016'],
    ['116 117', '116117'],
  ])('%s', (text, expected) => expect(phones(text)).toEqual([expected]));

  test.each([
    ...['01.02.2026', '01/02/2026', '01-02-2026', '2026-02-01', '08:00-12:00', '08.00 Uhr', '09111 Chemnitz', '0,50 €'],
    ...[
      '1.234.567,89',
      '110',
      '112',
      '§ 24',
      'DE89 3704 0044 0532 0130 00',
      '+1',
      '0800',
      'A0371123456',
      '12/0371123456',
    ],
    ...['+49', '00', '0', '2026', '100 000 Euro', 'Zimmer 0.12', '09 00 - 12 00', '116 016 5'],
  ])('no number to call: %s', (text) => {
    expect(phones(text).filter((number) => number !== '116016')).toEqual([]);
  });
});
