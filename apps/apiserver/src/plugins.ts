import { readFile } from 'node:fs/promises';
import type { Users } from '@gantry/db/create-users';
import { createAdmissionPlugins } from '@gantry/server/admission/plugins';
import type { Plugins } from '@gantry/server/api-server';
import type { Auditor } from '@gantry/server/audit/auditor';
import { createAuthentication } from '@gantry/server/auth/authentication/authentication';
import { createImpersonation } from '@gantry/server/auth/authentication/impersonation';
import type { LocalUserLookup } from '@gantry/server/auth/authentication/local-users';
import { loadServiceAccountKeys } from '@gantry/server/auth/authentication/service-account-keys';
import { createAuthorization } from '@gantry/server/auth/authorization/authorization';
import { virtualHandlers } from '@gantry/server/auth/reviews/handlers';
import { systemNodeRules } from '@gantry/server/bootstrap/rbac';
import type { RegistryAccess } from '@gantry/server/handler';
import { createWebhookClient } from '@gantry/server/outbound/webhook-client';
import type { StateReader } from '@gantry/server/request';
import { connectHandlers } from '@gantry/server/streaming/handlers';
import { PASSWORD_CHANGE_GROUP } from '@gantry/trpc/port';
import type { Logger } from 'pino';
import { openAdmissionParts } from './admission-parts.ts';
import { openAuth } from './auth.ts';
import { LegacyTokenUse } from './legacy-token-use.ts';
import type { Options } from './options.ts';

const read = (file: string): Promise<string> => readFile(file, 'utf8');

function userLookup(users: Users): LocalUserLookup {
  return {
    async verifyPassword(name, password) {
      const check = await users.verifyPassword(name, password);
      return check.ok ? check.user : undefined;
    },
    async lookupSession(cookie) {
      const user = await users.lookupSession(cookie);
      // By whichever way the session comes, it may change the first password and nothing else.
      return user?.passwordIsInitial === true ? { ...user, groups: [PASSWORD_CHANGE_GROUP] } : user;
    },
    lookupToken: (token) => users.lookupToken(token),
  };
}

export interface PluginParts {
  readonly auditor: Auditor | undefined;
  /** PEM of the authority of proxies' certificates. */
  readonly requestHeaderCa: string | undefined;
  readonly log: Logger;
}

export interface LoadedPlugins {
  readonly make: (state: StateReader) => Plugins;
  /** Once the server is there: lets uses of tokens in Secrets be marked. */
  connect(registry: RegistryAccess): void;
  close(): void;
}

/** Reads the key files and wires authentication, authorization, admission and connections to nodes. */
export async function loadPlugins(
  options: Options,
  users: Users,
  parts: PluginParts,
): Promise<LoadedPlugins> {
  const { auditor, requestHeaderCa, log } = parts;
  const { kubeletClient } = options;
  const [signing, ca, client] = await Promise.all([
    read(options.serviceAccountSigningKeyFile),
    read(options.clientCaFile),
    kubeletClient && Promise.all([read(kubeletClient.certificate), read(kubeletClient.key)]),
  ]);
  const keys = loadServiceAccountKeys(signing, await Promise.all(options.serviceAccountKeyFiles.map(read)));
  const [issuer = '', ...otherIssuers] = options.serviceAccountIssuers;
  const { apiAudiences, jwksUri, maxTokenSeconds, extendTokens } = options.auth;
  const audiences = apiAudiences.length === 0 ? options.serviceAccountIssuers : apiAudiences;
  const auth = await openAuth({
    options: options.auth,
    issuers: options.serviceAccountIssuers,
    ...{ audiences, requestHeaderCa, clientCa: ca, log },
  });
  const admission = await openAdmissionParts(options.extension.admissionControlConfigFile);
  const legacy = new LegacyTokenUse(log);
  let closeConnections = (): void => undefined;
  const make = (state: StateReader): Plugins => {
    const authorization = createAuthorization(systemNodeRules, auth.modes);
    const authentication = createAuthentication({
      ...auth.authentication,
      state,
      serviceAccounts: {
        ...{ keys, issuer, otherIssuers, audiences },
        jwksUri: jwksUri ?? `https://${options.advertiseAddress}:${options.securePort}/openid/v1/jwks`,
        onLegacyUse: (secret) => legacy.used(secret),
      },
      users: userLookup(users),
    });
    const connect = connectHandlers({
      nodeTls: { ca, client: client && { cert: client[0], key: client[1] } },
      authorizer: authorization,
    });
    const webhooks = createWebhookClient(state);
    closeConnections = () => {
      connect.close();
      webhooks.close();
    };
    return {
      authenticate: (input) => authentication.authenticate(input),
      impersonate: createImpersonation(authorization),
      authorizer: authorization,
      ...(auditor === undefined ? {} : { auditor }),
      listeners: [authorization.listener],
      admission: createAdmissionPlugins({
        authorization,
        webhooks,
        enable: options.extension.enableAdmissionPlugins,
        disable: options.extension.disableAdmissionPlugins,
        tolerationSeconds: options.extension.tolerationSeconds,
        ...admission.options,
      }),
      virtualHandlers: virtualHandlers({
        ...{ authentication, authorization, extendTokens },
        ...(maxTokenSeconds === undefined ? {} : { maxTokenSeconds }),
      }),
      connectHandlers: connect.handlers,
      documents: authentication.documents,
    };
  };
  return {
    make,
    connect: (registry) => {
      legacy.connect(registry);
      admission.connect(registry);
    },
    close: () => {
      closeConnections();
      auth.close();
      admission.close();
    },
  };
}
