import type { ResourceAttributes, SubjectAccessReview } from '@gantry/api/generated/types';
import type { Client } from './port.ts';

/** Who is asked about, as the API server knows them. */
export interface Subject {
  readonly user: string | undefined;
  readonly uid?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Whether somebody may do something, as the API server judges (SubjectAccessReview). Throws StatusError. */
export async function mayDo(
  client: Client,
  subject: Subject,
  resourceAttributes: ResourceAttributes,
): Promise<boolean> {
  const review = await client.request<SubjectAccessReview>(
    'POST',
    '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { ...subject, resourceAttributes },
    },
  );
  return review.status?.allowed === true;
}
