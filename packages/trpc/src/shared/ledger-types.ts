import { LEDGER_TYPES as types } from '@gantry/api/gitops/v1alpha1/ledger-types';

/** What the ledger can be searched for by type. */
export const LEDGER_TYPES = types;
