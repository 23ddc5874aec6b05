import { createHash, createHmac, randomBytes } from 'node:crypto';
import { StoreError } from '../errors.ts';
import { aesGcm } from './ciphers.ts';
import type { Envelope } from './envelope.ts';
import type { KmsCiphertext, KmsService, KmsStatus } from './kms-service.ts';

export interface KmsEnvelopeOptions {
  /** Of the provider. */
  readonly name: string;
  readonly service: KmsService;
  readonly now?: () => number;
  /** The service encrypts with another key now: what lies in the store should follow. */
  onRotate?(): void;
  onFailure?(error: Error): void;
}

/** What bodies are sealed with now. */
interface State {
  readonly keyId: string;
  readonly header: string;
  readonly seed: Buffer;
  /** Epoch milliseconds until which this may be used without another word of the service. */
  until: number;
}

const SEED_BYTES = 32;
const INFO_BYTES = 32;
const POLL_MS = 60_000;
const POLL_FAILED_MS = 10_000;
const MAX_USE_MS = 3 * 60_000;
/** How long an answer to the question whether the service is well stands. */
const WELL_MS = 20_000;
const UNWELL_MS = 3_000;
const MAX_KEY_ID_BYTES = 1_024;
const MAX_CIPHERTEXT_BYTES = 1_024;
const MAX_ANNOTATION_BYTES = 32 * 1_024;
/** About one a start of a server, and one a key. */
const MAX_SEEDS = 4_096;
const VERSIONS: readonly string[] = ['v2', 'v2beta1'];

const hashOf = (keyId: string): string => createHash('sha256').update(keyId).digest('base64url').slice(0, 16);

/** A key for one text: HKDF-Expand of SHA-256, of which one block is enough. */
const keyFor = (seed: Buffer, info: Buffer): Buffer =>
  createHmac('sha256', seed).update(info).update(Buffer.of(1)).digest();

function headerOf({ keyId, ciphertext, annotations }: KmsCiphertext): string {
  const notes = Object.entries(annotations).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = notes.map(([name, value]) => [name, value.toString('base64')]);
  return Buffer.from(JSON.stringify([keyId, ciphertext.toString('base64'), texts])).toString('base64url');
}

function readHeader(header: string): KmsCiphertext {
  const [keyId, ciphertext, notes] = JSON.parse(Buffer.from(header, 'base64url').toString()) as [
    string,
    string,
    [string, string][],
  ];
  return {
    keyId,
    ciphertext: Buffer.from(ciphertext, 'base64'),
    annotations: Object.fromEntries(notes.map(([name, value]) => [name, Buffer.from(value, 'base64')])),
  };
}

function checkKeyId(keyId: string): void {
  if (keyId === '') throw new Error('keyID is empty');
  const size = Buffer.byteLength(keyId);
  if (size > MAX_KEY_ID_BYTES)
    throw new Error(`keyID is ${size} bytes, which exceeds the max size of ${MAX_KEY_ID_BYTES}`);
}

function checkStatus({ version, healthz, keyId }: KmsStatus): void {
  if (healthz !== 'ok') throw new Error(`got unexpected healthz status: ${healthz}`);
  if (!VERSIONS.includes(version)) throw new Error(`expected KMSv2 API version v2, got ${version}`);
  checkKeyId(keyId);
}

function checkSealed({ ciphertext, keyId, annotations }: KmsCiphertext): void {
  checkKeyId(keyId);
  if (ciphertext.length === 0) throw new Error('encrypted DEK source is empty');
  if (ciphertext.length > MAX_CIPHERTEXT_BYTES)
    throw new Error(
      `encrypted DEK source is ${ciphertext.length} bytes, which exceeds the max size of ${MAX_CIPHERTEXT_BYTES}`,
    );
  let size = 0;
  for (const [name, value] of Object.entries(annotations)) size += Buffer.byteLength(name) + value.length;
  if (size > MAX_ANNOTATION_BYTES)
    throw new Error(
      `total size of annotations is ${size}, which exceeds the max size of ${MAX_ANNOTATION_BYTES}`,
    );
}

/**
 * Bodies sealed with keys from a seed, which lies beside each of them as the service encrypted it. The service is asked
 * once for a seed, and once a minute whether it is well and which key it has; with another key comes another seed.
 */
export class KmsEnvelope implements Envelope {
  readonly #options: KmsEnvelopeOptions;
  readonly #now: () => number;
  readonly #seeds = new Map<string, Buffer>();
  readonly #learning = new Map<string, Promise<void>>();
  #state: State | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #last: { readonly until: number; readonly failure: Error | undefined } = { until: 0, failure: undefined };

  constructor(options: KmsEnvelopeOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Asks the service, and goes on asking now and then. A failure is told, and sealing fails until it is over. */
  async start(): Promise<void> {
    const failure = await this.probe();
    if (failure !== undefined) this.#options.onFailure?.(failure);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.start(), failure === undefined ? POLL_MS : POLL_FAILED_MS);
    this.#timer.unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.service.close();
  }

  /** Resolves when the service is well, or was moments ago; rejects with what is wrong. */
  async healthy(): Promise<void> {
    const { failure } = this.#last.until > this.#now() ? this.#last : await this.#ask();
    if (failure !== undefined) throw failure;
  }

  /** Asks once whether the service is well; gives what is wrong. */
  async probe(): Promise<Error | undefined> {
    return (await this.#ask()).failure;
  }

  async #ask() {
    const failure = await this.#check();
    this.#last = { until: this.#now() + (failure === undefined ? WELL_MS : UNWELL_MS), failure };
    return this.#last;
  }

  async #check(): Promise<Error | undefined> {
    const { name, service } = this.#options;
    const until = this.#now() + MAX_USE_MS;
    try {
      const status = await service.status();
      checkStatus(status);
      if (this.#state?.keyId === status.keyId) this.#state.until = until;
      else await this.#rotate(status.keyId, until);
      return undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return new Error(`kmsv2 Provider ${name} is not healthy, error: ${reason}`);
    }
  }

  async #rotate(keyId: string, until: number): Promise<void> {
    const seed = randomBytes(SEED_BYTES);
    const sealed = await this.#options.service.encrypt(seed);
    checkSealed(sealed);
    if (sealed.keyId !== keyId) throw new Error('the service encrypted with another key than it named');
    const header = headerOf(sealed);
    this.#keep(header, seed);
    const isFirst = this.#state === undefined;
    this.#state = { keyId, header, seed, until };
    if (!isFirst) this.#options.onRotate?.();
  }

  #keep(header: string, seed: Buffer): void {
    if (this.#seeds.size >= MAX_SEEDS) {
      const [oldest = ''] = this.#seeds.keys();
      this.#seeds.delete(oldest);
    }
    this.#seeds.set(header, seed);
  }

  mark(): string {
    return this.#state === undefined ? '' : `${hashOf(this.#state.keyId)}:`;
  }

  seal(body: string, context: Buffer): string {
    const state = this.#state;
    if (state === undefined || state.until < this.#now())
      throw new StoreError(
        'unavailable',
        `the key management service ${this.#options.name} did not say for too long that it is well`,
      );
    const info = randomBytes(INFO_BYTES);
    const sealed = aesGcm(keyFor(state.seed, info)).seal(Buffer.from(body), context);
    return `${this.mark()}${state.header}.${Buffer.concat([info, sealed]).toString('base64')}`;
  }

  open(rest: string, context: Buffer): string {
    const { header, data } = parse(rest);
    const seed = this.#seeds.get(header);
    if (seed === undefined) throw new Error('its key is not known');
    const bytes = Buffer.from(data, 'base64');
    const [info, sealed] = [bytes.subarray(0, INFO_BYTES), bytes.subarray(INFO_BYTES)];
    return aesGcm(keyFor(seed, info)).open(sealed, context).toString();
  }

  learn(rest: string): Promise<void> | undefined {
    const { header } = parse(rest);
    if (this.#seeds.has(header)) return undefined;
    let learning = this.#learning.get(header);
    if (learning === undefined) {
      learning = this.#decrypt(header).finally(() => this.#learning.delete(header));
      this.#learning.set(header, learning);
    }
    return learning;
  }

  async #decrypt(header: string): Promise<void> {
    try {
      this.#keep(header, await this.#options.service.decrypt(readHeader(header)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new StoreError('unavailable', `failed to decrypt DEK, error: ${reason}`);
    }
  }
}

/** `HASH:HEADER.DATA` */
function parse(rest: string): { readonly header: string; readonly data: string } {
  const [colon, dot] = [rest.indexOf(':'), rest.indexOf('.')];
  return { header: rest.slice(colon + 1, Math.max(dot, 0)), data: rest.slice(dot + 1) };
}
