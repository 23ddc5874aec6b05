interface Either {
  /** JSON value → the message's fields. */
  split(value: unknown): Readonly<Record<string, unknown>>;
  join(fields: Readonly<Record<string, unknown>>): unknown;
}

const schemaOrList: Either = {
  split: (value) => (Array.isArray(value) ? { list: value } : { schema: value }),
  join: ({ list, schema }) => schema ?? list ?? [],
};

const schemaOrBool: Either = {
  split: (value) => (typeof value === 'boolean' ? { allows: value } : { allows: true, schema: value }),
  join: ({ allows, schema }) => schema ?? allows === true,
};

/** Messages of JSON schemas that are one of two things in JSON, by name. */
const EITHER: Readonly<Record<string, Either>> = {
  'apiextensions.v1.JSONSchemaPropsOrArray': schemaOrList,
  'apiextensions.v1.JSONSchemaPropsOrStringArray': schemaOrList,
  'apiextensions.v1.JSONSchemaPropsOrBool': schemaOrBool,
};

export const either = (message: string): Either | undefined => EITHER[message];
