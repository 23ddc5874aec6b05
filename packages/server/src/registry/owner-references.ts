import type { ObjectMeta } from '@gantry/machinery/object';

const TEXT =
  '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ';
const AFTER_ADMISSION =
  '.metadata.ownerReferences contains duplicate entries after mutating admission happens; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ';

/** Takes away owner references that occur twice, and warns of them. The first of equal ones stays. */
export function dedupOwnerReferences(
  metadata: ObjectMeta,
  warn: (text: string) => void,
  afterAdmission = false,
): void {
  const references = metadata.ownerReferences;
  if (references === undefined || references.length < 2) return;
  const seen = new Set<string>();
  const doubles: string[] = [];
  metadata.ownerReferences = references.filter((reference) => {
    const { apiVersion, kind, name, uid, controller, blockOwnerDeletion } = reference;
    const key = JSON.stringify([apiVersion, kind, name, uid, controller, blockOwnerDeletion]);
    if (seen.has(key)) {
      if (!doubles.includes(uid)) doubles.push(uid);
      return false;
    }
    seen.add(key);
    return true;
  });
  if (doubles.length > 0) warn(`${afterAdmission ? AFTER_ADMISSION : TEXT}${doubles.join(', ')}`);
}
