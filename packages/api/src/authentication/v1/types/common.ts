import { array, map, string, struct } from '../../../schema/dsl.ts';

export const UserInfo = struct('io.k8s.api.authentication.v1.UserInfo', {
  extra: map(array(string())),
  groups: array(string(), { listType: 'atomic' }),
  uid: string(),
  username: string(),
});
