import { useText } from '../../i18n/text.ts';
import type { Outputs } from '../../lib/trpc.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { TableHead } from '../ui/table-head.tsx';

type Plan = Outputs['applications']['planOf'];
type Change = Plan['changes'][number];
type Field = NonNullable<Change['fields']>[number];

const SIGNS = { create: '+', update: '~', prune: '−' } as const;
const INKS = { create: 'text-ok', update: 'text-drift', prune: 'text-broken' } as const;
const COLUMNS = ['field', 'before', 'after', 'origin'] as const;

const textOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** What a commit would change, object by object, each field with where its value comes from. */
export function PlanChanges({ plan }: { readonly plan: Plan }) {
  const t = useText('applications.plans');
  return (
    <ul aria-label={t('changes')} className="flex flex-col gap-3">
      {plan.changes.map((change) => (
        <li
          key={`${change.apiVersion}/${change.kind}/${change.namespace ?? ''}/${change.name}`}
          className="card overflow-hidden"
        >
          <ChangeCard change={change} />
        </li>
      ))}
      {plan.omitted > 0 ? <li className="text-muted">{t('more', { count: plan.omitted })}</li> : null}
    </ul>
  );
}

function ChangeCard({ change }: { readonly change: Change }) {
  const t = useText('applications.plans');
  const { operation = 'update', kind, name, namespace = '', fields = [], note = '', source = '' } = change;
  return (
    <>
      <p className="flex min-h-8 flex-wrap items-center gap-x-2 px-4 py-1.5">
        <span aria-hidden className={`font-mono font-semibold ${INKS[operation]}`}>
          {SIGNS[operation]}
        </span>
        <span className={INKS[operation]}>{t(`operations.${operation}`)}</span>
        <span className="font-medium break-all">
          {kind}/{name}
        </span>
        {namespace === '' ? null : <span className="text-muted">{namespace}</span>}
        {source === '' ? null : <code className="ml-auto font-mono text-xs text-muted">{source}</code>}
      </p>
      {note === '' ? null : <p className="px-4 pb-2 text-muted">{note}</p>}
      {operation !== 'update' || fields.length === 0 ? null : (
        <ScrollRegion
          label={t('fields', { subject: `${kind}/${name}` })}
          className="overflow-x-auto border-t border-line"
        >
          <table className="stacked w-full text-left text-xs">
            <TableHead
              cells={COLUMNS.map((column) => ({
                key: column,
                label: t(`columns.${column}`),
                className: column === 'field' ? 'w-[34%]' : 'w-[22%]',
              }))}
            />
            <tbody className="font-mono">
              {fields.map((field) => (
                <FieldRow key={field.path} field={field} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {(change.fieldsOmitted ?? 0) > 0 ? (
        <p className="border-t border-line px-4 py-1.5 text-muted">
          {t('moreFields', { count: change.fieldsOmitted ?? 0 })}
        </p>
      ) : null}
    </>
  );
}

function FieldRow({ field }: { readonly field: Field }) {
  const t = useText('applications.plans');
  const { path, before, after, source = '', replaces = '' } = field;
  return (
    <tr className="border-b border-line align-top last:border-0">
      <th scope="row" className="px-4 py-1.5 font-normal break-all max-sm:w-full">
        {path}
      </th>
      <td className="max-w-sm px-4 py-1.5 break-all text-broken">{textOf(before) || null}</td>
      <td className="max-w-sm px-4 py-1.5 break-all text-ok">{textOf(after) || null}</td>
      <td className="px-4 py-1.5 font-sans whitespace-nowrap text-muted max-sm:ml-auto">
        <Origin origin={field.origin ?? ''} source={source} />
        {replaces === '' ? null : <span className="block">{t('replaces', { manager: replaces })}</span>}
      </td>
    </tr>
  );
}

/** Git with its place, the server's defaults, admission, or another manager. */
function Origin({ origin, source }: { readonly origin: string; readonly source: string }) {
  const t = useText('applications.plans.origins');
  if (origin.startsWith('Manager:')) return t('manager', { manager: origin.slice('Manager:'.length) });
  if (origin === 'Default') return t('default');
  if (origin === 'Admission') return t('admission');
  if (origin !== 'Git') return origin;
  return source === '' ? t('git') : <code className="font-mono">{source}</code>;
}
