// Word lists per language: moderators edit them and try them out; what posts messages asks `look`. Nothing is blocked silently.
import type { PersonView } from '#shared/accounts.ts';
import { LIMITS } from '#shared/limits.ts';
import { createMatcher, type Match, type Matcher } from '#shared/moderation/matcher.ts';
import {
  addWordSchema,
  changeWordSchema,
  LIST_LANGUAGES,
  removeWordSchema,
  reviewWordsSchema,
  tryWordsSchema,
  wordPageSchema,
  type ListAct,
  type ListLanguage,
  type TriedView,
  type WordListView,
  type WordView,
} from '#shared/moderation/word-lists.ts';
import type { AuditPort } from '../audit/audit.service.ts';
import type { Actor } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { startEntries } from './start-lists/index.ts';
import { mayEditWords } from './word-lists.policy.ts';
import type { Word, WordListsRepository } from './word-lists.repository.ts';

interface Parts {
  repository: WordListsRepository;
  audit: AuditPort;
  clock: Clock;
  personViews(ids: string[]): Promise<Map<string, PersonView>>;
}
export type WordListsService = ReturnType<typeof createWordListsService>;

/** Other processes' changes hold after so long at most. */
const FRESH_MS = 5_000;

export function createWordListsService({ repository, audit, clock, personViews }: Parts) {
  let known: { version: string; readAt: number; matcher: Matcher<Word> } | null = null;

  /** Compiled anew only when a list has changed. */
  async function matcher(): Promise<Matcher<Word>> {
    const now = clock.now().getTime();
    if (known && Math.abs(now - known.readAt) < FRESH_MS) return known.matcher;
    const lists = await repository.lists();
    const version = lists.map(({ _id, version: own }) => `${_id}${own}`).join(' ');
    const same = known?.version === version ? known.matcher : createMatcher(await repository.all());
    known = { version, readAt: now, matcher: same };
    return same;
  }
  const strictest = (hits: Match<Word>[]): ListAct | null => {
    if (hits.some(({ entry }) => entry.act === 'hold')) return 'hold';
    return hits.length > 0 ? 'flag' : null;
  };
  async function existing(id: string): Promise<Word> {
    const word = await repository.byId(id);
    if (!word) throw new AppError('not-found');
    return word;
  }
  const target = ({ id }: Word) => ({ kind: 'word', id }) as const;
  const said = ({ language, text, act }: Word): string => `${language}: ${text} (${act})`;

  return {
    /** At start. */
    async ensureStartLists(): Promise<void> {
      for (const language of LIST_LANGUAGES) await repository.begin(language, startEntries(language));
    },

    /** For the areas that post: what to do with a text, and which entries say so. */
    async look(text: string): Promise<{ act: ListAct | null; entries: WordView[] }> {
      const hits = (await matcher()).match(text);
      return { act: strictest(hits), entries: hits.map(({ entry }) => entry) };
    },

    /** Newest first. Raises forbidden, input.*, unavailable. */
    async page(actor: Actor, input: unknown): Promise<WordListView> {
      insist(mayEditWords(actor));
      const { language, before } = parse(wordPageSchema, input);
      const [found, lists, counts] = await Promise.all([
        repository.page(language, before ?? null, LIMITS.listPage + 1),
        repository.lists(),
        Promise.all(LIST_LANGUAGES.map(async (one) => [one, await repository.count(one)] as const)),
      ]);
      const list = lists.find(({ _id }) => _id === language);
      const people = list?.reviewedBy ? await personViews([list.reviewedBy]) : null;
      const by = (list?.reviewedBy && people?.get(list.reviewedBy)) || null;
      const items = found.slice(0, LIMITS.listPage);
      return {
        language,
        counts: Object.fromEntries(counts) as Record<ListLanguage, number>,
        items,
        next: found.length > items.length ? (items.at(-1)?.id ?? null) : null,
        reviewed: list?.reviewedAt ? { at: list.reviewedAt.toISOString(), by } : null,
      };
    },

    /** What would happen to this text; nothing of it is kept. Raises forbidden, input.*, unavailable. */
    async try(actor: Actor, input: unknown): Promise<TriedView> {
      insist(mayEditWords(actor));
      const { text } = parse(tryWordsSchema, input);
      const hits = (await matcher()).match(text);
      return { act: strictest(hits), hits };
    },

    /** Raises conflict for one that is there or a list that is full, forbidden, input.*, unavailable. */
    async add(actor: Actor, input: unknown): Promise<WordView> {
      insist(mayEditWords(actor));
      const word = { id: newId(), ...parse(addWordSchema, input) };
      if ((await repository.count(word.language)) >= LIMITS.words) throw new AppError('conflict');
      await audit.record(actor, { action: 'word-list.added', target: target(word), reason: said(word) });
      if (!(await repository.add(word))) throw new AppError('conflict');
      known = null;
      return word;
    },

    /** Raises not-found, forbidden, input.*, unavailable. */
    async change(actor: Actor, input: unknown): Promise<void> {
      insist(mayEditWords(actor));
      const { id, act } = parse(changeWordSchema, input);
      const word = await existing(id);
      const changed = { ...word, act };
      await audit.record(actor, { action: 'word-list.changed', target: target(word), reason: said(changed) });
      await repository.setAct(word, act);
      known = null;
    },

    /** Raises not-found, forbidden, input.*, unavailable. */
    async remove(actor: Actor, input: unknown): Promise<void> {
      insist(mayEditWords(actor));
      const word = await existing(parse(removeWordSchema, input).id);
      await audit.record(actor, { action: 'word-list.removed', target: target(word), reason: said(word) });
      await repository.remove(word);
      known = null;
    },

    /** A native speaker says that she read the whole list. Raises forbidden, input.*, unavailable. */
    async review(actor: Actor, input: unknown): Promise<void> {
      insist(mayEditWords(actor));
      const { language } = parse(reviewWordsSchema, input);
      await audit.record(actor, { action: 'word-list.reviewed', target: { kind: 'word', id: language } });
      await repository.review(language, clock.now(), actor.id);
    },
  };
}
