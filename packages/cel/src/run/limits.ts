/** Most units that one evaluation may cost, whatever the caller allows. */
export const PER_CALL_LIMIT = 1_000_000;
