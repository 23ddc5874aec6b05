type Labels = Readonly<Record<string, string>>;

/** Keys that differ between two sets of labels. */
export const modifiedLabels = (a: Labels, b: Labels): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]);

const RESTRICTED = 'node-restriction.kubernetes.io';

/** What a kubelet may say of itself within the reserved domains. */
const NODE_LABELS = new Set([
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'node.kubernetes.io/instance-type',
  'node.kubernetes.io/windows-build',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
]);
const NODE_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io'];

const within = (domain: string, parent: string): boolean =>
  domain === parent || domain.endsWith(`.${parent}`);

/** Of these keys, those that a node may not set on itself: pods are kept apart by them. */
export function forbiddenNodeLabels(keys: readonly string[]): string[] {
  return keys
    .filter((key) => {
      const slash = key.indexOf('/');
      const domain = slash < 0 ? '' : key.slice(0, slash);
      if (within(domain, RESTRICTED)) return true;
      const reserved = within(domain, 'kubernetes.io') || within(domain, 'k8s.io');
      return reserved && !NODE_LABELS.has(key) && !NODE_DOMAINS.some((own) => within(domain, own));
    })
    .sort();
}
