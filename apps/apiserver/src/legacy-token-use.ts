import type { Secret } from '@gantry/api/generated/types';
import { builtinKinds } from '@gantry/api/kinds';
import { isStatusError } from '@gantry/machinery/status';
import type { RegistryAccess } from '@gantry/server/handler';
import type { UserInfo } from '@gantry/server/request';
import type { Logger } from 'pino';

const LABEL = 'kubernetes.io/legacy-token-last-used';
const SELF: UserInfo = { name: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] };
const DAY_MS = 86_400_000;
/** Secrets whose mark is on its way. */
const MAX_PENDING = 64;

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Marks Secrets with the day on which their token was last used, behind the request that used it. */
export class LegacyTokenUse {
  readonly #log: Logger;
  readonly #pending = new Set<string>();
  #registry: RegistryAccess | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  connect(registry: RegistryAccess): void {
    this.#registry = registry;
  }

  used({ metadata }: Secret): void {
    const now = Date.now();
    const last = metadata.labels?.[LABEL];
    // Another server's clock may be past midnight already.
    if (last === day(now) || last === day(now + DAY_MS)) return;
    const { namespace = '', name, uid } = metadata;
    const key = `${namespace}/${name}`;
    if (this.#registry === undefined || this.#pending.size >= MAX_PENDING || this.#pending.has(key)) return;
    this.#pending.add(key);
    void this.#mark(this.#registry, namespace, name, uid, day(now)).finally(() => this.#pending.delete(key));
  }

  async #mark(
    registry: RegistryAccess,
    namespace: string,
    name: string,
    uid: string | undefined,
    today: string,
  ): Promise<void> {
    const kind = builtinKinds.find((one) => one.group === '' && one.plural === 'secrets');
    if (kind === undefined) return;
    try {
      await registry.modify(kind, namespace, name, SELF, (object) => {
        if (object.metadata.uid === uid)
          object.metadata.labels = { ...object.metadata.labels, [LABEL]: today };
      });
    } catch (error) {
      if (!isStatusError(error, 'NotFound'))
        this.#log.warn({ err: error, namespace, name }, 'marking the use of a service-account token failed');
    }
  }
}
