/**
 * Replaces `$(NAME)` by its value; `$$` is a dollar sign that starts nothing, and a name without a value stays as it
 * is written. https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char !== '$' || at + 1 >= text.length) {
      result += char;
      continue;
    }
    const next = text.charAt(at + 1);
    const end = next === '(' ? text.indexOf(')', at + 2) : -1;
    if (end >= 0) {
      const name = text.slice(at + 2, end);
      result += lookup(name) ?? `$(${name})`;
      at = end;
    } else if (next === '$') {
      result += '$';
      at++;
    } else {
      result += `$${next}`;
      at++;
    }
  }
  return result;
}
