'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLive } from './live.ts';
import { APPLICATIONS, type ObjectRef, type ResourceRef, resourceKey } from './paths.ts';
import { api, type Outputs } from './trpc.ts';

export type ServedKind = Outputs['discovery']['kinds'][number];
export type ApplicationLine = Outputs['applications']['list'][number];
export type ApplicationPage = Outputs['applications']['get'];

const MINUTE_MS = 60_000;
const core = (plural: string): ResourceRef => ({ group: '', version: 'v1', plural });

export const useMe = () =>
  useQuery({ queryKey: ['me'], queryFn: () => api.session.me.query(), staleTime: MINUTE_MS });

/** All kinds that the server serves, and a look-up by resource. */
export function useKinds() {
  const query = useQuery({
    queryKey: ['kinds'],
    queryFn: () => api.discovery.kinds.query(),
    staleTime: MINUTE_MS,
    refetchInterval: MINUTE_MS,
  });
  const kinds = query.data ?? [];
  return {
    kinds,
    isPending: query.isPending,
    error: query.error,
    find: (resource: ResourceRef): ServedKind | undefined =>
      kinds.find((kind) => resourceKey(kind) === resourceKey(resource)),
    findKind: (apiVersion: string, kind: string): ServedKind | undefined =>
      kinds.find(
        (served) =>
          (served.group === '' ? served.version : `${served.group}/${served.version}`) === apiVersion &&
          served.kind === kind,
      ),
  };
}

export function useNamespaces(): readonly string[] {
  const queryKey = ['namespaces'];
  useLive([{ resource: core('namespaces'), namespace: '' }], queryKey);
  return useQuery({ queryKey, queryFn: () => api.resources.namespaces.query() }).data ?? [];
}

export function useOverview() {
  const queryKey = ['overview'];
  const topics = [APPLICATIONS, core('nodes'), core('pods'), core('namespaces')];
  useLive(
    topics.map((resource) => ({ resource, namespace: '' })),
    queryKey,
  );
  return useQuery({ queryKey, queryFn: () => api.overview.get.query() });
}

export function useApplications() {
  const queryKey = ['applications'];
  useLive([{ resource: APPLICATIONS, namespace: '' }], queryKey);
  return useQuery({ queryKey, queryFn: () => api.applications.list.query() });
}

export function useApplication(namespace: string, name: string) {
  const queryKey = ['application', namespace, name];
  const fieldSelector = `metadata.name=${name}`;
  useLive(
    [
      { resource: APPLICATIONS, namespace, fieldSelector },
      { resource: core('pods'), namespace },
      { resource: core('events'), namespace, fieldSelector: 'reason=PushRejected' },
    ],
    queryKey,
  );
  return useQuery({ queryKey, queryFn: () => api.applications.get.query({ namespace, name }) });
}

export function usePlan(namespace: string, name: string) {
  const queryKey = ['plan', namespace, name];
  useLive([{ resource: APPLICATIONS, namespace, fieldSelector: `metadata.name=${name}` }], queryKey);
  return useQuery({ queryKey, queryFn: () => api.applications.plan.query({ namespace, name }) });
}

/** One object, kept true. `reveal` shows the values of a Secret. */
export function useObject(ref: ObjectRef, reveal = false) {
  const queryKey = ['object', ref, reveal];
  useLive(
    [{ resource: ref.resource, namespace: ref.namespace, fieldSelector: `metadata.name=${ref.name}` }],
    queryKey,
  );
  return useQuery({
    queryKey,
    queryFn: () => api.resources.get.query({ ...ref, reveal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function useEvents(namespace: string, kind: string, name: string) {
  const queryKey = ['events', namespace, kind, name];
  const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  useLive([{ resource: core('events'), namespace, fieldSelector }], queryKey);
  return useQuery({ queryKey, queryFn: () => api.resources.events.query({ namespace, kind, name }) });
}
