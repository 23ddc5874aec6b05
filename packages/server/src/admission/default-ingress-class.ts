import type { Ingress, IngressClass } from '@gantry/api/generated/types';
import { listObjects } from '../auth/state.ts';
import type { AdmissionPlugin } from '../request.ts';
import { isResource } from './denial.ts';
import { newestDefault } from './newest-default.ts';

/** An Ingress that names no class gets the default one. */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  handles: (kind, operation, subresource) =>
    isResource(kind, 'networking.k8s.io', 'ingresses') && operation === 'CREATE' && subresource === '',
  mutate({ object, state }) {
    const ingress = object as unknown as Ingress;
    if (ingress.metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined) return;
    ingress.spec ??= {};
    if (ingress.spec.ingressClassName !== undefined && ingress.spec.ingressClassName !== null) return;
    const classes = listObjects<IngressClass>(state, 'ingressclasses.networking.k8s.io');
    const found = newestDefault(classes, ['ingressclass.kubernetes.io/is-default-class']);
    if (found !== undefined) ingress.spec.ingressClassName = found.metadata.name;
  },
};
