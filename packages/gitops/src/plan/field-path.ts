/**
 * `spec.template.spec.containers[0].env[2].name`, `metadata.labels[app.kubernetes.io/name]` → its steps. Text in
 * brackets that is no number is one key.
 */
export function parseFieldPath(field: string): (string | number)[] {
  const steps: (string | number)[] = [];
  const shape = /([^.[\]]+)|\[([^\]]*)\]/g;
  for (const match of field.matchAll(shape)) {
    if (match[1] !== undefined) steps.push(match[1]);
    else if (match[2] !== undefined)
      steps.push(/^\d+$/.test(match[2]) ? Number(match[2]) : match[2].replace(/^"|"$/g, ''));
  }
  return steps;
}

const STRICT = /(unknown|duplicate) field "([^"]+)"/g;
const GO_FIELD = /json: cannot unmarshal .* into Go (?:struct field \w+\.|value of type )([\w.[\]]*) of type/;

/** `failed to create typed patch object (shop/a; example.com/v1, Kind=Widget): .spec.size: expected …`, one or several. */
const UNFIT = /^failed to create typed patch object \([^)]*\): (?:errors:\s*)?(?=\.)/;

/** Fields that a decoding error names in its text, where a Status carries no causes. */
export function fieldsInMessage(message: string): { field: string; reason: string }[] {
  const strict = [...message.matchAll(STRICT)].map((match) => ({
    field: match[2] ?? '',
    reason: `${match[1]} field ${JSON.stringify(match[2])}`,
  }));
  if (strict.length > 0) return strict;
  if (UNFIT.test(message)) return unfitFields(message.replace(UNFIT, ''));
  const typed = GO_FIELD.exec(message);
  return typed?.[1] === undefined ? [] : [{ field: typed[1], reason: message.replace(/^.*?json: /, '') }];
}

function unfitFields(text: string): { field: string; reason: string }[] {
  return text.split('\n').flatMap((line) => {
    const [, field, reason] = /^\s*\.(\S+?): (.*)$/.exec(line) ?? [];
    return field === undefined || reason === undefined ? [] : [{ field, reason }];
  });
}
