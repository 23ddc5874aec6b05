import type { CertificateSigningRequest } from '@gantry/api/generated/types';
import type { ResourceHooks } from '../hooks.ts';

/** A request says who made it: nobody asks in another's name, and nobody brings an approval along. */
export const certificateSigningRequestHooks: ResourceHooks = {
  beforeCreate(object, { user }) {
    const request = object as unknown as CertificateSigningRequest;
    const { username: _name, uid: _uid, groups: _groups, extra: _extra, ...spec } = request.spec;
    const { name, uid, groups, extra = {} } = user;
    request.spec = {
      ...spec,
      username: name,
      ...(uid === undefined || uid === '' ? {} : { uid }),
      ...(groups.length === 0 ? {} : { groups: [...groups] }),
      ...(Object.keys(extra).length === 0
        ? {}
        : { extra: Object.fromEntries(Object.entries(extra).map(([key, list]) => [key, [...list]])) }),
    };
    request.status = {};
  },
};
