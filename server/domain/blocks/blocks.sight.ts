// A view as she sees it from whom people are kept, or who keeps people from herself: rows gone, stones, her own counts. Imported by the hub's wiring and the realtime layer through it.
import { PLAIN } from '#shared/messages.reduce.ts';
import { behind } from '../kernel/behind.ts';
import type { ApartLookups } from '../messages/messages.apart.ts';
import {
  bagsIn,
  isBag,
  isChange,
  isCounted,
  isHistory,
  isMine,
  isMessage,
  isPerson,
  isQuote,
  type Bag,
} from './blocks.shapes.ts';
import type { Pair } from './blocks.table.ts';

/** Somebody whose name is not for her. */
const NOBODY = { id: '', displayName: '', role: 'member', hue: 0 };
const GONE = Symbol('gone');
const isId = (id: unknown): id is string => typeof id === 'string' && /^[0-9a-f]{24}$/.test(id);
const COUNTS = ['posts', 'readPosts', 'post'] as const;

interface Facts {
  authors: Map<string, string>;
  /** By id of the root. */
  threads: Map<string, { count: number; lastAt: string | null }>;
  /** By room, by post: so many posts up to it are not for her. */
  kept: Map<string, Map<number, number>>;
  /** By room. */
  lastAt: Map<string, string | null>;
}

const authorOf = (bag: Bag): string | null => (isPerson(bag['author']) ? bag['author'].id : null);

/** The same whatever became of the message. */
function stoneOf(message: Bag): Bag {
  const { thread, threadId, seq: rev } = message;
  const kept = { ...message, ...PLAIN, thread, threadId, rev, clientId: message['id'] };
  return { ...kept, author: null, text: null, removedBy: 'you' };
}

export function createSight(look: ApartLookups) {
  async function factsOf(view: unknown, { theirs }: Pair): Promise<Facts> {
    const facts: Facts = { authors: new Map(), threads: new Map(), kept: new Map(), lastAt: new Map() };
    const bags = [...bagsIn(view)];
    const ids = bags.flatMap(({ messageId, answerTo, pins }) => [
      messageId,
      answerTo,
      ...(Array.isArray(pins) ? pins : []),
    ]);
    const kept = bags.flatMap((bag) => (isMine(bag) ? [...bag.saved, ...Object.keys(bag.reactions)] : []));
    ids.push(...kept);
    facts.authors = await look.authors([...new Set(ids.filter(isId))]);
    if (theirs.size === 0) return facts;
    const authors = [...theirs];
    const numbers = new Map<string, Set<number>>();
    for (const bag of bags) {
      if (isMessage(bag) && isBag(bag['thread']) && typeof bag['id'] === 'string') {
        facts.threads.set(bag['id'], await look.replies(String(bag['roomId']), bag['id'], authors));
      }
      if (!isCounted(bag)) continue;
      const roomId = String(bag['roomId']);
      const known = numbers.get(roomId) ?? new Set();
      numbers.set(roomId, known);
      for (const name of COUNTS) if (typeof bag[name] === 'number') known.add(bag[name]);
      if ('lastAt' in bag && typeof bag['posts'] === 'number') known.add(bag['posts'] - 1);
    }
    for (const [roomId, posts] of numbers) facts.kept.set(roomId, await look.postsUpTo(roomId, [...posts], authors));
    for (const { roomId, posts, lastAt } of bags) {
      if (typeof roomId !== 'string' || typeof posts !== 'number' || lastAt === undefined) continue;
      const kept = facts.kept.get(roomId);
      // the newest is for her, or it has to be looked for
      const hers = kept?.get(posts) === kept?.get(posts - 1);
      facts.lastAt.set(roomId, hers ? (lastAt as string | null) : await look.lastAt(roomId, authors));
    }
    return facts;
  }

  function show(view: unknown, pair: Pair, facts: Facts): unknown {
    const { mine, theirs } = pair;
    const apart = (id: unknown): boolean => typeof id === 'string' && (mine.has(id) || theirs.has(id));
    const apartMessage = (id: unknown): boolean => typeof id === 'string' && apart(facts.authors.get(id));

    function message(bag: Bag, stones: boolean): unknown {
      const author = authorOf(bag);
      if (author !== null && theirs.has(author)) return GONE;
      const counted = counts(bag);
      if (author !== null && mine.has(author)) return stones ? stoneOf(counted) : GONE;
      const { replyTo, reactions, thread, mentions } = bag;
      const quoted = isBag(replyTo) ? authorOf(replyTo) : null;
      return {
        ...counted,
        replyTo: apart(quoted) ? null : replyTo,
        reactions: reactionsOf(reactions),
        thread: threadOf(String(bag['id']), thread),
        answerTo: apartMessage(bag['answerTo']) ? null : bag['answerTo'],
        mentions: Array.isArray(mentions) ? mentions.filter((id) => !apart(id)) : mentions,
        pinned: within(bag['pinned']),
        verified: within(bag['verified']),
      };
    }
    function reactionsOf(value: unknown): unknown {
      const reactors = isBag(value) ? behind(value)?.reactors : undefined;
      if (!reactors?.some((one) => apart(one.slice(one.indexOf(':') + 1)))) return value;
      const found: Record<string, number> = {};
      for (const one of reactors) {
        const at = one.indexOf(':');
        if (!apart(one.slice(at + 1))) found[one.slice(0, at)] = (found[one.slice(0, at)] ?? 0) + 1;
      }
      return found;
    }
    function threadOf(rootId: string, thread: unknown): unknown {
      const kept = facts.threads.get(rootId);
      if (!isBag(thread) || !kept || kept.count === 0) return thread;
      const replies = Number(thread['replies']) - kept.count;
      return replies > 0 ? { replies, lastAt: kept.lastAt ?? thread['lastAt'] } : null;
    }
    function counts(bag: Bag): Bag {
      if (theirs.size === 0 || !isCounted(bag)) return bag;
      const roomId = String(bag['roomId']);
      const own = COUNTS.flatMap((name) => {
        const value = bag[name];
        return typeof value === 'number' ? [[name, value - (facts.kept.get(roomId)?.get(value) ?? 0)]] : [];
      });
      const last = !isMessage(bag) && 'lastAt' in bag ? { lastAt: facts.lastAt.get(roomId) ?? null } : {};
      return { ...bag, ...(Object.fromEntries(own) as Bag), ...last };
    }
    /** Of a message that a change is about: what she does not see does not change for her. */
    function change(bag: Bag): unknown {
      const { kind, messageId } = bag;
      const author = typeof messageId === 'string' ? facts.authors.get(messageId) : undefined;
      const pins = Array.isArray(bag['pins']) ? { pins: bag['pins'].filter((id) => !apartMessage(id)) } : {};
      if (kind === 'pinned' && apart(author)) return { ...bag, ...pins, messageId: '', pinned: null };
      if (author !== undefined && theirs.has(author)) {
        return kind === 'hidden' ? { ...bag, ...pins, messageId: '', message: null } : GONE;
      }
      if (author !== undefined && mine.has(author) && !['removed', 'moved', 'hidden'].includes(String(kind)))
        return GONE;
      if (kind === 'reacted') return { ...bag, reactions: reactionsOf(bag['reactions']) };
      if (kind === 'edited' && Array.isArray(bag['mentions'])) {
        return { ...bag, mentions: bag['mentions'].filter((id) => !apart(id)) };
      }
      if (!isBag(bag['message'])) return { ...(within(bag) as Bag), ...pins };
      const inner = message(bag['message'], true);
      return inner === GONE ? GONE : { ...bag, ...pins, message: inner };
    }
    /** Its parts one by one. What says whose it is goes with that person. */
    function within(value: unknown, stones = false): unknown {
      if (!isBag(value)) return any(value, stones);
      const own: Bag = {};
      for (const [name, part] of Object.entries(value)) {
        const next = any(part, stones || (name === 'messages' && isHistory(value)) || name === 'root');
        if (next !== GONE) own[name] = next;
        else if (name === 'message' || name === 'person' || name === 'author' || name === 'root') return GONE;
        else if (name === 'by' && typeof value['text'] === 'string') return GONE;
        else own[name] = isPerson(part) ? NOBODY : null;
        if (name === 'hosts' && Array.isArray(part) && part.length > 0 && (own[name] as unknown[]).length === 0)
          return GONE;
        if (name === 'pins' && Array.isArray(part)) own[name] = part.filter((id) => !apartMessage(id));
        // what was never on her screen does not go from it
        const wrote = name === 'ids' ? behind(value)?.authors : undefined;
        if (wrote && Array.isArray(part)) own[name] = part.filter((id: string) => !theirs.has(wrote.get(id) ?? ''));
      }
      for (const [name, ids] of Object.entries(behind(value)?.counted ?? {})) {
        own[name] = Number(own[name]) - ids.filter(apart).length;
      }
      return counts(own);
    }
    function any(value: unknown, stones: boolean): unknown {
      if (Array.isArray(value)) return value.map((one) => any(one, stones)).filter((one) => one !== GONE);
      if (!isBag(value)) return value;
      if (apart(behind(value)?.userId)) return GONE;
      if (isPerson(value) && apart(value['id'])) return GONE;
      if (isMessage(value)) return message(value, stones);
      if (isQuote(value)) return value;
      if (isMine(value)) {
        const reactions = Object.entries(value.reactions).filter(([id]) => !apartMessage(id));
        return {
          ...value,
          saved: value.saved.filter((id) => !apartMessage(id)),
          reactions: Object.fromEntries(reactions),
        };
      }
      if (isChange(value)) return change(value);
      if (apartMessage(value['messageId'])) return GONE;
      return within(value, stones);
    }
    return any(view, false);
  }

  /** undefined: nothing of it is for her. */
  return async function see<View>(pair: Pair, view: View): Promise<View | undefined> {
    if (typeof view !== 'object' || view === null) return view;
    const shown = show(view, pair, await factsOf(view, pair));
    return shown === GONE ? undefined : (shown as View);
  };
}
export type Sight = ReturnType<typeof createSight>;
