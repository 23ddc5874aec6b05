import type { ConnectHandler, VirtualHandler } from '../handler.ts';
import type { RequestAttributes } from '../request.ts';

const keyOf = (group: string, resource: string, subresource: string): string =>
  `${group}/${resource}/${subresource}`;

/** Handlers of what is not plain storage, by the names that a request carries. */
export class HandlerTable {
  readonly #virtual = new Map<string, VirtualHandler>();
  readonly #connect = new Map<string, ConnectHandler>();

  constructor(virtual: readonly VirtualHandler[], connect: readonly ConnectHandler[]) {
    for (const handler of virtual)
      this.#virtual.set(keyOf(handler.group, handler.resource, handler.subresource ?? ''), handler);
    for (const handler of connect)
      this.#connect.set(keyOf(handler.group, handler.resource, handler.subresource), handler);
  }

  virtual({ group, resource, subresource }: RequestAttributes): VirtualHandler | undefined {
    return this.#virtual.get(keyOf(group, resource, subresource));
  }

  connect({ group, resource, subresource }: RequestAttributes): ConnectHandler | undefined {
    return this.#connect.get(keyOf(group, resource, subresource));
  }
}
