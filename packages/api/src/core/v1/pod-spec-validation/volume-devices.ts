import { invalid, notFoundValue, required } from '@gantry/machinery/field-error';
import type { Container, EphemeralContainer, Volume } from '../../../generated/types.ts';
import type { Errors } from '../../../validation/common.ts';

/** Volumes that a container gets as block devices. `path` is that of `volumeDevices`. */
export function validateVolumeDevices(
  container: Container | EphemeralContainer,
  volumes: ReadonlyMap<string, Volume>,
  path: string,
  errors: Errors,
): void {
  const mounts = container.volumeMounts ?? [];
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [index, { name, devicePath }] of (container.volumeDevices ?? []).entries()) {
    const nameAt = `${path}[${index}].name`;
    const pathAt = `${path}[${index}].devicePath`;
    if (!name) errors.push(required(nameAt));
    if (names.has(name)) errors.push(invalid(nameAt, name, 'must be unique'));
    errors.push(...volumeErrors(volumes.get(name), name, nameAt));
    if (!devicePath) errors.push(required(pathAt));
    if (paths.has(devicePath)) errors.push(invalid(pathAt, devicePath, 'must be unique'));
    if (devicePath.split('/').includes('..'))
      errors.push(invalid(pathAt, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mounts.some((mount) => mount.name === name))
      errors.push(invalid(nameAt, name, 'must not already exist in volumeMounts'));
    if (mounts.some(({ mountPath }) => mountPath === devicePath))
      errors.push(invalid(pathAt, devicePath, 'must not already exist as a path in volumeMounts'));
    if (name) names.add(name);
  }
}

function volumeErrors(volume: Volume | undefined, name: string, at: string): Errors {
  if (volume === undefined) return [notFoundValue(at, name)];
  return volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined
    ? [
        invalid(
          at,
          name,
          'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
        ),
      ]
    : [];
}
