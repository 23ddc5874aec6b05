import type { AnyObject } from '@gantry/machinery/object';
import {
  type Assess,
  degraded,
  type Health,
  healthy,
  holding,
  progressing,
  specOf,
  statusOf,
  wordsOf,
} from './assessment.ts';

interface Address {
  readonly ip?: string;
  readonly hostname?: string;
}

function addressesOf(object: AnyObject): string {
  const balancer = statusOf(object).loadBalancer as { ingress?: readonly Address[] } | undefined;
  return (balancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? '').join(', ');
}

function serviceHealth(service: AnyObject): Health {
  if (specOf(service).type !== 'LoadBalancer') return healthy();
  const addresses = addressesOf(service);
  if (addresses !== '') return healthy(`at ${addresses}`);
  const problem = holding(service, 'LoadBalancerPortsError');
  return problem === undefined ? progressing('waiting for a load balancer') : degraded(wordsOf(problem));
}

function ingressHealth(ingress: AnyObject): Health {
  const addresses = addressesOf(ingress);
  return addresses === ''
    ? progressing('waiting for an ingress controller to give it an address')
    : healthy(`at ${addresses}`);
}

function claimHealth(claim: AnyObject): Health {
  const { phase } = statusOf(claim);
  if (phase === 'Lost') return degraded('its volume is lost');
  const failed = holding(claim, 'ControllerResizeError') ?? holding(claim, 'NodeResizeError');
  if (failed !== undefined) return degraded(`it can't grow: ${wordsOf(failed)}`);
  if (holding(claim, 'FileSystemResizePending') !== undefined)
    return progressing('grows when a pod uses it next');
  if (holding(claim, 'Resizing') !== undefined) return progressing('growing');
  if (phase === 'Bound') return healthy('bound');
  // WaitForFirstConsumer: pending until a pod uses it, and that is as it should be.
  return healthy('waiting for a pod that uses it, or for a volume');
}

function volumeHealth(volume: AnyObject): Health {
  const { phase, message } = statusOf(volume);
  switch (phase) {
    case 'Failed':
      return degraded(`it can't be reclaimed${message === undefined ? '' : `: ${String(message)}`}`);
    case 'Pending':
      return progressing('being made');
    case 'Released':
      return healthy('released: its claim is gone, its data is kept');
    default:
      return healthy(phase === undefined ? '' : String(phase).toLowerCase());
  }
}

function attachmentHealth(attachment: AnyObject): Health {
  const status = statusOf(attachment) as {
    attached?: boolean;
    attachError?: { message?: string };
    detachError?: { message?: string };
  };
  const error = status.attachError ?? status.detachError;
  if (error !== undefined) return degraded(error.message ?? "it can't be attached or detached");
  return status.attached === true ? healthy('attached') : progressing('being attached');
}

function deviceClaimHealth(claim: AnyObject): Health {
  const { allocation } = statusOf(claim);
  return allocation === undefined ? healthy('waiting for a pod that uses it') : healthy('allocated');
}

export const networkAndStorage: Readonly<Record<string, Assess>> = {
  '/Service': serviceHealth,
  'networking.k8s.io/Ingress': ingressHealth,
  '/PersistentVolumeClaim': claimHealth,
  '/PersistentVolume': volumeHealth,
  'storage.k8s.io/VolumeAttachment': attachmentHealth,
  'resource.k8s.io/ResourceClaim': deviceClaimHealth,
};
