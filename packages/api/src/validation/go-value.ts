/**
 * The original prints some values by its internal types, which have no JSON names: fields as they are called in Go, absent
 * ones as null, in the order of their declaration. `names`: JSON name to Go name.
 */
export function goValue(
  value: object | undefined,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(names).map(([name, goName]) => [goName, fields[name] ?? null]));
}

/** As goValue, of texts alone: an absent one is empty. */
export function goTexts(
  value: object | undefined,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(names).map(([name, goName]) => [goName, fields[name] ?? '']));
}

/** A map in the order in which Go writes it; null for none. */
export function sortedMap<T>(map: Readonly<Record<string, T>> | undefined): Record<string, T> | null {
  if (map === undefined) return null;
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A label selector in the order in which the original writes its fields. */
export function orderedSelector(selector: {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key?: string;
    readonly operator?: string;
    readonly values?: readonly string[];
  }[];
}): object {
  const { matchLabels, matchExpressions } = selector;
  return {
    ...(matchLabels === undefined ? {} : { matchLabels: sortedMap(matchLabels) }),
    ...(matchExpressions === undefined
      ? {}
      : {
          matchExpressions: matchExpressions.map(({ key = '', operator = '', values }) => ({
            key,
            operator,
            ...(values === undefined ? {} : { values }),
          })),
        }),
  };
}

/** The strategy of a Deployment or a DaemonSet. */
export function rollingInGo(
  strategy: { readonly type?: string; readonly rollingUpdate?: object } | undefined,
): object {
  const rolling = strategy?.rollingUpdate;
  return {
    Type: strategy?.type ?? '',
    RollingUpdate:
      rolling === undefined
        ? null
        : goValue(rolling, { maxUnavailable: 'MaxUnavailable', maxSurge: 'MaxSurge' }),
  };
}
