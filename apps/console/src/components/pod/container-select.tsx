import { useText } from '../../i18n/text.ts';
import { list, text } from '../../lib/fields.ts';

/** Names of a pod's containers: the ordinary ones, then those that prepare it. */
export const containerNames = (pod: unknown): string[] =>
  [
    ...list(pod, 'spec.containers'),
    ...list(pod, 'spec.initContainers'),
    ...list(pod, 'spec.ephemeralContainers'),
  ].map((container) => text(container, 'name'));

export function ContainerSelect({
  names,
  value,
  onChange,
}: {
  readonly names: readonly string[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}) {
  const t = useText('pods');
  return (
    <label className="flex items-center gap-2 text-sm">
      <span className="text-muted">{t('container')}</span>
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
