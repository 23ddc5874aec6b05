const ROOTS = 'served, but described in no document: clients have these types built in';

const STORED_AS_V1 = 'stored as v1, where the original keeps v1beta1: only the storageVersionHash differs';

/**
 * What of the GA API is not served, and why. The conformance tests fail for any other difference, and for a line here
 * that no longer differs. Keys begin with what is compared: `resource`, `operation`, `parameter`, `schema`; a
 * schema stands for its fields too.
 */
export const leftOut: Readonly<Record<string, string>> = {
  'resource admissionregistration.k8s.io/v1 mutatingadmissionpolicies': STORED_AS_V1,
  'resource admissionregistration.k8s.io/v1 mutatingadmissionpolicybindings': STORED_AS_V1,
  'resource apiextensions.k8s.io/v1 customresourcedefinitions': STORED_AS_V1,
  'parameter shardSelector': 'sharded lists are alpha',
  'schema io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup': ROOTS,
  'schema io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList': ROOTS,
  'schema io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions': ROOTS,
  'schema io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery': ROOTS,
  'schema io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR': ROOTS,
  'schema io.k8s.apimachinery.pkg.version.Info': ROOTS,
  'schema io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource':
    'only storagemigration.k8s.io, a beta group, uses it',
};
