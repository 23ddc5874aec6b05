import { setTimeout as sleep } from 'node:timers/promises';
import type { PersistentVolume, PersistentVolumeClaim } from '@gantry/api/generated/types';
import type { Client, Informer } from '@gantry/client/port';
import { persistentVolumeClaims, persistentVolumes } from '@gantry/client/resources';
import type { VolumeDecision } from './plugins/volume-binding.ts';
import { SELECTED_NODE } from './plugins/volume-claims.ts';

const BOUND_TIMEOUT_MS = 600_000;
const POLL_MS = 200;
const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';

/** Writes what was decided about a pod's claims, and waits until the volume controller has bound them. */
export class VolumeBinder {
  readonly #client: Client;
  readonly #claims: Informer<PersistentVolumeClaim>;
  /** Volume name → `namespace/claim`, from decision to binding. */
  readonly promised = new Map<string, string>();

  constructor(client: Client, claims: Informer<PersistentVolumeClaim>) {
    this.#client = client;
    this.#claims = claims;
  }

  /** Keeps chosen volumes from other pods. */
  promise(decisions: readonly VolumeDecision[]): void {
    for (const { claim, volume } of decisions)
      if (volume !== undefined) this.promised.set(volume.metadata.name, claimKey(claim));
  }

  release(decisions: readonly VolumeDecision[]): void {
    for (const { volume } of decisions) if (volume !== undefined) this.promised.delete(volume.metadata.name);
  }

  /** Throws when a claim went, its provisioning was given up, or it was not bound within 10 minutes. */
  async bind(decisions: readonly VolumeDecision[], node: string, signal: AbortSignal): Promise<void> {
    for (const { claim, volume } of decisions)
      if (volume === undefined) await this.#select(claim, node);
      else await this.#claim(claim, volume);
    const end = Date.now() + BOUND_TIMEOUT_MS;
    for (const decision of decisions)
      while (!this.#isBound(decision, node)) {
        if (Date.now() > end || signal.aborted)
          throw new Error('timed out waiting for the volumes to be bound');
        await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
      }
  }

  async #select({ metadata }: PersistentVolumeClaim, node: string): Promise<void> {
    const patch = { metadata: { annotations: { [SELECTED_NODE]: node } } };
    await this.#client.patch(persistentVolumeClaims, metadata.namespace ?? '', metadata.name, patch, {
      type: 'merge',
    });
  }

  async #claim({ metadata }: PersistentVolumeClaim, volume: PersistentVolume): Promise<void> {
    await this.#client.update(persistentVolumes, {
      ...volume,
      spec: {
        ...volume.spec,
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          namespace: metadata.namespace ?? '',
          name: metadata.name,
          ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
        },
      },
    });
  }

  #isBound({ claim, volume }: VolumeDecision, node: string): boolean {
    const { namespace = '', name } = claim.metadata;
    const now = this.#claims.get(namespace, name);
    if (now === undefined || now.metadata.deletionTimestamp !== undefined)
      throw new Error(`persistentvolumeclaim ${JSON.stringify(name)} not found`);
    const bound = Boolean(now.spec.volumeName) && now.metadata.annotations?.[BIND_COMPLETED] !== undefined;
    const selected = now.metadata.annotations?.[SELECTED_NODE];
    // The provisioner takes the annotation away to have the pod scheduled anew. An older copy may not have it yet.
    const isNewer = now.metadata.resourceVersion !== claim.metadata.resourceVersion;
    if (!bound && volume === undefined && isNewer && selected !== node)
      throw new Error(`selectedNode annotation reset for PVC ${JSON.stringify(name)}`);
    return bound;
  }
}

const claimKey = ({ metadata }: PersistentVolumeClaim): string =>
  `${metadata.namespace ?? ''}/${metadata.name}`;
