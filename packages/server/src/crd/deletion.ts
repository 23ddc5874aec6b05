import type { Definition } from '@gantry/api/apiextensions/v1/definition';
import type { AnyObject } from '@gantry/machinery/object';
import type { ResourceHooks } from '../registry/hooks.ts';
import { RFC3339 } from '../registry/write.ts';
import { setCondition } from './status.ts';

/** Keeps a definition until all objects of its kind are gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

/** A definition that is deleted waits until its objects are. */
export const definitionHooks: ResourceHooks = {
  versionRequired: true,
  finalizerOnDelete: CLEANUP_FINALIZER,
  onTerminating(object: AnyObject) {
    setCondition(
      object as unknown as Definition,
      {
        type: 'Terminating',
        status: 'True',
        reason: 'InstanceDeletionPending',
        message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
      },
      RFC3339(new Date()),
    );
  },
};
