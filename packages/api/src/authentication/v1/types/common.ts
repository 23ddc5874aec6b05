import { array, map, string, struct } from '../../../schema/dsl.ts';

export const UserInfo = struct(
  'io.k8s.api.authentication.v1.UserInfo',
  {
    extra: map(array(string()), { description: 'Further facts from the authenticator.' }),
    groups: array(string(), { listType: 'atomic', description: 'Groups of the user.' }),
    uid: string({ description: 'Id of the user: tells users of the same name apart over time.' }),
    username: string({ description: 'Name of the user.' }),
  },
  { description: 'Who someone is.' },
);
