import { readFile } from 'node:fs/promises';
import { type AbacPolicies, parseAbacPolicies } from '@gantry/server/auth/authorization/abac';
import type { AuthorizationMode, AuthorizationModes } from '@gantry/server/auth/authorization/authorization';
import {
  type BuiltInMode,
  parseAuthorizationConfiguration,
  type WebhookConfiguration,
} from '@gantry/server/auth/authorization/configuration';
import { createWebhookAuthorizer } from '@gantry/server/auth/authorization/webhook-authorizer';
import type { Logger } from 'pino';
import type { AuthOptions } from './auth-options.ts';
import { followFile } from './followed-file.ts';
import { createPoster, type Poster } from './poster.ts';

/** How long the connections of a webhook that is no longer configured stay, for questions under way. */
const RETIRE_MS = 3 * 60_000;

interface Opened {
  readonly modes: AuthorizationModes;
  /** Looks at once whether the file changed, where there is one. */
  readonly check?: () => Promise<void>;
  close(): void;
}

/** The policies of a file. Throws an Error that names file and line. */
export async function readAbac(file: string): Promise<AbacPolicies> {
  return parseAbacPolicies(await readFile(file, 'utf8'), file);
}

/** Webhooks and built-in modes that a file names, in its order; anew when it changes. */
class ConfiguredModes {
  readonly #abac: AbacPolicies | undefined;
  #posters: Poster[] = [];
  #retired: Poster[] = [];
  #required: readonly BuiltInMode[] | undefined;
  current: readonly AuthorizationMode[] = [];

  constructor(abac: AbacPolicies | undefined) {
    this.#abac = abac;
  }

  /** Throws an Error and changes nothing. */
  take(text: string): void {
    const configured = parseAuthorizationConfiguration(text);
    const builtIn = configured.filter((one) => typeof one === 'string');
    this.#checkTypes(builtIn);
    const posters: Poster[] = [];
    try {
      this.current = configured.map((one) => this.#modeOf(one, posters));
    } catch (error) {
      for (const poster of posters) poster.close();
      throw error;
    }
    this.#required ??= builtIn;
    this.#retire(this.#posters);
    this.#posters = posters;
  }

  close(): void {
    for (const poster of [...this.#posters, ...this.#retired]) poster.close();
  }

  #modeOf(configured: BuiltInMode | WebhookConfiguration, posters: Poster[]): AuthorizationMode {
    if (configured === 'ABAC') {
      if (this.#abac === undefined) throw new Error('ABAC needs --authorization-policy-file');
      return this.#abac;
    }
    if (typeof configured === 'string') return configured;
    const poster = createPoster(configured.kubeConfigFile, configured.timeoutMs);
    posters.push(poster);
    return createWebhookAuthorizer({ ...configured, post: (body) => poster.post(body), now: Date.now });
  }

  /** The built-in modes of the start stay, and no other comes. */
  #checkTypes(builtIn: readonly BuiltInMode[]): void {
    const before = this.#required;
    if (before === undefined) return;
    const missing = before.filter((mode) => !builtIn.includes(mode)).sort();
    if (missing.length > 0) throw new Error(`missing required types: [${missing.join(' ')}]`);
    for (const mode of builtIn)
      if (!before.includes(mode) && !mode.startsWith('Always'))
        throw new Error(
          `authorizer type ${mode} is not allowed if it was not enabled at initial server startup`,
        );
  }

  #retire(posters: readonly Poster[]): void {
    if (posters.length === 0) return;
    this.#retired.push(...posters);
    setTimeout(() => {
      this.#retired = this.#retired.filter((one) => !posters.includes(one));
      for (const poster of posters) poster.close();
    }, RETIRE_MS).unref();
  }
}

/** What decides, as the flags or a configuration file say. Throws an Error that names what is wrong. */
export async function openAuthorizationModes(options: AuthOptions, log: Logger): Promise<Opened> {
  const abac =
    options.authorizationPolicyFile === undefined
      ? undefined
      : await readAbac(options.authorizationPolicyFile);
  const file = options.authorizationConfig;
  if (file !== undefined) {
    const configured = new ConfiguredModes(abac);
    const take = (text: string): void => configured.take(text);
    const followed = await followFile({ file, name: 'authorization', log, take });
    return {
      modes: () => configured.current,
      check: followed.check,
      close: () => {
        followed.close();
        configured.close();
      },
    };
  }
  const posters: Poster[] = [];
  const modes = options.authorizationModes.map((mode): AuthorizationMode => {
    if (mode === 'ABAC' && abac !== undefined) return abac;
    const webhook = options.authorizationWebhook;
    if (mode === 'Webhook' && webhook !== undefined) {
      const poster = createPoster(webhook.configFile);
      posters.push(poster);
      const post = (body: string): Promise<unknown> => poster.post(body);
      return createWebhookAuthorizer({ ...webhook, failure: 'NoOpinion', post, now: Date.now });
    }
    return mode as AuthorizationMode;
  });
  return {
    modes,
    close: () => {
      for (const poster of posters) poster.close();
    },
  };
}
