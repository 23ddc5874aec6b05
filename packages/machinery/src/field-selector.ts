export interface FieldTerm {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/** Terms that must all hold; the empty list matches everything. */
export type FieldSelector = readonly FieldTerm[];

/** Terms that are read at most. */
const MAX_TERMS = 100;

/** A literal as the value of a field selector. */
export function escapeFieldValue(value: string): string {
  return value.replace(/[\\,=]/g, '\\$&');
}

function unescapeFieldValue(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') {
      const next = text.charAt(++i);
      if (next !== '\\' && next !== ',' && next !== '=') {
        throw new Error(`invalid field selector: invalid escape sequence: \\${next}`);
      }
      out += next;
    } else if (char === ',' || char === '=') {
      throw new Error(`invalid field selector: unescaped character in value: ${char.charCodeAt(0)}`);
    } else {
      out += char;
    }
  }
  return out;
}

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') i++;
    else if (char === ',') {
      terms.push(text.slice(start, i));
      start = i + 1;
    }
  }
  terms.push(text.slice(start));
  return terms.filter((term) => term !== '').sort();
}

/** Parses the text of `?fieldSelector=`: `metadata.name=a,status.phase!=Running`. Throws Error with the original's text. */
export function parseFieldSelector(text: string): FieldSelector {
  const terms = splitTerms(text);
  if (terms.length > MAX_TERMS) throw new Error(`invalid selector: more than ${MAX_TERMS} terms`);
  return terms.map((term) => {
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
    if (match === null) throw new Error(`invalid selector: '${text}'; can't understand '${term}'`);
    const [, field = '', operator = '', value = ''] = match;
    return { field, operator: operator === '!=' ? '!=' : '=', value: unescapeFieldValue(value) };
  });
}

/** Matches against the selectable fields of an object by path; an absent field is the empty string. */
export function matchesFields(selector: FieldSelector, fields: Readonly<Record<string, string>>): boolean {
  return selector.every(({ field, operator, value }) => {
    const own = Object.hasOwn(fields, field) ? (fields[field] ?? '') : '';
    return (own === value) === (operator === '=');
  });
}

/** Text that parses to the same selector. */
export function formatFieldSelector(selector: FieldSelector): string {
  return selector
    .map(({ field, operator, value }) => `${field}${operator}${escapeFieldValue(value)}`)
    .join(',');
}

/** The value that one field must have, if the selector says so: lets a list read one object or one node's pods. */
export function requiredFieldValue(selector: FieldSelector, field: string): string | undefined {
  return selector.find((term) => term.field === field && term.operator === '=')?.value;
}
