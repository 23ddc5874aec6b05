import type { Definition, JsonSchema } from '@gantry/api/apiextensions/v1/definition';

/** Definitions in the shape and size of those that operators bring: deep trees, keyed lists, patterns, rules, prose. */

const prose = (words: number): string =>
  Array.from(
    { length: words },
    (_, index) => ['the', 'field', 'says', 'how', 'objects', 'are', 'made'][index % 7],
  ).join(' ');

const text = (more: JsonSchema = {}): JsonSchema => ({ type: 'string', description: prose(12), ...more });
const object = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  description: prose(20),
  properties,
  ...more,
});
const list = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  description: prose(10),
  items,
  ...more,
});
const keyed = (key: string, items: JsonSchema): JsonSchema =>
  list(
    { ...items, required: [key] },
    { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] },
  );

const quantity: JsonSchema = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  'x-kubernetes-int-or-string': true,
  pattern:
    '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
};
const quantities: JsonSchema = { type: 'object', additionalProperties: quantity };

const selector = (): JsonSchema =>
  object(
    {
      matchLabels: { type: 'object', additionalProperties: { type: 'string' } },
      matchExpressions: list(
        object(
          { key: text(), operator: text(), values: list({ type: 'string' }) },
          { required: ['key', 'operator'] },
        ),
      ),
    },
    { 'x-kubernetes-map-type': 'atomic' },
  );

const container = (): JsonSchema =>
  object({
    name: text(),
    image: text(),
    command: list({ type: 'string' }),
    env: keyed('name', object({ name: text(), value: text() })),
    ports: list(
      object({ containerPort: { type: 'integer', format: 'int32' }, protocol: text({ default: 'TCP' }) }),
    ),
    resources: object({ limits: quantities, requests: quantities }),
    livenessProbe: object({ periodSeconds: { type: 'integer', minimum: 1 }, path: text() }),
  });

const podSpec = (): JsonSchema =>
  object({
    containers: keyed('name', container()),
    initContainers: keyed('name', container()),
    nodeSelector: { type: 'object', additionalProperties: { type: 'string' } },
    affinity: object({
      required: selector(),
      preferred: list(object({ weight: { type: 'integer' }, term: selector() })),
    }),
    tolerations: list(object({ key: text(), effect: text({ enum: ['NoSchedule', 'NoExecute'] }) })),
    volumes: keyed('name', object({ name: text(), secret: object({ secretName: text() }) })),
  });

const conditions = (): JsonSchema =>
  keyed(
    'type',
    object({
      type: text({
        maxLength: 316,
        pattern:
          '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
      }),
      status: text({ enum: ['True', 'False', 'Unknown'] }),
      lastTransitionTime: text({ format: 'date-time' }),
      message: text({ maxLength: 32768 }),
    }),
  );

/** About this many bytes of schema, as templates of pods beside each other. */
function specOf(bytes: number): JsonSchema {
  const properties: Record<string, JsonSchema> = {
    replicas: { type: 'integer', minimum: 0, default: 1 },
    maxReplicas: { type: 'integer', default: 10 },
    selector: selector(),
  };
  const each = JSON.stringify(podSpec()).length;
  for (let size = 0; size < bytes; size += each)
    properties[`template${Object.keys(properties).length}`] = object({ spec: podSpec() });
  return object(properties, {
    'x-kubernetes-validations': [
      { rule: 'self.replicas <= self.maxReplicas', message: 'replicas must not exceed maxReplicas' },
    ],
  });
}

export interface GenerateOptions {
  readonly group?: string;
  readonly bytes?: number;
}

/** A definition of `things{index}`. */
export function generateDefinition(index: number, options: GenerateOptions = {}): Definition {
  const { group = `group${index % 20}.operators.example.com`, bytes = 12_000 } = options;
  const plural = `things${index}`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: `thing${index}`, kind: `Thing${index}`, categories: ['things'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: object({ spec: specOf(bytes), status: object({ conditions: conditions() }) }),
          },
          subresources: { status: {} },
          additionalPrinterColumns: [{ name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas' }],
        },
      ],
    },
  };
}
