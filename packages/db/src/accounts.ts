import type { PrismaClient } from './generated/client.ts';
import { generatePassword } from './password.ts';
import { assertGroups, UserInputError, type UserTable } from './users.ts';

/** A local user as those see it who manage users. */
export interface LocalAccount {
  readonly name: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
  /** Has not signed in with a password of their own yet. */
  readonly passwordIsInitial: boolean;
  /** Refused for a while after wrong passwords. */
  readonly lockedUntil?: Date;
  readonly createdAt: Date;
  /** Of the session that was used last, to the minute. */
  readonly lastSeenAt?: Date;
}

const accountsMax = 1_000;

/** What an administrator does to local users. Who may, the caller has checked. */
export class AccountTable {
  private readonly prisma: PrismaClient;
  private readonly users: UserTable;

  constructor(prisma: PrismaClient, users: UserTable) {
    this.prisma = prisma;
    this.users = users;
  }

  /** By name; 1,000 at most. */
  async list(): Promise<readonly LocalAccount[]> {
    const rows = await this.prisma.localUser.findMany({
      orderBy: { name: 'asc' },
      take: accountsMax,
      include: { sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } } },
    });
    return rows.map(({ name, groups, disabled, passwordIsInitial, lockedUntil, createdAt, sessions }) => ({
      ...{ name, groups, disabled, passwordIsInitial, createdAt },
      ...(lockedUntil === null ? {} : { lockedUntil }),
      ...(sessions[0] === undefined ? {} : { lastSeenAt: sessions[0].lastSeenAt }),
    }));
  }

  /** Makes a user whose first password, which is returned, must be changed. Throws UserInputError. */
  async create(name: string, groups: readonly string[]): Promise<string> {
    if ((await this.prisma.localUser.count()) >= accountsMax)
      throw new UserInputError(`there are ${accountsMax} users already: use an OIDC issuer for more`);
    const password = generatePassword();
    await this.users.createUser(name, password, groups, true);
    return password;
  }

  /** A new first password, which is returned; ends all sessions. Throws UserInputError when there is no such user. */
  async resetPassword(name: string): Promise<string> {
    const { id } = await this.find(name);
    const password = generatePassword();
    await this.users.setPassword(id, password, true);
    return password;
  }

  /** Throws UserInputError for bad groups, or when there is no such user. A disabled user has no session and no rights. */
  async update(name: string, change: { readonly groups?: readonly string[]; readonly disabled?: boolean }) {
    const { id } = await this.find(name);
    const { groups, disabled } = change;
    if (groups !== undefined) assertGroups(groups);
    await this.prisma.$transaction([
      this.prisma.localUser.update({
        where: { id },
        data: {
          ...(groups === undefined ? {} : { groups: [...groups] }),
          ...(disabled === undefined ? {} : { disabled }),
        },
      }),
      ...(disabled === true ? [this.prisma.userSession.deleteMany({ where: { userId: id } })] : []),
    ]);
    this.users.forget();
  }

  /** With sessions and tokens. Throws UserInputError when there is no such user. */
  async delete(name: string): Promise<void> {
    const { id } = await this.find(name);
    await this.prisma.localUser.deleteMany({ where: { id } });
    this.users.forget();
  }

  private async find(name: string): Promise<{ readonly id: string }> {
    const user = await this.prisma.localUser.findUnique({ where: { name }, select: { id: true } });
    if (user === null) throw new UserInputError(`there is no user "${name}"`);
    return user;
  }
}
