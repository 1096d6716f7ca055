// Who is acting now. Services take it first; policies decide by it.
import type { Role } from '#shared/accounts.ts';
import type { ExitSite } from '#shared/exit.ts';
import type { Locale } from '#shared/locales.ts';
import type { CommunityLanguage } from '#shared/text/languages.ts';
import type { ActiveSanction } from './sanctions.ts';

export interface Actor {
  /** The account's id, 24 hex digits. */
  readonly id: string;
  readonly role: Role;
  readonly userName: string;
  readonly displayName: string;
  readonly locale: Locale;
  /** Languages she reads; left out or empty: all. */
  readonly reads?: readonly CommunityLanguage[];
  /** True only when she allowed that others see her name among those who are here. */
  readonly showsPresence?: boolean;
  /** Since when her account is there; left out: for long. */
  readonly joinedAt?: Date;
  /** Those that may still hold: sanctions.ts says which do. */
  readonly sanctions?: readonly ActiveSanction[];
  /** Where the quick exit leads; left out: to the weather. */
  readonly exitTo?: ExitSite;
  /** Title and icon of her pages tell nobody what they are. */
  readonly disguise?: boolean;
  /** Public id of the login she acts with (not the token). */
  readonly sessionId: string;
}

/** Where a command comes from; for limits and the list of logins only, never stored as it is. */
export interface ClientContext {
  /** Client address as the configured number of trusted proxies gives it. */
  address: string;
  userAgent: string;
}
