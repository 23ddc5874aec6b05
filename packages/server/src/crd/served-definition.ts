import { customKind } from '@gantry/api/apiextensions/v1/custom/custom-kind';
import {
  type Definition,
  type DefinitionVersion,
  isConditionTrue,
} from '@gantry/api/apiextensions/v1/definition';
import { deepEqual } from '@gantry/machinery/json';
import { compareVersions } from '../discovery/version-order.ts';
import type { WebhookClient } from '../outbound/webhook-client.ts';
import type { CustomResources } from '../registry/resource.ts';
import { conversionOf } from './conversion.ts';
import { CustomResource, type SharedParts } from './custom-resource.ts';
import type { DefinitionSource } from './definition-source.ts';
import { formsOf } from './forms.ts';

/** Told to whoever uses a version that its definition calls deprecated. */
function deprecationOf({ spec }: Definition, version: DefinitionVersion): string | undefined {
  if (version.deprecated !== true) return undefined;
  if (version.deprecationWarning !== undefined) return version.deprecationWarning;
  const { kind } = spec.names;
  const text = `${spec.group}/${version.name} ${kind} is deprecated`;
  const [newest] = spec.versions
    .filter(
      ({ served, deprecated, name }) =>
        served && deprecated !== true && compareVersions(name, version.name) < 0,
    )
    .map(({ name }) => name)
    .sort(compareVersions);
  return newest === undefined ? text : `${text}; use ${spec.group}/${newest} ${kind}`;
}

let generations = 0;

/** The resources of a definition whose names were accepted; undefined when nothing is served. */
export function resourcesOf(source: DefinitionSource, client: WebhookClient): CustomResources | undefined {
  const { definition } = source;
  const { spec, status } = definition;
  const names = status?.acceptedNames;
  const storage = spec.versions.find((version) => version.storage);
  if (!isServed(definition) || !names?.plural || !names.kind || storage === undefined) return undefined;
  const kindOf = (version: DefinitionVersion) =>
    customKind(definition, version, () => source.schema(version.name));
  const storageKind = kindOf(storage);
  const versions = new Map(spec.versions.map(({ name }) => [`${spec.group}/${name}`, name]));
  const parts: SharedParts = {
    storageKind,
    conversion: conversionOf(definition, client),
    schemaOf(apiVersion) {
      const version = versions.get(apiVersion);
      return version === undefined || spec.preserveUnknownFields === true
        ? undefined
        : source.schema(version);
    },
    tag: `#${++generations}`,
    terminating: isConditionTrue(definition, 'Terminating'),
    hidden: !isConditionTrue(definition, 'Established'),
  };
  const make = (version: DefinitionVersion): CustomResource =>
    new CustomResource(
      version === storage ? storageKind : kindOf(version),
      parts,
      deprecationOf(definition, version),
    );
  const served = spec.versions.filter((version) => version.served).map(make);
  const forms = formsOf(served, parts);
  if (forms !== undefined) for (const resource of served) resource.forms = forms;
  const stored = served.find(({ kind }) => kind === storageKind) ?? make(storage);
  return { served, stored };
}

/** Requests are answered from the moment the names are accepted. */
const isServed = (definition: Definition): boolean =>
  isConditionTrue(definition, 'NamesAccepted') || isConditionTrue(definition, 'Established');

/** What a change of a definition means to those who use it. */
export type Difference = 'none' | 'conditions' | 'content';

/** `content`: watches end, since objects look different from now on. */
export function differenceOf(before: Definition, now: Definition): Difference {
  if (before.metadata.uid !== now.metadata.uid) return 'content';
  if (!deepEqual(before.spec, now.spec)) return 'content';
  if (!deepEqual(before.status?.acceptedNames, now.status?.acceptedNames)) return 'content';
  const conditions = ['NamesAccepted', 'Established', 'Terminating'];
  return conditions.every((type) => isConditionTrue(before, type) === isConditionTrue(now, type))
    ? 'none'
    : 'conditions';
}
