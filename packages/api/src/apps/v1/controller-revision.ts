import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { int64, rawObject, ref, string, struct } from '../../schema/dsl.ts';
import { controllerRevisionRules } from './controller-revision-rules.ts';
import { controllerRevisionColumns } from './workload-columns.ts';

export const ControllerRevision = struct(
  'io.k8s.api.apps.v1.ControllerRevision',
  {
    apiVersion: string(),
    data: rawObject({ description: 'The saved state. Can not change.' }),
    kind: string(),
    metadata: ref(() => ObjectMeta),
    revision: int64({ required: true, description: 'Number of the revision; higher is newer.' }),
  },
  { description: 'One state of a StatefulSet or DaemonSet in its history.' },
);

export const controllerRevision = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  namespaced: true,
  type: ControllerRevision,
  rules: controllerRevisionRules,
  columns: controllerRevisionColumns,
});
