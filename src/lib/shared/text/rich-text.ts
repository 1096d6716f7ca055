// Plain text as people type it -> blocks and tokens to draw. Pure, in linear time; text is never HTML.
import { displayable, type Steps } from './characters.ts';
import { inlineOf, type Inline } from './inline.ts';

export type { Inline } from './inline.ts';

/** `text` paragraphs keep their line breaks as "\n" inside text tokens. Items of a numbered list keep their numbers. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'list'; items: Inline[][] }
  | { kind: 'numbers'; items: { number: number; children: Inline[] }[] };

/** For links that members write: new tab, no referrer, no weight for search engines. */
export const LINK_REL = 'noopener noreferrer nofollow ugc';

type Line =
  | { kind: 'paragraph' | 'quote' | 'list'; text: string }
  | { kind: 'numbers'; text: string; number: number; marked: string };

const QUOTE = /^[ \t]{0,3}>(?:[ \t]|(?=[*_]{0,2}[\p{L}\p{N}\p{Pi}"„>])|$)/u;
const BULLET = /^[ \t]{0,6}[-•][ \t]+(?=\S)/u;
const NUMBER = /^[ \t]{0,6}([1-9\u0661-\u0669\u06f1-\u06f9][0-9\u0660-\u0669\u06f0-\u06f9]{0,2})\.[ \t]+(?=\S)/u;

function numberOf(digits: string): number {
  return Number([...digits].map((digit) => (digit.codePointAt(0) ?? 0) & 0xf).join(''));
}

function lineOf(text: string): Line {
  const quote = QUOTE.exec(text)?.[0];
  if (quote !== undefined) return { kind: 'quote', text: text.slice(quote.length) };
  const bullet = BULLET.exec(text)?.[0];
  if (bullet !== undefined) return { kind: 'list', text: text.slice(bullet.length) };
  const number = NUMBER.exec(text);
  if (!number) return { kind: 'paragraph', text };
  return { kind: 'numbers', text: text.slice(number[0].length), number: numberOf(number[1] ?? '1'), marked: text };
}

/** A date at the start of a line ("3. Mai") is no list: numbers count only when the next or the last line counts on. */
function withoutLoneNumbers(lines: Line[]): Line[] {
  return lines.map((line, i) => {
    if (line.kind !== 'numbers') return line;
    const [before, after] = [lines[i - 1], lines[i + 1]];
    const goesOn =
      (before?.kind === 'numbers' && before.number + 1 === line.number) ||
      (after?.kind === 'numbers' && line.number + 1 === after.number);
    return goesOn ? line : { kind: 'paragraph', text: line.marked };
  });
}

function blockOf(run: Line[], steps?: Steps): Block {
  const kind = run[0]?.kind ?? 'paragraph';
  if (kind === 'list') return { kind, items: run.map(({ text }) => inlineOf(text, steps)) };
  if (kind === 'numbers') {
    const items = run.flatMap((line) =>
      line.kind === 'numbers' ? [{ number: line.number, children: inlineOf(line.text, steps) }] : [],
    );
    return { kind, items };
  }
  return { kind, children: inlineOf(run.map(({ text }) => text).join('\n'), steps) };
}

/** The blocks of a message. Empty lines at a block's edge are dropped; inside a paragraph they stay. */
export function parse(text: string, steps?: Steps): Block[] {
  const lines = withoutLoneNumbers(displayable(text).split('\n').map(lineOf));
  const runs: Line[][] = [];
  for (const line of lines) {
    if (steps) steps.count++;
    const run = runs.at(-1);
    if (run?.[0]?.kind === line.kind) run.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => {
    const block = blockOf(trimEmpty(run), steps);
    return 'children' in block && block.children.length === 0 ? [] : [block];
  });
}

function trimEmpty(run: Line[]): Line[] {
  const filled = ({ text }: Line) => text.trim() !== '';
  const first = run.findIndex(filled);
  return first < 0 ? [] : run.slice(first, run.findLastIndex(filled) + 1);
}

const textOf = (tokens: Inline[]): string =>
  tokens.map((token) => ('children' in token ? textOf(token.children) : token.text)).join('');

/** The words alone, for screen reader announcements, excerpts and notifications; one line per line. */
export function plainText(blocks: Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'list') return block.items.map(textOf).join('\n');
      if (block.kind === 'numbers') return block.items.map(({ children }) => textOf(children)).join('\n');
      return textOf(block.children);
    })
    .join('\n');
}
