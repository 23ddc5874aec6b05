import type { AnyObject } from '@gantry/machinery/object';
import type { Entry } from '../cache/entry.ts';
import type { ApiResource } from '../registry/resource.ts';
import { bookmarkMetadata, type ListProjection } from './list-projection.ts';
import { envelopeHead } from './protobuf/envelope.ts';
import { KindForm, listParts, protobufFraming } from './protobuf/forms.ts';
import { type MessageType, messageNamed, messageOfKind } from './protobuf/message-table.ts';

interface BinaryForm {
  readonly key: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly type: MessageType;
  /** Under this name an entry keeps its message. */
  readonly variant: string;
  value(entry: Entry): unknown;
}

function binary({ key, apiVersion, kind, type, variant, value }: BinaryForm): ListProjection {
  const form = new KindForm(apiVersion, kind, type);
  const listHead = envelopeHead(apiVersion, `${kind}List`);
  return {
    key,
    framing: protobufFraming,
    separator: undefined,
    ages: false,
    object: (entry) => form.of(entry, variant, value),
    item: (entry) => form.item(entry, variant, value),
    wrap: (metadata, items) => listParts(listHead, metadata, items),
    bookmark: (revision, end) => form.object({ metadata: bookmarkMetadata(revision, end) }),
  };
}

/** Objects of a built-in kind as messages. Negotiation sees to it that the kind has one. */
export function fullProtobuf(resource: ApiResource): ListProjection {
  const { apiVersion } = resource;
  const { kind } = resource.kind;
  const type = messageOfKind(apiVersion, kind);
  if (type === undefined) throw new Error(`${apiVersion} ${kind} has no binary form`);
  const key = `${apiVersion}/full/protobuf`;
  const value = (entry: Entry): AnyObject => resource.view(entry);
  return binary({ key, apiVersion, kind, type, variant: key, value });
}

/** Metadata of any kind, custom ones too. `version` as `meta.k8s.io/v1`. */
export const metadataProtobuf = (resource: ApiResource, version: string): ListProjection =>
  binary({
    key: `${resource.apiVersion}/metadata/${version}/protobuf`,
    apiVersion: version,
    kind: 'PartialObjectMetadata',
    type: messageNamed('meta.v1.PartialObjectMetadata'),
    variant: 'partial/protobuf',
    value: ({ object: { metadata } }) => ({ metadata }),
  });
