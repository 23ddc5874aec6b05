import { z } from 'zod';
import { callJson } from './api.ts';
import type { Dispatch } from './port.ts';
import { procedure, router } from './trpc.ts';

const question = z.object({
  verb: z.string().min(1).max(32),
  group: z.string().max(253),
  resource: z.string().min(1).max(253),
  subresource: z.string().max(253).default(''),
  namespace: z.string().max(253).default(''),
  name: z.string().max(253).default(''),
});
export type AccessQuestion = z.infer<typeof question>;

const MAX_QUESTIONS = 50;
const PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

export interface AccessAnswer {
  readonly allowed: boolean;
  /** What is missing, in words: `the verb patch on deployments/scale in the namespace web`. */
  readonly missing: string;
}

/** How a denied action is explained. */
export function missingRight({ verb, group, resource, subresource, namespace }: AccessQuestion): string {
  const target = `${resource}${group === '' ? '' : `.${group}`}${subresource === '' ? '' : `/${subresource}`}`;
  return `the verb ${verb} on ${target}${namespace === '' ? '' : ` in the namespace ${namespace}`}`;
}

/** Whether the user may do it; of the server, by a SelfSubjectAccessReview. */
export async function ask(dispatch: Dispatch, input: AccessQuestion): Promise<AccessAnswer> {
  const review = await callJson<{ status?: { allowed?: boolean } }>(dispatch, {
    method: 'POST',
    path: PATH,
    headers: { 'content-type': 'application/json' },
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: input },
    },
  });
  const allowed = review.status?.allowed === true;
  return { allowed, missing: allowed ? '' : missingRight(input) };
}

export const accessRouter = router({
  /** One answer a question, in order. */
  review: procedure
    .input(z.array(question).max(MAX_QUESTIONS))
    .query(({ ctx, input }) => Promise.all(input.map((one) => ask(ctx.dispatch, one)))),
});
