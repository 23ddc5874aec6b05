import { randomUUID } from 'node:crypto';
import { internal, type Status } from '@gantry/machinery/status';
import type { AuditEvent, AuditSubject } from './event.ts';
import { auditCounts } from './instruments.ts';
import type { PolicyEvaluator } from './policy.ts';
import type { AuditSink } from './sink.ts';
import { AuditTrail } from './trail.ts';

/** Records requests as the policy wants, into every sink. */
export class Auditor {
  readonly #evaluate: PolicyEvaluator;
  readonly #sinks: readonly AuditSink[];

  constructor(evaluate: PolicyEvaluator, sinks: readonly AuditSink[]) {
    this.#evaluate = evaluate;
    this.#sinks = sinks;
  }

  /**
   * The trail of a request; undefined when nothing of it is recorded. Throws InternalError when a strict sink could not keep
   * its first event.
   */
  begin(subject: AuditSubject): AuditTrail | undefined {
    const config = this.#evaluate(subject.user, subject.attributes);
    auditCounts.levels.with(config?.level ?? 'None').add();
    if (config === undefined) return undefined;
    const trail = new AuditTrail(subject, config, (event) => this.#emit(event));
    trail.received();
    return trail;
  }

  /** A request whose credential was wrong. */
  refused(subject: AuditSubject, answer: Status): void {
    this.begin(subject)?.refused(answer);
  }

  async close(): Promise<void> {
    await Promise.all(this.#sinks.map((sink) => sink.close()));
  }

  #emit(event: AuditEvent): Promise<void> | undefined {
    auditCounts.events.add();
    let waiting: Promise<unknown>[] | undefined;
    for (const sink of this.#sinks) {
      try {
        const answer = sink.accept(event);
        if (answer !== undefined) {
          waiting ??= [];
          waiting.push(answer);
        }
      } catch {
        this.#refuse(event);
      }
    }
    if (waiting === undefined) return undefined;
    return Promise.all(waiting).then(
      () => undefined,
      () => this.#refuse(event),
    );
  }

  /** Only before a request ran can it still be refused. */
  #refuse(event: AuditEvent): void {
    if (event.parts.stage !== 'RequestReceived') return;
    auditCounts.rejected.add();
    throw internal('failed to store audit event');
  }
}

/** The audit id of a request that brings none. */
export const newAuditId = (): string => randomUUID();
