import { humanDuration } from '@gantry/machinery/time';
import type { CertificateSigningRequest } from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, NONE, nameColumn, text } from '../../tables/columns.ts';

function condition({ status }: CertificateSigningRequest): string {
  const has = (type: string): boolean => (status?.conditions ?? []).some((one) => one.type === type);
  const words = [has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending'];
  if (has('Failed')) words.push('Failed');
  if (status?.certificate) words.push('Issued');
  return words.join(',');
}

export const certificateSigningRequestColumns: readonly Column<CertificateSigningRequest>[] = [
  nameColumn,
  ageColumn,
  text('SignerName', 'Signer that is asked.', ({ spec }) => spec.signerName || NONE),
  text('Requestor', 'User who made the request.', ({ spec }) => spec.username ?? ''),
  text('RequestedDuration', 'Wanted lifetime of the certificate.', ({ spec }) =>
    spec.expirationSeconds === undefined ? NONE : humanDuration(spec.expirationSeconds * 1000),
  ),
  text('Condition', 'Pending, Approved or Denied, and whether it was issued or failed.', condition),
];
