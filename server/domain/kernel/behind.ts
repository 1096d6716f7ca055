// What stands behind a view and must not be in it: whose it is, who reacted. Kept beside the object, so that nothing is ever sent of it.

interface Behind {
  /** The account whose row this is. */
  userId?: string;
  /** `reaction:userId` of a message's counts. */
  reactors?: readonly string[];
  /** By message of `ids`: who wrote it under her name. */
  authors?: ReadonlyMap<string, string>;
  /** Numbers of this view by their names: the accounts that are counted. */
  counted?: Readonly<Record<string, readonly string[]>>;
}

const facts = new WeakMap<object, Behind>();

/** The same object, remembered. */
export function withBehind<View extends object>(view: View, behind: Behind): View {
  facts.set(view, behind);
  return view;
}
export const behind = (view: object): Behind | undefined => facts.get(view);
