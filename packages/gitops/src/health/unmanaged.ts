/** Kinds that need somebody to act on them, and whom this version does not bring. */
const WITHOUT_CONTROLLER: Readonly<Record<string, string>> = {
  'networking.k8s.io/Ingress': 'no ingress controller runs here: it is stored, but no traffic follows it',
  'networking.k8s.io/IngressClass': 'no ingress controller runs here',
  'networking.k8s.io/NetworkPolicy':
    'no network policy controller runs here: traffic is not restricted by it',
  'autoscaling/HorizontalPodAutoscaler': 'no metrics are collected here yet: it will not scale anything',
  'resource.k8s.io/ResourceClaim': 'no device drivers run here: no devices are given to it',
  'resource.k8s.io/ResourceClaimTemplate': 'no device drivers run here',
  'resource.k8s.io/DeviceClass': 'no device drivers run here',
  'storage.k8s.io/CSIDriver': 'CSI drivers are not run here',
  'storage.k8s.io/VolumeAttachment': 'CSI drivers are not run here',
};

/** Why nothing reconciles objects of this kind, in words for the plan; undefined when something does. */
export function whyUnmanaged(apiVersion: string, kind: string): string | undefined {
  return WITHOUT_CONTROLLER[`${apiVersion.split('/')[0]}/${kind}`];
}
