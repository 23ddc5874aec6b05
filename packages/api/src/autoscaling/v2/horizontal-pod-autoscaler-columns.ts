import type {
  AutoscalingV1HorizontalPodAutoscaler,
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
} from '../../generated/types.ts';
import type { Column } from '../../kind.ts';
import { ageColumn, firstOf, NONE, nameColumn, text, UNSET } from '../../tables/columns.ts';

const UNKNOWN = '<unknown>';
const MAX_METRICS = 2;

type Amounts = { averageUtilization?: number; averageValue?: string; value?: string } | undefined;

function resourceText(name: string, target: Amounts, current: Amounts): string {
  if (target?.averageValue !== undefined)
    return `${name}: ${current?.averageValue ?? UNKNOWN}/${target.averageValue}`;
  const now = current?.averageUtilization === undefined ? UNKNOWN : `${current.averageUtilization}%`;
  const wanted = target?.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
  return `${name}: ${now}/${wanted}`;
}

function valueText(target: Amounts, current: Amounts): string {
  if (target?.averageValue !== undefined)
    return `${current?.averageValue ?? UNKNOWN}/${target.averageValue} (avg)`;
  return `${current?.value ?? UNKNOWN}/${target?.value ?? ''}`;
}

function metricText(spec: MetricSpec, status: MetricStatus | undefined): string {
  switch (spec.type) {
    case 'Resource':
      return resourceText(spec.resource?.name ?? '', spec.resource?.target, status?.resource?.current);
    case 'ContainerResource':
      return resourceText(
        spec.containerResource?.name ?? '',
        spec.containerResource?.target,
        status?.containerResource?.current,
      );
    case 'External':
      return valueText(spec.external?.target, status?.external?.current);
    case 'Object':
      return valueText(spec.object?.target, status?.object?.current);
    case 'Pods':
      return `${status?.pods?.current?.averageValue ?? UNKNOWN}/${spec.pods?.target?.averageValue ?? ''}`;
    default:
      return '<unknown type>';
  }
}

function metrics({ spec, status }: HorizontalPodAutoscaler): string {
  const list = (spec.metrics ?? []).map((one, index) => metricText(one, status?.currentMetrics?.[index]));
  return list.length === 0 ? NONE : firstOf(list, MAX_METRICS, ', ');
}

type Either = HorizontalPodAutoscaler | AutoscalingV1HorizontalPodAutoscaler;

const reference: Column<Either> = text(
  'Reference',
  'The workload that is scaled.',
  ({ spec }) => `${spec.scaleTargetRef?.kind ?? ''}/${spec.scaleTargetRef?.name ?? ''}`,
);
const counts: readonly Column<Either>[] = [
  text('MinPods', 'Fewest replicas.', ({ spec }) =>
    spec.minReplicas === undefined ? UNSET : String(spec.minReplicas),
  ),
  text('MaxPods', 'Most replicas.', ({ spec }) => spec.maxReplicas),
  text('Replicas', 'Replicas that exist.', ({ status }) => status?.currentReplicas ?? 0),
  ageColumn,
];

export const horizontalPodAutoscalerColumns: readonly Column<HorizontalPodAutoscaler>[] = [
  nameColumn,
  reference,
  text('Targets', 'Metrics: seen value/value to aim at.', metrics),
  ...counts,
];

export const horizontalPodAutoscalerV1Columns: readonly Column<AutoscalingV1HorizontalPodAutoscaler>[] = [
  nameColumn,
  reference,
  text('Targets', 'Use of CPU: seen/to aim at, in percent of the requests.', ({ spec, status }) =>
    resourceText(
      'cpu',
      spec.targetCPUUtilizationPercentage === undefined
        ? undefined
        : { averageUtilization: spec.targetCPUUtilizationPercentage },
      status?.currentCPUUtilizationPercentage === undefined
        ? undefined
        : { averageUtilization: status.currentCPUUtilizationPercentage },
    ),
  ),
  ...counts,
];
