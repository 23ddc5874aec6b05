import type { ServiceCIDR } from '@gantry/api/generated/types';
import { serviceCIDR } from '@gantry/api/networking/v1/service-cidr';
import { isStatusError } from '@gantry/machinery/status';
import type { RegistryAccess } from '../handler.ts';
import { RFC3339 } from '../registry/write.ts';
import type { UserInfo } from '../request.ts';

/** The range of the flag, as an object. */
export const DEFAULT_SERVICE_CIDR = 'kubernetes';

const wantsReady = ({ metadata, spec, status }: ServiceCIDR, range: string): boolean =>
  metadata.deletionTimestamp === undefined &&
  spec.cidrs?.length === 1 &&
  spec.cidrs[0] === range &&
  // False is somebody's word, and stays.
  !(status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is !== 'Unknown');

/**
 * Says that the default range is ready, as creating an object drops its status. Nothing is written when the object says
 * anything of it, is going away or names another range.
 */
export async function readyDefaultRange(
  registry: RegistryAccess,
  range: string,
  user: UserInfo,
): Promise<void> {
  try {
    const live = await registry.get(serviceCIDR, '', DEFAULT_SERVICE_CIDR);
    if (!wantsReady(live as unknown as ServiceCIDR, range)) return;
    const change = (object: object): void => {
      const cidr = object as ServiceCIDR;
      // Another API server of the same store may have been quicker.
      if (!wantsReady(cidr, range)) return;
      const others = (cidr.status?.conditions ?? []).filter(({ type }) => type !== 'Ready');
      const ready = {
        type: 'Ready',
        status: 'True',
        reason: '',
        message: 'Kubernetes default Service CIDR is ready',
        lastTransitionTime: RFC3339(new Date()),
      };
      cidr.status = { ...cidr.status, conditions: [...others, ready] };
    };
    await registry.modify(serviceCIDR, '', DEFAULT_SERVICE_CIDR, user, change, { subresource: 'status' });
  } catch (error) {
    // Deleted in between: the next start makes it again.
    if (!isStatusError(error, 'NotFound')) throw error;
  }
}
