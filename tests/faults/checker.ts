// Decides whether a recorded run kept the promise: acknowledged = stored = seen by everybody, once, in the same order. Pure. Tests only.

/** What one run wrote down. A mark is the text of one message, unique in the run. */
export interface Recording {
  sent: { who: string; mark: string }[];
  acknowledged: { who: string; mark: string; id: string }[];
  /** Refused for good: she was told that it is not stored. */
  refused: { who: string; mark: string }[];
  /** What a fresh reader finds in the end, page by page. */
  stored: { id: string; seq: number; mark: string }[];
  seen: {
    who: string;
    /** Ids in the order in which they came to her screen for the first time. */
    came: string[];
    /** What her screen shows in the end, from top to bottom. */
    shown: string[];
  }[];
}

const doubles = (list: readonly string[]): string[] => [...new Set(list.filter((one, i) => list.indexOf(one) !== i))];

/** Every problem in words; none: the promise was kept. */
export function problemsOf({ sent, acknowledged, refused, stored, seen }: Recording): string[] {
  const problems: string[] = [];
  const place = new Map(stored.map(({ id }, i) => [id, i]));
  const byMark = new Map(stored.map((message) => [message.mark, message]));
  const known = new Set(sent.map(({ mark }) => mark));

  for (const mark of doubles(stored.map((message) => message.mark)))
    problems.push(`doubled: "${mark}" is stored twice`);
  for (const id of doubles(stored.map((message) => message.id))) problems.push(`doubled: ${id} is listed twice`);
  for (const [i, { seq }] of stored.entries())
    if (seq !== i + 1) problems.push(`gap: place ${i + 1} of what is stored has seq ${seq}`);
  for (const { mark } of stored) if (!known.has(mark)) problems.push(`invented: nobody sent "${mark}"`);
  for (const { mark, id } of acknowledged) {
    const found = byMark.get(mark);
    if (!found) problems.push(`lost: "${mark}" was acknowledged and is not stored`);
    else if (found.id !== id)
      problems.push(`doubled: "${mark}" was acknowledged as ${id} and is stored as ${found.id}`);
  }
  for (const { mark } of refused) if (byMark.has(mark)) problems.push(`false refusal: "${mark}" is stored`);

  const lastOf = new Map<string, number>();
  for (const { who, mark } of sent) {
    const seq = byMark.get(mark)?.seq;
    if (seq === undefined) continue;
    if (seq < (lastOf.get(who) ?? 0))
      problems.push(`swapped: "${mark}" of ${who} stands before an earlier one of hers`);
    lastOf.set(who, Math.max(seq, lastOf.get(who) ?? 0));
  }

  for (const { who, came, shown } of seen) {
    for (const id of doubles(shown)) problems.push(`doubled: ${who} is shown ${id} twice`);
    for (const id of shown) if (!place.has(id)) problems.push(`invented: ${who} is shown ${id}, which is not stored`);
    const places = shown.flatMap((id) => place.get(id) ?? []);
    for (const [i, at] of places.entries()) {
      const before = places[i - 1];
      if (before === undefined || at === before + 1) continue;
      problems.push(at > before ? `gap: ${who} is not shown place ${before + 2}` : `swapped: on the screen of ${who}`);
    }
    const end = places.at(-1) ?? -1;
    if (end !== stored.length - 1) problems.push(`lost: ${who} is shown up to place ${end + 1} of ${stored.length}`);
    const order = came.flatMap((id) => place.get(id) ?? []);
    if (order.some((at, i) => at < (order[i - 1] ?? -1))) problems.push(`swapped: as it came to ${who}`);
  }
  return problems;
}
