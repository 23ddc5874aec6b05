import type { AdmissionPlugin } from '../../request.ts';
import { denied } from '../denial.ts';

/** For tests of clients: nothing is let in. */
export const alwaysDeny: AdmissionPlugin = {
  name: 'AlwaysDeny',
  handles: () => true,
  mutate(request) {
    throw denied(request, 'admission control is denying all modifications');
  },
  validate(request) {
    throw denied(request, 'admission control is denying all modifications');
  },
};
