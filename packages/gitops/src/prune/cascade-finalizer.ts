/** Holds an Application with `deletionPolicy: Cascade` until what it holds is gone. */
export const CASCADE_FINALIZER = 'gitops.gantry.dev/cascade';
