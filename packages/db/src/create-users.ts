import type { ConnectionOptions } from '@gantry/postgres/connection';
import { PrismaPg } from '@prisma/adapter-pg';
import { AccountTable, type LocalAccount } from './accounts.ts';
import { CredentialTable, type NewSession, type PersonalTokenInfo, type SessionInfo } from './credentials.ts';
import { PrismaClient } from './generated/client.ts';
import { type Identity, type PasswordCheck, UserTable } from './users.ts';

/** Local users, their sessions and tokens. Rejections that are no UserInputError mean that the database failed. */
export interface Users {
  ensureAdmin(
    password?: string,
  ): Promise<{ readonly name: string; readonly password?: string; readonly passwordIsInitial: boolean }>;
  createUser(name: string, password: string, groups: readonly string[]): Promise<Identity>;
  listUsers(): Promise<readonly Identity[]>;
  verifyPassword(name: string, password: string): Promise<PasswordCheck>;
  changePassword(name: string, oldPassword: string, newPassword: string): Promise<void>;
  createSession(userId: string, userAgent?: string): Promise<NewSession>;
  createExternalSession(name: string, groups: readonly string[], userAgent?: string): Promise<NewSession>;
  lookupSession(token: string): Promise<Identity | undefined>;
  revokeSession(token: string): Promise<void>;
  listSessions(token: string): Promise<readonly SessionInfo[]>;
  revokeSessions(token: string, id?: string): Promise<void>;
  createToken(
    userId: string,
    name: string,
    lifetimeMs?: number,
  ): Promise<{ readonly id: string; readonly token: string }>;
  lookupToken(token: string): Promise<Identity | undefined>;
  listTokens(userId: string): Promise<readonly PersonalTokenInfo[]>;
  revokeToken(userId: string, id: string): Promise<void>;
  listAccounts(): Promise<readonly LocalAccount[]>;
  createAccount(name: string, groups: readonly string[]): Promise<string>;
  resetPassword(name: string): Promise<string>;
  updateAccount(
    name: string,
    change: { readonly groups?: readonly string[]; readonly disabled?: boolean },
  ): Promise<void>;
  deleteAccount(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Users in a migrated database. Connects on first use. `now`: epoch milliseconds. */
export function createUsers(connection: ConnectionOptions, now: () => number = Date.now): Users {
  const adapter = new PrismaPg(
    { ...connection, max: 4, application_name: 'gantry-users', connectionTimeoutMillis: 5_000 },
    // A broken idle connection is replaced on the next use.
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  const prisma = new PrismaClient({ adapter });
  const users = new UserTable(prisma, now);
  const credentials = new CredentialTable(prisma, now);
  const accounts = new AccountTable(prisma, users);
  return {
    ensureAdmin: (password) => users.ensureAdmin(password),
    createUser: (name, password, groups) => users.createUser(name, password, groups),
    listUsers: () => users.listUsers(),
    verifyPassword: (name, password) => users.verifyPassword(name, password),
    changePassword: async (name, oldPassword, newPassword) => {
      await users.changePassword(name, oldPassword, newPassword);
      credentials.forget();
    },
    createSession: (userId, userAgent) => credentials.createSession(userId, userAgent),
    createExternalSession: (name, groups, userAgent) =>
      credentials.createExternalSession(name, groups, userAgent),
    lookupSession: (token) => credentials.lookupSession(token),
    revokeSession: (token) => credentials.revokeSession(token),
    listSessions: (token) => credentials.listSessions(token),
    revokeSessions: (token, id) => credentials.revokeSessions(token, id),
    createToken: (userId, name, lifetimeMs) => credentials.createToken(userId, name, lifetimeMs),
    lookupToken: (token) => credentials.lookupToken(token),
    listTokens: (userId) => credentials.listTokens(userId),
    revokeToken: (userId, id) => credentials.revokeToken(userId, id),
    listAccounts: () => accounts.list(),
    createAccount: (name, groups) => accounts.create(name, groups),
    resetPassword: (name) => accounts.resetPassword(name).finally(() => credentials.forget()),
    updateAccount: (name, change) => accounts.update(name, change).finally(() => credentials.forget()),
    deleteAccount: (name) => accounts.delete(name).finally(() => credentials.forget()),
    close: () => prisma.$disconnect(),
  };
}
