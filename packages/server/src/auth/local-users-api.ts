import { isObject } from '@gantry/machinery/json';
import { badRequest, forbidden, notFound, type StatusError } from '@gantry/machinery/status';
import { headerOf, type RoutedRequest } from '../http/api-request.ts';
import { mediaTypeOf, parseJsonBody } from '../http/body.ts';
import type { PlainHandler } from '../http/chain.ts';
import { verbNotAllowed } from '../http/errors.ts';
import { type ApiResponse, JSON_TYPE } from '../http/response.ts';
import type { UserInfo } from '../request.ts';

const GROUP = 'users.gantry.dev';
const VERSION = 'v1alpha1';
const RESOURCE = { group: GROUP, resource: 'localusers' };
const GROUPS_MAX = 32;

/** A local user, as the database has it. */
export interface LocalAccount {
  readonly name: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
  readonly passwordIsInitial: boolean;
  readonly lockedUntil?: Date;
  readonly createdAt: Date;
  readonly lastSeenAt?: Date;
}

interface AccountChange {
  readonly groups?: readonly string[];
  readonly disabled?: boolean;
}

/** The database of local users. An error named UserInputError says what a person typed wrong. */
export interface LocalAccounts {
  listAccounts(): Promise<readonly LocalAccount[]>;
  /** Gives the first password. */
  createAccount(name: string, groups: readonly string[]): Promise<string>;
  resetPassword(name: string): Promise<string>;
  updateAccount(name: string, change: AccountChange): Promise<void>;
  deleteAccount(name: string): Promise<void>;
}

/** Whether the user may impersonate that user or group. */
export type MayImpersonate = (user: UserInfo, resource: 'users' | 'groups', name: string) => Promise<boolean>;

const objectOf = (
  { name, groups, disabled, createdAt, ...rest }: LocalAccount,
  initialPassword?: string,
) => ({
  apiVersion: `${GROUP}/${VERSION}`,
  kind: 'LocalUser',
  metadata: { name, creationTimestamp: createdAt.toISOString() },
  spec: { groups, disabled },
  status: {
    passwordIsInitial: rest.passwordIsInitial,
    ...(rest.lockedUntil === undefined ? {} : { lockedUntil: rest.lockedUntil.toISOString() }),
    ...(rest.lastSeenAt === undefined ? {} : { lastSeenTime: rest.lastSeenAt.toISOString() }),
    ...(initialPassword === undefined ? {} : { initialPassword }),
  },
});

const answer = (status: number, body: object): ApiResponse => ({
  status,
  headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store' },
  body: Buffer.from(`${JSON.stringify(body)}\n`),
});

async function bodyOf(request: RoutedRequest): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await request.body();
  if (bytes.length === 0) return {};
  const type = mediaTypeOf(headerOf(request, 'content-type'));
  if (type !== '' && !/^application\/(merge-patch\+)?json$/.test(type))
    throw badRequest('send a LocalUser as application/json, a change as application/merge-patch+json');
  const { value } = parseJsonBody(bytes);
  if (!isObject(value)) throw badRequest('the body must be a LocalUser');
  return value;
}

/** What the body asks for. Throws BadRequest. */
function changeOf(body: Readonly<Record<string, unknown>>): AccountChange {
  const spec = body.spec ?? {};
  if (!isObject(spec)) throw badRequest('spec must be an object');
  const { groups, disabled } = spec;
  if (groups !== undefined && !(Array.isArray(groups) && groups.every((one) => typeof one === 'string')))
    throw badRequest('spec.groups must be a list of texts');
  if (groups !== undefined && groups.length > GROUPS_MAX)
    throw badRequest(`a user has at most ${GROUPS_MAX} groups`);
  if (disabled !== undefined && typeof disabled !== 'boolean')
    throw badRequest('spec.disabled must be true or false');
  return {
    ...(groups === undefined ? {} : { groups: [...new Set(groups as readonly string[])] }),
    ...(disabled === undefined ? {} : { disabled }),
  };
}

function toStatusError(error: unknown): unknown {
  return error instanceof Error && error.name === 'UserInputError' ? badRequest(error.message) : error;
}

/**
 * `/apis/users.gantry.dev/v1alpha1/localusers`: the users who sign in with a password. GET lists, POST makes, PATCH
 * (merge) changes `spec.groups` and `spec.disabled`, DELETE deletes, POST `NAME/password` gives a new first password.
 * RBAC decides by the verb on `localusers`. Beyond that nobody hands out what they don't have: to make a user or to reset
 * their password one must be allowed to impersonate that user and their groups, to add a group to impersonate the group.
 */
export class LocalUsersApi {
  readonly #accounts: LocalAccounts;
  readonly #may: MayImpersonate;

  constructor(accounts: LocalAccounts, may: MayImpersonate) {
    this.#accounts = accounts;
    this.#may = may;
  }

  readonly handle: PlainHandler = (request) => {
    const { isResourceRequest, group, version, resource } = request.attributes;
    if (!isResourceRequest || group !== GROUP || version !== VERSION || resource !== RESOURCE.resource)
      return undefined;
    return this.#route(request).catch((error: unknown) => {
      throw toStatusError(error);
    });
  };

  async #route(request: RoutedRequest): Promise<ApiResponse> {
    const { verb, name, subresource, namespace } = request.attributes;
    if (namespace !== '') throw verbNotAllowed();
    if (subresource === 'password' && verb === 'create') return this.#reset(request.user, name);
    if (subresource !== '') throw verbNotAllowed();
    switch (verb) {
      case 'list':
        return this.#list();
      case 'get':
        return answer(200, objectOf(await this.#find(name)));
      case 'create':
        return this.#create(request);
      case 'patch':
        return this.#change(request);
      case 'delete':
        return this.#delete(request.user, name);
    }
    throw verbNotAllowed();
  }

  async #list(): Promise<ApiResponse> {
    const accounts = await this.#accounts.listAccounts();
    return answer(200, {
      apiVersion: `${GROUP}/${VERSION}`,
      kind: 'LocalUserList',
      metadata: {},
      items: accounts.map((account) => objectOf(account)),
    });
  }

  async #create(request: RoutedRequest): Promise<ApiResponse> {
    const body = await bodyOf(request);
    const { metadata } = body;
    const name = isObject(metadata) ? metadata.name : undefined;
    if (typeof name !== 'string' || name === '') throw badRequest('metadata.name is missing');
    if (request.attributes.name !== '' && request.attributes.name !== name) throw verbNotAllowed();
    const { groups = [] } = changeOf(body);
    await this.#assertMayBe(request.user, name, groups);
    const password = await this.#accounts.createAccount(name, groups);
    return answer(201, objectOf(await this.#find(name), password));
  }

  async #reset(user: UserInfo, name: string): Promise<ApiResponse> {
    const { groups } = await this.#find(name);
    await this.#assertMayBe(user, name, groups);
    const password = await this.#accounts.resetPassword(name);
    return answer(201, objectOf(await this.#find(name), password));
  }

  async #change(request: RoutedRequest): Promise<ApiResponse> {
    const { name } = request.attributes;
    const before = await this.#find(name);
    const change = changeOf(await bodyOf(request));
    if (change.disabled === true) assertAnother(request.user, name, 'disable');
    const added = (change.groups ?? []).filter((group) => !before.groups.includes(group));
    await this.#assertGroups(request.user, name, added);
    await this.#accounts.updateAccount(name, change);
    return answer(200, objectOf(await this.#find(name)));
  }

  async #delete(user: UserInfo, name: string): Promise<ApiResponse> {
    const account = await this.#find(name);
    assertAnother(user, name, 'delete');
    await this.#accounts.deleteAccount(name);
    return answer(200, objectOf(account));
  }

  async #find(name: string): Promise<LocalAccount> {
    const account = (await this.#accounts.listAccounts()).find((one) => one.name === name);
    if (account === undefined) throw notFound(RESOURCE, name);
    return account;
  }

  async #assertMayBe(user: UserInfo, name: string, groups: readonly string[]): Promise<void> {
    if (user.name !== name && !(await this.#may(user, 'users', name)))
      throw refused(user, name, `the verb impersonate on the user "${name}"`);
    await this.#assertGroups(user, name, groups);
  }

  async #assertGroups(user: UserInfo, name: string, groups: readonly string[]): Promise<void> {
    for (const group of groups)
      if (!(await this.#may(user, 'groups', group)))
        throw refused(user, name, `the verb impersonate on the group "${group}"`);
  }
}

const refused = (user: UserInfo, name: string, right: string): StatusError =>
  forbidden(RESOURCE, name, `user "${user.name}" lacks ${right}`);

/** So that nobody locks themselves out. */
function assertAnother(user: UserInfo, name: string, what: string): void {
  if (user.name === name) throw forbidden(RESOURCE, name, `you can't ${what} yourself`);
}
