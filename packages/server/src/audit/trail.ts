import { gunzipSync } from 'node:zlib';
import { isObject } from '@gantry/machinery/json';
import type { Status } from '@gantry/machinery/status';
import type { Impersonated } from '../auth/authentication/impersonation-modes.ts';
import { mediaTypeOf, parseBody } from '../http/body.ts';
import { type ApiResponse, wholeBody } from '../http/response.ts';
import type { Decision, RequestAttributes } from '../request.ts';
import { AuditEvent, type AuditSubject, type ObjectFacts } from './event.ts';
import type { AuditConfig, AuditStage } from './policy.ts';

/** Where events go. A promise: whoever waits for it gets no answer before the event is written. */
export type Emit = (event: AuditEvent) => Promise<void> | undefined;

const MAX_ANNOTATIONS = 256;
/** Subresources whose answer may take as long as the client stays. */
const LONG_RUNNING = new Set(['attach', 'exec', 'log', 'portforward', 'proxy']);
/** How bodies that can't be read are answered. */
const UNREADABLE = new Set([400, 413, 415]);
/** What a create answers with a Status. */
const STATUS_OF = new Set(['binding', 'bindings', 'eviction']);

const isLongRunning = ({ verb, subresource }: RequestAttributes): boolean =>
  verb === 'watch' || verb === 'proxy' || LONG_RUNNING.has(subresource);

function withoutManagedFields(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (isObject(value.metadata)) delete value.metadata.managedFields;
  if (Array.isArray(value.items)) for (const item of value.items) withoutManagedFields(item);
  if (Array.isArray(value.rows))
    for (const row of value.rows) if (isObject(row)) withoutManagedFields(row.object);
  return value;
}

/** What is kept of a Status: all but its own kind. Undefined for another object. */
function statusJson(body: string, code: number): string | undefined {
  const { kind, status, message, reason, details } = JSON.parse(body) as Record<string, unknown>;
  if (kind !== 'Status') return undefined;
  return JSON.stringify({ metadata: {}, status, message, reason, details, code });
}

/** The record of one request, from the policy's decision to its end. Does nothing twice. */
export class AuditTrail {
  readonly #subject: AuditSubject;
  readonly #config: AuditConfig;
  readonly #emit: Emit;
  #annotations: Record<string, string> | undefined;
  #count = 0;
  #impersonated: Impersonated | undefined;
  #object: ObjectFacts | undefined;
  #body: Buffer | undefined;
  #bodyType = '';
  #decodes = false;
  #decoded: string | undefined;
  #code = 0;
  #status = '';
  #response = '';
  #started = false;
  #ended = false;
  /** Set while a backend that the request must wait for is at work. */
  pending: Promise<unknown> | undefined;

  constructor(subject: AuditSubject, config: AuditConfig, emit: Emit) {
    this.#subject = subject;
    this.#config = config;
    this.#emit = emit;
  }

  /** The first value of a key stays. With a level, only if that much is recorded. */
  annotate(key: string, value: string, level?: 'Request'): void {
    if (level !== undefined && this.#config.level === 'Metadata') return;
    this.#annotations ??= {};
    if (Object.hasOwn(this.#annotations, key) || this.#count >= MAX_ANNOTATIONS) return;
    this.#annotations[key] = value;
    this.#count++;
  }

  /** What authorization said; the first decision is that of the request itself. */
  decided({ allowed, reason, error }: Decision): void {
    if (!allowed && error !== undefined) {
      this.annotate('authorization.k8s.io/reason', 'internal error');
      return;
    }
    this.annotate('authorization.k8s.io/decision', allowed ? 'allow' : 'forbid');
    this.annotate('authorization.k8s.io/reason', reason);
  }

  impersonated(other: Impersonated): void {
    this.#impersonated = other;
  }

  /** The body is an object: what is recorded of it is what decoding makes of it, or nothing. */
  decoding(): void {
    this.#decodes = true;
  }

  /** The object that the client sent, with its defaults: a create names it in its body alone. */
  decoded(value: unknown): void {
    if (!isObject(value) || !isObject(value.metadata)) return;
    if (this.#config.level !== 'Metadata') this.#decoded ??= this.#objectText(value);
    const { namespace, name, uid, resourceVersion } = value.metadata;
    this.#object = {
      ...(typeof namespace === 'string' ? { namespace } : {}),
      ...(typeof name === 'string' ? { name } : {}),
      ...(typeof uid === 'string' ? { uid } : {}),
      ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}),
    };
  }

  /** A reader of the body that keeps it, when the policy wants it. */
  keeping(read: () => Promise<Buffer>, contentType: string | undefined): () => Promise<Buffer> {
    if (this.#config.level === 'Metadata') return read;
    this.#bodyType = contentType ?? '';
    return async () => {
      this.#body = await read();
      return this.#body;
    };
  }

  received(): void {
    this.#send('RequestReceived', this.#subject.received);
  }

  /** The headers of a long answer go out. */
  started(code: number): void {
    if (this.#started || this.#ended) return;
    this.#started = true;
    this.#code = code;
    this.#status ||= `{"metadata":{},"code":${code}}`;
    this.#send('ResponseStarted', Date.now());
  }

  /** What is answered. A stream goes on: `ended` tells of its end. */
  answered(answer: ApiResponse): void {
    const type = mediaTypeOf(String(answer.headers['content-type'] ?? ''));
    this.#code = answer.status;
    this.#status = `{"metadata":{},"code":${answer.status}}`;
    if (answer.stream === undefined && type === 'application/json' && this.#mayBeStatus(answer.status))
      this.#status = this.#statusOf(answer);
    if (answer.stream !== undefined) {
      this.started(answer.status);
      return;
    }
    if (this.#config.level === 'RequestResponse') this.#response = this.#text(plain(answer), type);
    if (isLongRunning(this.#subject.attributes)) this.started(answer.status);
    this.ended();
  }

  /** Whatever handled the request broke. */
  panicked(error: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#code = 500;
    const message = `APIServer panic'd: ${error instanceof Error ? error.message : String(error)}`;
    this.#status = JSON.stringify({
      metadata: {},
      status: 'Failure',
      message,
      reason: 'InternalError',
      code: 500,
    });
    this.#send('Panic', Date.now());
  }

  /** A credential was wrong: the only event of its request. `answer` is what the client is told. */
  refused(answer: Status): void {
    const { metadata, status, message, reason, details, code = 401 } = answer;
    this.#status = JSON.stringify({ metadata, status, message, reason, details, code });
    if (this.#config.level === 'RequestResponse') this.#response = JSON.stringify(answer);
    this.started(code);
    this.#ended = true;
  }

  ended(): void {
    if (this.#ended) return;
    if (this.#status === '') {
      this.#code = 200;
      this.#status = '{"metadata":{},"status":"Success","message":"Connection closed early","code":200}';
    }
    this.#ended = true;
    this.#send('ResponseComplete', Date.now());
  }

  /** A failure is told by a Status, and so is most of what is deleted, bound or evicted. */
  #mayBeStatus(code: number): boolean {
    const { verb, resource, subresource } = this.#subject.attributes;
    return code >= 400 || verb.startsWith('delete') || STATUS_OF.has(subresource || resource);
  }

  #statusOf(answer: ApiResponse): string {
    try {
      return statusJson(plain(answer).toString(), answer.status) ?? this.#status;
    } catch {
      return this.#status;
    }
  }

  /** A body as JSON text; '' when it is none. */
  #text(bytes: Buffer, type: string): string {
    try {
      const { value } = parseBody(bytes, type);
      return value === undefined ? '' : this.#objectText(value, true);
    } catch {
      return '';
    }
  }

  #objectText(value: unknown, mayChange = false): string {
    if (!this.#config.omitManagedFields) return JSON.stringify(value);
    return JSON.stringify(withoutManagedFields(mayChange ? value : structuredClone(value)));
  }

  /** Patches come under types of their own; all are JSON or YAML. */
  #request(): string {
    // What was refused before it came to be decoded is told as it was sent.
    if (this.#decoded !== undefined) return this.#decoded;
    if (this.#decodes && UNREADABLE.has(this.#code)) return '';
    if (this.#body === undefined || this.#body.length === 0) return '';
    const type = mediaTypeOf(this.#bodyType);
    return this.#text(
      this.#body,
      type.endsWith('yaml') ? 'application/yaml' : type.endsWith('json') ? '' : type,
    );
  }

  #send(stage: AuditStage, time: number): void {
    if (this.#config.omit.has(stage)) return;
    const waiting = this.#emit(
      new AuditEvent({
        subject: this.#subject,
        level: this.#config.level,
        stage,
        time,
        impersonated: this.#impersonated?.user,
        constraint: this.#impersonated?.constraint ?? '',
        object: this.#object,
        code: this.#code,
        responseStatus: this.#status,
        requestObject: stage === 'RequestReceived' ? '' : this.#request(),
        responseObject: this.#response,
        annotations: this.#annotations === undefined ? undefined : { ...this.#annotations },
      }),
    );
    if (waiting === undefined) return;
    this.pending = this.pending?.then(() => waiting) ?? waiting;
    // Not everybody waits, and what nobody waits for must not end the process.
    this.pending.catch(() => undefined);
  }
}

function plain(answer: ApiResponse): Buffer {
  const body = wholeBody(answer);
  return answer.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}
