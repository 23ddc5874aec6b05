const PATTERN = /^v(\d+)(?:(alpha|beta)(\d+))?$/;
const STAGES: Readonly<Record<string, number>> = { alpha: 0, beta: 1 };

/** Order of versions, preferred first: v2, v1, v1beta1, v1alpha1, then all other names in the order of the alphabet. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [PATTERN.exec(a), PATTERN.exec(b)];
  if (left === null || right === null) {
    if (left !== null) return -1;
    if (right !== null) return 1;
    return a < b ? -1 : a === b ? 0 : 1;
  }
  return rank(right) - rank(left);
}

function rank([, major = '0', stage, minor = '0']: RegExpExecArray): number {
  return (stage === undefined ? 2 : (STAGES[stage] ?? 0)) * 1e12 + Number(major) * 1e6 + Number(minor);
}
