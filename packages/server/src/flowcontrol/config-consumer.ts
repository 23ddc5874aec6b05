import type { FlowSchema, PriorityLevelConfiguration } from '@gantry/api/generated/types';
import type { DispatchRequest } from '../api-server.ts';
import type { StateListener } from '../auth/authorization/source.ts';
import type { ApiResponse } from '../http/response.ts';
import type { StateReader } from '../request.ts';
import type { FlowControl } from './flow-control.ts';

export const FLOW_SCHEMAS = 'flowschemas.flowcontrol.apiserver.k8s.io';
export const PRIORITY_LEVELS = 'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io';
export const FLOWCONTROL_PATH = '/apis/flowcontrol.apiserver.k8s.io/v1';
const MANAGER = 'api-priority-and-fairness-config-consumer-v1';
/** A condition that somebody else keeps changing back is not fought over more often than this a minute. */
const MOST_UPDATES = 6;
const MINUTE_MS = 60_000;

/** A request of the server itself. */
export type OwnRequest = (request: DispatchRequest) => Promise<ApiResponse>;

interface Log {
  warn(fields: object, message: string): void;
}

/** Keeps flow control as the objects say, and the condition Dangling of each FlowSchema as it is. */
export class ConfigConsumer {
  readonly #control: FlowControl;
  readonly #state: StateReader;
  readonly #request: OwnRequest;
  readonly #log: Log;
  readonly #updates = new Map<string, number[]>();
  #scheduled = false;
  #writing = false;

  constructor(control: FlowControl, state: StateReader, request: OwnRequest, log: Log) {
    this.#control = control;
    this.#state = state;
    this.#request = request;
    this.#log = log;
  }

  readonly listener: StateListener = {
    resources: [FLOW_SCHEMAS, PRIORITY_LEVELS],
    onChange: () => this.#schedule(),
  };

  /** From now on conditions are written too; before, the server takes no requests. */
  start(): void {
    this.#writing = true;
    this.#follow();
  }

  /** Many changes of one turn are followed together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#follow();
    });
  }

  #follow(): void {
    const levels = this.#state.list(
      PRIORITY_LEVELS,
      undefined,
    ) as unknown as readonly PriorityLevelConfiguration[];
    const schemas = this.#state.list(FLOW_SCHEMAS, undefined) as unknown as readonly FlowSchema[];
    try {
      this.#control.configure(levels, schemas);
    } catch (error) {
      this.#log.warn({ err: error }, 'the flow control objects can not be followed');
      return;
    }
    if (!this.#writing) return;
    for (const schema of schemas) {
      const condition = this.#condition(schema);
      if (condition === undefined || this.#tooOften(schema.metadata.name ?? '')) continue;
      void this.#apply(schema.metadata.name ?? '', condition);
    }
  }

  /** The condition as it should be, where it is not. */
  #condition(schema: FlowSchema): Record<string, string> | undefined {
    const dangling = this.#control.isDangling(schema);
    const name = JSON.stringify(schema.spec.priorityLevelConfiguration?.name ?? '');
    const wanted = {
      status: dangling ? 'True' : 'False',
      reason: dangling ? 'NotFound' : 'Found',
      message: `This FlowSchema references the PriorityLevelConfiguration object named ${name} ${
        dangling ? 'but there is no such object' : 'and it exists'
      }`,
    };
    const live = schema.status?.conditions?.find(({ type }) => type === 'Dangling');
    if (live?.status === wanted.status && live.reason === wanted.reason && live.message === wanted.message)
      return undefined;
    const lastTransitionTime = `${new Date().toISOString().slice(0, 19)}Z`;
    return { type: 'Dangling', ...wanted, lastTransitionTime };
  }

  #tooOften(name: string): boolean {
    const now = Date.now();
    const recent = (this.#updates.get(name) ?? []).filter((at) => at > now - MINUTE_MS);
    if (recent.length < MOST_UPDATES) {
      this.#updates.set(name, [...recent, now]);
      return false;
    }
    this.#updates.set(name, recent);
    setTimeout(() => this.#schedule(), MINUTE_MS).unref();
    return true;
  }

  async #apply(name: string, condition: Record<string, string>): Promise<void> {
    const answer = await this.#request({
      method: 'PATCH',
      path: `${FLOWCONTROL_PATH}/flowschemas/${name}/status`,
      query: { fieldManager: MANAGER, force: 'true' },
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: {
        apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
        kind: 'FlowSchema',
        metadata: { name },
        status: { conditions: [condition] },
      },
    });
    if (answer.status >= 300 && answer.status !== 404)
      this.#log.warn({ name, answer: answer.body.toString() }, 'the condition of a flow schema was not set');
  }
}
