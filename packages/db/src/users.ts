import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { ExpiringCache } from './expiring-cache.ts';
import type { LocalUser, PrismaClient } from './generated/client.ts';
import { generatePassword, hashPassword, matchesHash, passwordProblem } from './password.ts';

/** A local user as authentication needs it. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
  /** Still signs in with the password that Gantry made. */
  readonly passwordIsInitial: boolean;
  /** Vouched for by an OIDC issuer: no local user, no password. */
  readonly isExternal?: true;
}

export type PasswordCheck =
  | { readonly ok: true; readonly user: Identity }
  | { readonly ok: false; readonly reason: 'wrong' }
  /** Too many wrong passwords; try again after so many seconds. */
  | { readonly ok: false; readonly reason: 'locked'; readonly retryAfterSeconds: number };

/** What a person typed is not acceptable; the message says why. */
export class UserInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserInputError';
  }
}

export const adminName = 'admin';
/** RBAC's bootstrap binds it to cluster-admin. */
export const adminsGroup = 'gantry:admins';

/** Wrong passwords in a row before the account rests. */
const freeAttempts = 10;
const firstLockSeconds = 5;
const maxLockSeconds = 300;
const cacheMs = 60_000;

export class UserTable {
  private readonly prisma: PrismaClient;
  private readonly now: () => number;
  /** Git sends the password with every request: a right one is remembered for a minute, by a hash with a secret key. */
  private readonly verified: ExpiringCache<Identity>;
  private readonly cacheKey = randomBytes(32);
  /** Checked for a user that does not exist, so that the answer takes as long. */
  private decoy: Promise<string> | undefined;

  constructor(prisma: PrismaClient, now: () => number) {
    this.prisma = prisma;
    this.now = now;
    this.verified = new ExpiringCache(1_000, cacheMs, now);
  }

  /**
   * Makes the user `admin` if it does not exist. `password`: what the caller has already put in safety; without it one
   * is made up and returned. While the first password was never changed, a given one replaces it.
   */
  async ensureAdmin(
    password?: string,
  ): Promise<{ name: string; password?: string; passwordIsInitial: boolean }> {
    const existing = await this.prisma.localUser.findUnique({ where: { name: adminName } });
    if (existing === null) {
      const chosen = password ?? generatePassword();
      await this.insert(adminName, chosen, [adminsGroup], true);
      return { name: adminName, password: chosen, passwordIsInitial: true };
    }
    if (!existing.passwordIsInitial) return { name: adminName, passwordIsInitial: false };
    if (password === undefined) return { name: adminName, passwordIsInitial: true };
    if (!(await matchesHash(password, existing.passwordHash))) {
      await this.setPassword(existing.id, password, true);
    }
    return { name: adminName, password, passwordIsInitial: true };
  }

  /**
   * `isInitial`: the password is one to sign in with for the first time only. Throws UserInputError for a bad name, group
   * or password, or when the name is taken.
   */
  async createUser(
    name: string,
    password: string,
    groups: readonly string[],
    isInitial = false,
  ): Promise<Identity> {
    if (!/^[a-z0-9]([-a-z0-9_.@]{0,251}[a-z0-9])?$/i.test(name)) {
      throw new UserInputError(
        'a user name has letters, digits and - _ . @, and begins and ends with a letter or digit',
      );
    }
    assertGroups(groups);
    const problem = passwordProblem(password, name);
    if (problem) throw new UserInputError(problem);
    if (await this.prisma.localUser.findUnique({ where: { name } })) {
      throw new UserInputError(`a user "${name}" exists already`);
    }
    return toIdentity(await this.insert(name, password, groups, isInitial));
  }

  async listUsers(): Promise<readonly Identity[]> {
    const users = await this.prisma.localUser.findMany({
      where: { disabled: false },
      orderBy: { name: 'asc' },
      take: 1_000,
    });
    return users.map(toIdentity);
  }

  /** Takes equally long whether the user exists or not. */
  async verifyPassword(name: string, password: string): Promise<PasswordCheck> {
    const key = this.cacheEntry(name, password);
    const known = this.verified.get(key);
    if (known) return { ok: true, user: known };
    const user = await this.prisma.localUser.findUnique({ where: { name } });
    const lockedMs = (user?.lockedUntil?.getTime() ?? 0) - this.now();
    if (lockedMs > 0) {
      return { ok: false, reason: 'locked', retryAfterSeconds: Math.ceil(lockedMs / 1_000) };
    }
    const matches = await matchesHash(password, user?.passwordHash ?? (await this.decoyHash()));
    if (user === null || user.disabled) return { ok: false, reason: 'wrong' };
    if (!matches) {
      await this.countFailure(user.id);
      return { ok: false, reason: 'wrong' };
    }
    if (user.failedLogins > 0) {
      await this.prisma.localUser.update({
        where: { id: user.id },
        data: { failedLogins: 0, lockedUntil: null },
      });
    }
    const identity = toIdentity(user);
    this.verified.set(key, identity);
    return { ok: true, user: identity };
  }

  /** Ends all sessions of the user. Throws UserInputError when the old password is wrong or the new one unfit. */
  async changePassword(name: string, oldPassword: string, newPassword: string): Promise<void> {
    const check = await this.verifyPassword(name, oldPassword);
    if (!check.ok) {
      throw new UserInputError(
        check.reason === 'locked'
          ? `too many wrong passwords; try again in ${check.retryAfterSeconds} seconds`
          : 'the old password is wrong',
      );
    }
    const problem = passwordProblem(newPassword, name);
    if (problem) throw new UserInputError(problem);
    if (newPassword === oldPassword) throw new UserInputError('the new password is the old one');
    await this.setPassword(check.user.id, newPassword, false);
  }

  /** Right passwords that are remembered are checked anew. */
  forget(): void {
    this.verified.clear();
  }

  private async insert(
    name: string,
    password: string,
    groups: readonly string[],
    passwordIsInitial: boolean,
  ): Promise<LocalUser> {
    return this.prisma.localUser.upsert({
      where: { name },
      // Another process was faster.
      update: {},
      create: {
        id: randomUUID(),
        name,
        passwordHash: await hashPassword(password),
        passwordIsInitial,
        groups: [...groups],
      },
    });
  }

  /** Ends all sessions of the user. */
  async setPassword(id: string, password: string, passwordIsInitial: boolean): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.prisma.$transaction([
      this.prisma.localUser.update({
        where: { id },
        data: {
          passwordHash,
          passwordIsInitial,
          passwordChangedAt: new Date(this.now()),
          failedLogins: 0,
          lockedUntil: null,
        },
      }),
      this.prisma.userSession.deleteMany({ where: { userId: id } }),
    ]);
    this.verified.clear();
  }

  private async countFailure(id: string): Promise<void> {
    const { failedLogins } = await this.prisma.localUser.update({
      where: { id },
      data: { failedLogins: { increment: 1 } },
      select: { failedLogins: true },
    });
    if (failedLogins < freeAttempts) return;
    const seconds = Math.min(
      firstLockSeconds * 2 ** Math.min(failedLogins - freeAttempts, 20),
      maxLockSeconds,
    );
    await this.prisma.localUser.update({
      where: { id },
      data: { lockedUntil: new Date(this.now() + seconds * 1_000) },
    });
  }

  private cacheEntry(name: string, password: string): string {
    return createHmac('sha256', this.cacheKey)
      .update(`${name.length}:${name}`)
      .update(password)
      .digest('base64');
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= hashPassword(randomBytes(16).toString('hex'));
    return this.decoy;
  }
}

/** Throws UserInputError for groups that a local user can't have. */
export function assertGroups(groups: readonly string[]): void {
  if (groups.some((group) => group.startsWith('system:') || group === '' || group.length > 253)) {
    throw new UserInputError('a group has 1 to 253 characters and does not begin with system:');
  }
  if (groups.length > 32) throw new UserInputError('a user has at most 32 groups');
}

export function toIdentity(user: LocalUser): Identity {
  return { id: user.id, name: user.name, groups: user.groups, passwordIsInitial: user.passwordIsInitial };
}
