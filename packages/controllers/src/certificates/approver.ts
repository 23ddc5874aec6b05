import type { CertificateSigningRequest } from '@gantry/api/generated/types';
import { mayDo } from '@gantry/client/access-review';
import type { Client } from '@gantry/client/port';
import { certificateSigningRequests } from '@gantry/client/resources';
import { timestamp } from '@gantry/runtime/clock';
import { input } from '@gantry/runtime/input';
import type { Controller } from '@gantry/runtime/port';
import { DONE } from '../shared/outcomes.ts';
import { hasCondition, KUBELET_CLIENT, kubeletClientFault, requestOf } from './request.ts';

interface Recognition {
  /** Subresource of certificatesigningrequests that the requestor must be allowed to create. */
  readonly right: 'selfnodeclient' | 'nodeclient';
  readonly message: string;
}

/** The kinds of request that are approved without a person. */
function recognize(csr: CertificateSigningRequest): readonly Recognition[] {
  const { signerName, usages = [], username = '' } = csr.spec;
  if (signerName !== KUBELET_CLIENT) return [];
  const request = requestOf(csr);
  if (kubeletClientFault(request, usages) !== undefined) return [];
  const any: Recognition = {
    right: 'nodeclient',
    message: 'Auto approving kubelet client certificate after SubjectAccessReview.',
  };
  return username === request.commonName
    ? [
        {
          right: 'selfnodeclient',
          message: 'Auto approving self kubelet client certificate after SubjectAccessReview.',
        },
        any,
      ]
    : [any];
}

function isAllowed(
  client: Client,
  { spec }: CertificateSigningRequest,
  subresource: string,
): Promise<boolean> {
  const { username: user, uid, groups, extra } = spec;
  const resource = { group: 'certificates.k8s.io', resource: 'certificatesigningrequests', version: '*' };
  return mayDo(client, { user, uid, groups, extra }, { ...resource, verb: 'create', subresource });
}

/** Approves the client certificates of kubelets whose requestor may ask for one. */
export const certificateApprovingController = (): Controller => ({
  name: 'certificatesigningrequest-approving-controller',
  inputs: [input<CertificateSigningRequest>(certificateSigningRequests)],
  outputs: [{ resource: certificateSigningRequests, verbs: ['update'], subresource: 'approval' }],
  async reconcile(key, { client, informers, clock }) {
    const csr = informers.informer(certificateSigningRequests).get('', key);
    if (csr === undefined || csr.status?.certificate) return DONE;
    if (hasCondition(csr, 'Approved') || hasCondition(csr, 'Denied')) return DONE;
    for (const { right, message } of recognize(csr)) {
      if (!(await isAllowed(client, csr, right))) continue;
      const now = timestamp(clock.now());
      const condition = {
        ...{ type: 'Approved', status: 'True', reason: 'AutoApproved', message },
        ...{ lastUpdateTime: now, lastTransitionTime: now },
      };
      const conditions = [...(csr.status?.conditions ?? []), condition];
      await client.update(
        certificateSigningRequests,
        { ...csr, status: { ...csr.status, conditions } },
        { subresource: 'approval' },
      );
      return DONE;
    }
    return DONE;
  },
});
