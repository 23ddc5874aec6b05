import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { ExpiringCache } from './expiring-cache.ts';
import type { PrismaClient } from './generated/client.ts';
import { type Identity, toIdentity, UserInputError } from './users.ts';

/** Tells a personal token from a password; either may be given as the password of HTTP Basic. */
export const personalTokenPrefix = 'gantry_pat_';
const sessionPrefix = 'gantry_ses_';

const sessionMs = 7 * 86_400_000;
const externalSessionMs = 12 * 3_600_000;
const maxSessionsPerUser = 50;
const maxTokensPerUser = 100;
const maxTokenMs = 366 * 86_400_000;
/** How long a looked-up credential is trusted; so long may a revocation take to reach another process. */
const cacheMs = 5_000;
/** Use is noted this often at most. */
const touchMs = 60_000;

export interface PersonalTokenInfo {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
  readonly expiresAt?: Date;
}

export interface NewSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A session as its owner sees it. */
export interface SessionInfo {
  readonly id: string;
  readonly createdAt: Date;
  /** To the minute. */
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string;
  /** The one that asks. */
  readonly isCurrent: boolean;
}

/** Sessions of the console and personal tokens. The database holds their SHA-256 only: they are 256 random bits. */
export class CredentialTable {
  private readonly prisma: PrismaClient;
  private readonly now: () => number;
  private readonly known: ExpiringCache<Identity>;

  constructor(prisma: PrismaClient, now: () => number) {
    this.prisma = prisma;
    this.now = now;
    this.known = new ExpiringCache(2_000, cacheMs, now);
  }

  /** `token` is the cookie's value. An owner's oldest sessions go when there are more than 50. */
  createSession(userId: string, userAgent = ''): Promise<NewSession> {
    return this.insertSession({ userId }, sessionMs, userAgent);
  }

  /** Of a person who is no local user. It is shorter, as their groups are those of now. */
  createExternalSession(name: string, groups: readonly string[], userAgent = ''): Promise<NewSession> {
    const owner = { externalName: name, externalGroups: [...groups] };
    return this.insertSession(owner, externalSessionMs, userAgent);
  }

  private async insertSession(
    owner: { userId: string } | { externalName: string; externalGroups: string[] },
    lifeMs: number,
    userAgent: string,
  ): Promise<NewSession> {
    const token = newSecret(sessionPrefix);
    const expiresAt = new Date(this.now() + lifeMs);
    await this.prisma.userSession.deleteMany({ where: { expiresAt: { lt: new Date(this.now()) } } });
    await this.prisma.userSession.create({
      data: { ...owner, tokenHash: hashSecret(token), expiresAt, userAgent: userAgent.slice(0, 256) },
    });
    const surplus = await this.prisma.userSession.findMany({
      where: 'userId' in owner ? owner : { externalName: owner.externalName },
      orderBy: { createdAt: 'desc' },
      skip: maxSessionsPerUser,
      select: { tokenHash: true },
    });
    if (surplus.length > 0) {
      await this.prisma.userSession.deleteMany({
        where: { tokenHash: { in: surplus.map(({ tokenHash }) => tokenHash) } },
      });
    }
    return { token, expiresAt };
  }

  /** Undefined for a session that is unknown, over, revoked, or of a disabled user. */
  async lookupSession(token: string): Promise<Identity | undefined> {
    if (!isSecret(token, sessionPrefix)) return undefined;
    const tokenHash = hashSecret(token);
    const known = this.known.get(tokenHash);
    if (known) return known;
    const session = await this.prisma.userSession.findUnique({
      where: { tokenHash },
      include: { user: true },
    });
    if (session === null || session.user?.disabled === true || session.expiresAt.getTime() <= this.now())
      return undefined;
    if (this.now() - session.lastSeenAt.getTime() > touchMs) {
      await this.prisma.userSession.updateMany({
        where: { tokenHash },
        data: { lastSeenAt: new Date(this.now()) },
      });
    }
    const identity =
      session.user === null
        ? external(session.externalName ?? '', session.externalGroups)
        : toIdentity(session.user);
    this.known.set(tokenHash, identity);
    return identity;
  }

  async revokeSession(token: string): Promise<void> {
    const tokenHash = hashSecret(token);
    this.known.delete(tokenHash);
    await this.prisma.userSession.deleteMany({ where: { tokenHash } });
  }

  /** All sessions of whoever owns this one, the last used first; none for a session that is over. */
  async listSessions(token: string): Promise<readonly SessionInfo[]> {
    const tokenHash = hashSecret(token);
    const owner = await this.ownerOf(tokenHash);
    if (owner === undefined) return [];
    const rows = await this.prisma.userSession.findMany({
      where: { ...owner, expiresAt: { gt: new Date(this.now()) } },
      orderBy: { lastSeenAt: 'desc' },
    });
    return rows.map(({ id, createdAt, lastSeenAt, expiresAt, userAgent, tokenHash: hash }) => ({
      ...{ id, createdAt, lastSeenAt, expiresAt },
      userAgent: userAgent ?? '',
      isCurrent: hash === tokenHash,
    }));
  }

  /** Ends sessions of whoever owns this one: that of `id`, or without it all but this one. */
  async revokeSessions(token: string, id?: string): Promise<void> {
    const tokenHash = hashSecret(token);
    const owner = await this.ownerOf(tokenHash);
    if (owner === undefined) return;
    const which = id === undefined ? { tokenHash: { not: tokenHash } } : { id };
    await this.prisma.userSession.deleteMany({ where: { ...owner, ...which } });
    this.known.clear();
  }

  private async ownerOf(
    tokenHash: string,
  ): Promise<{ userId: string } | { externalName: string } | undefined> {
    const session = await this.prisma.userSession.findUnique({ where: { tokenHash } });
    if (session === null) return undefined;
    if (session.userId !== null) return { userId: session.userId };
    return session.externalName === null ? undefined : { externalName: session.externalName };
  }

  /** `token` can't be read again. Throws UserInputError for a bad name or lifetime, or one token too many. */
  async createToken(
    userId: string,
    name: string,
    lifetimeMs?: number,
  ): Promise<{ id: string; token: string }> {
    if (!/^[\w .-]{1,63}$/.test(name)) {
      throw new UserInputError('the name of a token has 1 to 63 letters, digits, spaces and . _ -');
    }
    if (lifetimeMs !== undefined && !(lifetimeMs > 0 && lifetimeMs <= maxTokenMs)) {
      throw new UserInputError('a token lives for at most a year');
    }
    if ((await this.prisma.personalToken.count({ where: { userId } })) >= maxTokensPerUser) {
      throw new UserInputError(`a user has at most ${maxTokensPerUser} tokens: revoke one first`);
    }
    if (await this.prisma.personalToken.findUnique({ where: { userId_name: { userId, name } } })) {
      throw new UserInputError(`a token "${name}" exists already`);
    }
    const token = newSecret(personalTokenPrefix);
    const id = randomUUID();
    await this.prisma.personalToken.create({
      data: {
        id,
        tokenHash: hashSecret(token),
        userId,
        name,
        expiresAt: lifetimeMs === undefined ? null : new Date(this.now() + lifetimeMs),
      },
    });
    return { id, token };
  }

  /** Undefined for a token that is unknown, over, revoked, or of a disabled user. */
  async lookupToken(token: string): Promise<Identity | undefined> {
    if (!isSecret(token, personalTokenPrefix)) return undefined;
    const tokenHash = hashSecret(token);
    const known = this.known.get(tokenHash);
    if (known) return known;
    const row = await this.prisma.personalToken.findUnique({ where: { tokenHash }, include: { user: true } });
    if (row === null || row.user.disabled) return undefined;
    if (row.expiresAt !== null && row.expiresAt.getTime() <= this.now()) return undefined;
    if (this.now() - (row.lastUsedAt?.getTime() ?? 0) > touchMs) {
      await this.prisma.personalToken.updateMany({
        where: { tokenHash },
        data: { lastUsedAt: new Date(this.now()) },
      });
    }
    const identity = toIdentity(row.user);
    this.known.set(tokenHash, identity);
    return identity;
  }

  async listTokens(userId: string): Promise<readonly PersonalTokenInfo[]> {
    const rows = await this.prisma.personalToken.findMany({
      where: { userId },
      orderBy: { createdAt: 'asc' },
    });
    return rows.map(({ id, name, createdAt, lastUsedAt, expiresAt }) => ({
      id,
      name,
      createdAt,
      ...(lastUsedAt === null ? {} : { lastUsedAt }),
      ...(expiresAt === null ? {} : { expiresAt }),
    }));
  }

  /** Only the user's own tokens; others are left alone silently. */
  async revokeToken(userId: string, id: string): Promise<void> {
    await this.prisma.personalToken.deleteMany({ where: { id, userId } });
    this.known.clear();
  }

  /** After a password change: sessions remembered here must not outlive it. */
  forget(): void {
    this.known.clear();
  }
}

const external = (name: string, groups: readonly string[]): Identity => ({
  id: name,
  name,
  groups,
  passwordIsInitial: false,
  isExternal: true,
});

function newSecret(prefix: string): string {
  return prefix + randomBytes(32).toString('base64url');
}

function isSecret(text: string, prefix: string): boolean {
  return text.startsWith(prefix) && text.length === prefix.length + 43;
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
