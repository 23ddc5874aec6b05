import type { Pod, Secret } from '@gantry/api/generated/types';
import type { Clock, EventRecorder } from '@gantry/runtime/port';
import { type Cri, CriError } from '../cri/port.ts';
import type { Image, PodSandboxConfig } from '../cri/types.ts';
import { defaultPullPolicy, parseImageReference } from '../images/reference.ts';
import { Backoff } from './backoff.ts';
import type { AnyContainer } from './pod.ts';
import { uidOf } from './pod.ts';
import { pullCredentials } from './pull-secrets.ts';

/** A container can't start for want of its image; `reason` is the waiting reason. */
export class ImageError extends Error {
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.name = 'ImageError';
    this.reason = reason;
  }
}

const BACKOFF_INITIAL_MS = 10_000;
const BACKOFF_MAX_MS = 300_000;

interface PullRequest {
  readonly pod: Pod;
  readonly container: AnyContainer;
  readonly image: string;
  readonly sandbox: PodSandboxConfig;
  readonly signal: AbortSignal;
}

/** Brings images to the node by their pull policy, with the original's events, reasons and back-off. */
export class ImageManager {
  readonly #cri: Cri;
  readonly #events: EventRecorder;
  readonly #clock: Clock;
  readonly #secret: (podUid: string, namespace: string, name: string) => Promise<Secret | undefined>;
  readonly #backoff = new Backoff(BACKOFF_INITIAL_MS, BACKOFF_MAX_MS);
  readonly #failures = new Map<string, string>();
  readonly #running = new Map<string, Promise<string>>();

  constructor(options: {
    readonly cri: Cri;
    readonly events: EventRecorder;
    readonly clock: Clock;
    readonly secret: (podUid: string, namespace: string, name: string) => Promise<Secret | undefined>;
  }) {
    this.#cri = options.cri;
    this.#events = options.events;
    this.#clock = options.clock;
    this.#secret = options.secret;
  }

  /** The image, present on the node. Throws `ImageError`. */
  async ensure(
    pod: Pod,
    container: AnyContainer,
    sandbox: PodSandboxConfig,
    signal: AbortSignal,
  ): Promise<Image> {
    const wanted = container.image ?? '';
    const event = (type: 'Normal' | 'Warning', reason: string, message: string): void =>
      this.#events.event(pod, type, reason, message, `spec.containers{${container.name}}`);
    const image = this.#withTag(wanted, event);
    const present = await this.#inspect(wanted, image, event);
    const policy = container.imagePullPolicy ?? defaultPullPolicy(wanted);
    if (present !== undefined && policy !== 'Always') {
      event(
        'Normal',
        'Pulled',
        `Container image "${wanted}" already present on machine and can be accessed by the pod`,
      );
      return present;
    }
    if (present === undefined && policy === 'Never') {
      const message = `Container image "${wanted}" is not present with pull policy of Never`;
      event('Warning', 'ErrImageNeverPull', message);
      throw new ImageError('ErrImageNeverPull', message);
    }
    await this.#pull({ pod, container, image, sandbox, signal }, wanted, event);
    const pulled = await this.#cri.imageStatus(image);
    if (pulled === undefined)
      throw new ImageError('ErrImagePull', `image "${wanted}" is gone right after its pull`);
    return pulled;
  }

  /** Milliseconds until the pod's image may be pulled again. */
  remaining(pod: Pod, image: string): number {
    return this.#backoff.remainingSinceUpdate(`${uidOf(pod)}_${image}`, this.#clock.now());
  }

  forget(podUid: string): void {
    this.#backoff.forget(podUid);
    for (const key of this.#failures.keys()) if (key.startsWith(podUid)) this.#failures.delete(key);
  }

  #withTag(wanted: string, event: (type: 'Warning', reason: string, message: string) => void): string {
    try {
      const { tag, digest } = parseImageReference(wanted);
      return tag === 'latest' && digest === undefined && !wanted.endsWith(':latest')
        ? `${wanted}:latest`
        : wanted;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const message = `Failed to apply default image tag "${wanted}": couldn't parse image name "${wanted}": ${cause}`;
      event('Warning', 'InspectFailed', message);
      throw new ImageError('InvalidImageName', message);
    }
  }

  async #inspect(
    wanted: string,
    image: string,
    event: (type: 'Warning', reason: string, message: string) => void,
  ): Promise<Image | undefined> {
    try {
      return await this.#cri.imageStatus(image);
    } catch (error) {
      const message = `Failed to inspect image "${wanted}": ${error instanceof Error ? error.message : String(error)}`;
      event('Warning', 'InspectFailed', message);
      throw new ImageError('ImageInspectError', message);
    }
  }

  async #pull(
    request: PullRequest,
    wanted: string,
    event: (type: 'Normal' | 'Warning', reason: string, message: string) => void,
  ): Promise<void> {
    const key = `${uidOf(request.pod)}_${wanted}`;
    if (this.#backoff.remainingSinceUpdate(key, this.#clock.now()) > 0) {
      const message = `Back-off pulling image "${wanted}"`;
      event('Normal', 'BackOff', message);
      const cause = this.#failures.get(key);
      throw new ImageError(
        'ImagePullBackOff',
        cause === undefined ? message : `${message}: ErrImagePull: ${cause}`,
      );
    }
    event('Normal', 'Pulling', `Pulling image "${wanted}"`);
    const begun = performance.now();
    try {
      await this.#pullOnce(request);
      const seconds = `${Number(((performance.now() - begun) / 1000).toPrecision(4))}s`;
      const size = (await this.#cri.imageStatus(request.image))?.size ?? '0';
      const took = `in ${seconds} (${seconds} including waiting). Image size: ${size} bytes.`;
      event('Normal', 'Pulled', `Successfully pulled image "${wanted}" ${took}`);
      this.#failures.delete(key);
    } catch (error) {
      if (request.signal.aborted) throw new ImageError('ErrImagePull', 'pull canceled: the pod is ending');
      const text = error instanceof Error ? error.message : String(error);
      event('Warning', 'Failed', `Failed to pull image "${wanted}": ${text}`);
      this.#backoff.next(key, this.#clock.now());
      this.#failures.set(key, text);
      throw new ImageError('ErrImagePull', text);
    }
  }

  /** Pods that want one image at a time with no credentials share its pull. */
  async #pullOnce(request: PullRequest): Promise<string> {
    const { pod, image, sandbox, signal } = request;
    const credentials = await pullCredentials(pod, image, (namespace, name) =>
      this.#secret(uidOf(pod), namespace, name),
    );
    if (credentials.length === 0) {
      const shared = this.#running.get(image) ?? this.#cri.pullImage(image, undefined, sandbox);
      this.#running.set(image, shared);
      const forget = (): void => void this.#running.delete(image);
      shared.then(forget, forget);
      return await abortable(shared, signal);
    }
    let last: unknown;
    for (const auth of credentials) {
      try {
        return await this.#cri.pullImage(image, auth, sandbox, signal);
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }
}

async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const canceled = Promise.withResolvers<never>();
  const cancel = (): void => canceled.reject(new CriError('PullImage', 1, 'context canceled'));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await Promise.race([work, canceled.promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
