// Twenty and more pairs of query and message per language, and what must not be found: by the pure rules.
import { describe, expect, test } from 'vitest';
import { finds } from '../../src/lib/shared/search/query.ts';
import { arabic } from '../support/search-words/arabic.ts';
import { english } from '../support/search-words/english.ts';
import { german } from '../support/search-words/german.ts';
import { persian } from '../support/search-words/persian.ts';
import { russian } from '../support/search-words/russian.ts';
import { turkish } from '../support/search-words/turkish.ts';
import { ukrainian } from '../support/search-words/ukrainian.ts';

const languages = { german, english, arabic, ukrainian, russian, persian, turkish };

describe.each(Object.entries(languages))('%s', (_name, { hits, misses }) => {
  test('has twenty pairs or more', () => {
    expect(hits.length).toBeGreaterThanOrEqual(20);
  });
  test.each(hits)('«%s» finds «%s»', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });
  test.each(misses)('«%s» does not find «%s»', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });
});
