// Making, seeing and revoking invitations, and joining by one. Part of the accounts service.
import { setTimeout as pause } from 'node:timers/promises';
import type * as v from 'valibot';
import {
  byIdSchema,
  invitationSchema,
  pageSchema,
  registerSchema,
  type InvitationPeek,
  type InvitationView,
  type NewInvitationView,
  type Page,
  type Role,
} from '#shared/accounts.ts';
import { isAppError, type ErrorCode } from '#shared/errors.ts';
import { LIMITS } from '#shared/limits.ts';
import type { Actor, ClientContext } from '../kernel/actor.ts';
import { AppError } from '../kernel/app-error.ts';
import { newId } from '../kernel/ids.ts';
import { parse } from '../kernel/parse.ts';
import { insist } from '../kernel/policy.ts';
import { afterwards, hoursFrom, insistStrong, pageOf, placesLeft, record, type Parts } from './accounts.parts.ts';
import { invitableRoles, mayInvite, mayListInvitations, seesAllInvitations } from './accounts.policy.ts';
import type { UserRow } from './accounts.model.ts';
import type { Person, User } from './accounts.repository.ts';
import { beginLogin, type SignedIn } from './accounts.sign-in.ts';
import { invitationView } from './accounts.views.ts';
import { hashCode, hashOf, makeCode } from './codes.ts';
import type { Invitation } from './invitations.repository.ts';

type RegisterForm = v.InferOutput<typeof registerSchema>;
type Account = Pick<UserRow, '_id' | 'userName' | 'displayName' | 'locale' | 'reads' | 'passwordHash'>;

const FAILURES: ErrorCode[] = ['auth.invitation-invalid', 'auth.name-taken'];
/** So long a form sent again is taken for the same one. */
const SAME_FORM_MS = 60 * 60 * 1000;
/** ms between looks for the account of a form that came at the same time and took the last use first. */
const TWIN_WAITS = [0, 30, 100, 300];

export function createInvitations(parts: Parts) {
  const { audit, users, invitations, passwords, limiter, bus, clock } = parts;

  /** The open invitation of a code and who made it, or the one answer for all others. */
  async function openInvitation(code: string): Promise<{ invitation: Invitation; inviter: Person | null }> {
    const codeHash = hashCode(code);
    const invitation = codeHash && (await invitations.openByCode(codeHash, clock.now()));
    if (!invitation) throw new AppError('auth.invitation-invalid');
    if (invitation.first) {
      if (await users.hasCoordinator()) throw new AppError('auth.invitation-invalid');
      return { invitation, inviter: null };
    }
    const [inviter] = invitation.createdBy === null ? [] : await users.persons([invitation.createdBy]);
    await parts.insistDoorOpen();
    // who lost the right to invite meanwhile has also lost it for the links she gave out
    if (!inviter || !mayInvite(inviter, invitation.role).ok) throw new AppError('auth.invitation-invalid');
    return { invitation, inviter };
  }

  async function join(invitation: Invitation, account: Account): Promise<User> {
    const { id, codeHash, role, createdBy, first } = invitation;
    if (!(await invitations.take(id, codeHash, clock.now()))) throw new AppError('auth.invitation-invalid');
    try {
      const parents = { role, invitedBy: createdBy, invitationId: id, ...(first ? { first } : {}) };
      return await users.insert({ ...account, ...parents, epoch: 0, createdAt: clock.now() });
    } catch (error) {
      await afterwards(parts, 'give a use back', () => invitations.giveBack(id, codeHash));
      throw error;
    }
  }

  async function create({ code, locale, reads, displayName, userName, password }: RegisterForm): Promise<User> {
    const { invitation } = await openInvitation(code);
    insistStrong(parts, password, { userName, displayName });
    if (await users.byUserName(userName)) throw new AppError('auth.name-taken');
    const passwordHash = await passwords.hash(password);
    const user = await join(invitation, { _id: newId(), userName, displayName, locale, reads, passwordHash });
    await afterwards(parts, 'account.joined', () => record(parts, 'account.joined', null, user.id));
    bus.emit('user.joined', { userId: user.id });
    return user;
  }

  /** The account that this very form made a moment ago: same code, same user name, same password. */
  async function madeBefore({ code, userName, password }: RegisterForm): Promise<User | null> {
    const codeHash = hashCode(code);
    const invitation = codeHash && (await invitations.byCode(codeHash));
    if (!invitation) return null;
    for (const wait of invitation.usesLeft === 0 ? TWIN_WAITS : [0]) {
      await pause(wait);
      const user = await users.byUserNameWithPassword(userName);
      if (!user) continue;
      const fresh = clock.now().getTime() - user.createdAt.getTime() <= SAME_FORM_MS;
      if (!fresh || user.invitationId !== invitation.id) return null;
      return (await passwords.verify(user.passwordHash, password)) ? user : null;
    }
    return null;
  }

  return {
    /** What a stranger with this code may know. Raises auth.invitation-invalid, rate.limited, unavailable. */
    peekInvitation(code: unknown, context: ClientContext): Promise<InvitationPeek> {
      return limiter.guess('code', context.address, ['auth.invitation-invalid'], async () => {
        const { invitation, inviter } = await openInvitation(typeof code === 'string' ? code.slice(0, 100) : '');
        return { role: invitation.role, invitedBy: inviter?.displayName ?? null, first: invitation.first === true };
      });
    },

    /**
     * Makes an account and signs it in; the same form sent again (double tap, lost answer) signs in to the same account.
     * Raises auth.invitation-invalid, auth.weak-password, auth.name-taken, rate.limited, input.*, unavailable. However
     * many come at once, a code of n uses makes n accounts.
     */
    async register(input: unknown, context: ClientContext): Promise<SignedIn> {
      const form = parse(registerSchema, input);
      const user = await limiter.guess('code', context.address, FAILURES, () =>
        create(form).catch(async (error: unknown) => {
          const same = isAppError(error) && FAILURES.includes(error.code) ? await madeBefore(form) : null;
          if (!same) throw error;
          return same;
        }),
      );
      await afterwards(parts, 'trust', () => limiter.trust(form.userName, context.address));
      return beginLogin(parts, user, context);
    },

    /** The roles she may invite, for the form. */
    invitableRoles: (actor: Actor): Role[] => invitableRoles(actor),

    /** `code` is shown this once. Raises forbidden, rate.limited, input.* (also for more than her role may have open), unavailable. */
    async createInvitation(actor: Actor, input: unknown): Promise<NewInvitationView> {
      const { role, note, uses, days } = parse(invitationSchema, input);
      insist(mayInvite(actor, role));
      if (uses > (await placesLeft(parts, actor))) throw new AppError('input.invalid', { field: 'uses' });
      await limiter.making(actor.id);
      const code = makeCode();
      const now = clock.now();
      const id = newId();
      await audit.record(actor, { action: 'invitation.created', target: { kind: 'invitation', id } });
      const row = {
        _id: id,
        codeHash: hashOf(code),
        role,
        note,
        createdBy: actor.id,
        createdAt: now,
        uses,
        usesLeft: uses,
        expiresAt: hoursFrom(now, days * 24),
        revokedAt: null,
      };
      const invitation = await invitations.insert(row);
      // of two at the same moment whoever sees too many takes hers back: never more than her role may have open
      if ((await placesLeft(parts, actor)) < 0) {
        await invitations.remove(id);
        throw new AppError('input.invalid', { field: 'uses' });
      }
      return { invitation: invitationView(invitation, actor.displayName, now), code };
    },

    /** Newest first; mentors see their own. Raises forbidden, input.*, unavailable. */
    async invitations(actor: Actor, input: unknown): Promise<Page<InvitationView>> {
      const { before } = parse(pageSchema, input);
      insist(mayListInvitations(actor));
      const whose = seesAllInvitations(actor) ? null : actor.id;
      const rows = await invitations.page(whose, before, LIMITS.listPage + 1);
      const makers = await users.persons([...new Set(rows.map((row) => row.createdBy).filter((id) => id !== null))]);
      const names = new Map(makers.map((person) => [person.id, person.displayName]));
      const now = clock.now();
      return pageOf(rows, LIMITS.listPage, (row) => invitationView(row, names.get(row.createdBy ?? '') ?? '', now));
    },

    /** Raises not-found for one she may not see, forbidden, input.*, unavailable. */
    async revokeInvitation(actor: Actor, input: unknown): Promise<void> {
      const { id } = parse(byIdSchema, input);
      insist(mayListInvitations(actor));
      const whose = seesAllInvitations(actor) ? null : actor.id;
      if (!(await invitations.has(id, whose))) throw new AppError('not-found');
      await audit.record(actor, { action: 'invitation.revoked', target: { kind: 'invitation', id } });
      if (!(await invitations.revoke(id, whose, clock.now()))) throw new AppError('not-found');
    },

    /**
     * On a hub without a coordinator: a new one-time link for the first one, in place of an older link. null on a hub
     * that has one. For the start of the hub only.
     */
    async firstInvitation(): Promise<{ code: string; expiresAt: string } | null> {
      if (await users.hasCoordinator()) return null;
      await users.forgetFirst();
      const code = makeCode();
      const now = clock.now();
      const expiresAt = hoursFrom(now, LIMITS.firstInvitationHours);
      const codeHash = hashOf(code);
      const fixed = { role: 'coordinator', note: '', createdBy: null, uses: 1, usesLeft: 1, revokedAt: null } as const;
      await invitations.replaceFirst({ ...fixed, codeHash, createdAt: now, expiresAt });
      return { code, expiresAt: expiresAt.toISOString() };
    },
  };
}
