import type { RequestAttributes, UserInfo } from '../request.ts';
import type { AuditStage } from './policy.ts';

const MAX_AGENT = 1024;
const users = new WeakMap<UserInfo, string>();
const quote = (text: string): string => JSON.stringify(text);

/** `UserInfo` as JSON. Authenticators hand out the same object for the same credential, so it is made once. */
function userJson(user: UserInfo): string {
  let text = users.get(user);
  if (text === undefined) {
    const { name, uid, groups, extra } = user;
    text = JSON.stringify({
      username: name,
      ...(uid === undefined ? {} : { uid }),
      ...(groups.length === 0 ? {} : { groups }),
      ...(extra === undefined || Object.keys(extra).length === 0 ? {} : { extra }),
    });
    users.set(user, text);
  }
  return text;
}

const pair = (key: string, value: string | undefined): string =>
  value === undefined || value === '' ? '' : `,"${key}":${quote(value)}`;

/** What audit policies, logs and queries know of a request, before it is answered. */
export interface AuditSubject {
  readonly auditId: string;
  /** Path and query, as sent. */
  readonly uri: string;
  readonly userAgent: string;
  readonly sourceIps: readonly string[];
  /** Who was authenticated, before impersonation; undefined when nobody was. */
  readonly user: UserInfo | undefined;
  readonly attributes: RequestAttributes;
  /** Epoch milliseconds. */
  readonly received: number;
}

/** What an object says of itself, for a request that did not name it. */
export interface ObjectFacts {
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export interface EventParts {
  readonly subject: AuditSubject;
  readonly level: string;
  readonly stage: AuditStage;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly impersonated: UserInfo | undefined;
  /** The verb that allowed it; '' = the old one. */
  readonly constraint: string;
  readonly object: ObjectFacts | undefined;
  /** Code of the answer; 0 = none yet. */
  readonly code: number;
  /** JSON of `responseStatus`; '' = none. */
  readonly responseStatus: string;
  /** JSON texts; '' = not recorded. */
  readonly requestObject: string;
  readonly responseObject: string;
  readonly annotations: Readonly<Record<string, string>> | undefined;
}

const microTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}000Z`;

function objectRef({ attributes }: AuditSubject, object: ObjectFacts | undefined): string {
  if (!attributes.isResourceRequest) return '';
  const { resource, namespace, name, group, version, subresource } = attributes;
  const fields =
    pair('resource', resource) +
    pair('namespace', namespace || object?.namespace) +
    pair('name', name || object?.name) +
    pair('uid', object?.uid) +
    pair('apiGroup', group) +
    pair('apiVersion', version) +
    pair('resourceVersion', object?.resourceVersion) +
    pair('subresource', subresource);
  return `,"objectRef":{${fields.slice(1)}}`;
}

function agentOf(text: string): string {
  return text.length > MAX_AGENT ? `${text.slice(0, MAX_AGENT)}...TRUNCATED` : text;
}

const KIND = '"kind":"Event","apiVersion":"audit.k8s.io/v1",';

/** An event as an item of a list, which tells the kind for all. */
export const withoutKind = (json: string): string => json.replace(KIND, '');

/** An event of a stage: its JSON, and what queries filter on. */
export class AuditEvent {
  readonly parts: EventParts;
  #json: string | undefined;

  constructor(parts: EventParts) {
    this.parts = parts;
  }

  /** `Event` of audit.k8s.io/v1 on one line, without the newline. */
  get json(): string {
    this.#json ??= this.#write(this.parts.requestObject, this.parts.responseObject, this.parts.annotations);
    return this.#json;
  }

  /** The event in at most so many characters: without its objects when it is longer, undefined when even that is. */
  within(max: number): string | undefined {
    if (this.json.length <= max) return this.json;
    const { requestObject, responseObject, annotations } = this.parts;
    if (requestObject === '' && responseObject === '') return undefined;
    const text = this.#write('', '', { ...annotations, 'audit.k8s.io/truncated': 'true' });
    return text.length <= max ? text : undefined;
  }

  #write(request: string, response: string, annotations: EventParts['annotations']): string {
    const { subject, level, stage, time, impersonated, constraint, object, responseStatus } = this.parts;
    const { auditId, uri, user, sourceIps, attributes, received, userAgent } = subject;
    return (
      `{${KIND}"level":"${level}","auditID":${quote(auditId)},"stage":"${stage}"` +
      `,"requestURI":${quote(uri)},"verb":${quote(attributes.verb)},"user":${user === undefined ? '{}' : userJson(user)}` +
      (impersonated === undefined ? '' : `,"impersonatedUser":${userJson(impersonated)}`) +
      (constraint === ''
        ? ''
        : `,"authenticationMetadata":{"impersonationConstraint":${quote(constraint)}}`) +
      (sourceIps.length === 0 ? '' : `,"sourceIPs":${JSON.stringify(sourceIps)}`) +
      pair('userAgent', agentOf(userAgent)) +
      objectRef(subject, object) +
      (responseStatus === '' ? '' : `,"responseStatus":${responseStatus}`) +
      (request === '' ? '' : `,"requestObject":${request}`) +
      (response === '' ? '' : `,"responseObject":${response}`) +
      `,"requestReceivedTimestamp":"${microTime(received)}","stageTimestamp":"${microTime(time)}"` +
      (annotations === undefined ? '}' : `,"annotations":${JSON.stringify(annotations)}}`)
    );
  }

  /** One line in the original's legacy log format. */
  get legacyLine(): string {
    const { subject, stage, impersonated, object, code } = this.parts;
    const { user, attributes, sourceIps } = subject;
    const list = (groups: readonly string[]): string => groups.map(quote).join(',');
    const groups = user === undefined || user.groups.length === 0 ? '<none>' : list(user.groups);
    const asGroups = impersonated === undefined ? '<lookup>' : list(impersonated.groups);
    const namespace = attributes.namespace || object?.namespace || '<none>';
    return (
      `${new Date(subject.received).toISOString()} AUDIT: id=${quote(subject.auditId)} stage=${quote(stage)}` +
      ` ip=${quote(sourceIps[0] ?? '<unknown>')} method=${quote(attributes.verb)} user=${quote(user?.name ?? '<none>')}` +
      ` groups=${quote(groups)} as=${quote(impersonated?.name ?? '<self>')} asgroups=${quote(asGroups)}` +
      ` user-agent=${quote(agentOf(subject.userAgent))} namespace=${quote(namespace)} uri=${quote(subject.uri)}` +
      ` response="${code === 0 ? '<deferred>' : code}"`
    );
  }
}
