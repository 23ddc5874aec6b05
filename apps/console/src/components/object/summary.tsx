'use client';

import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { conditionIsGood, conditionsOf, list, text, texts } from '../../lib/fields.ts';
import { type ObjectRef, objectHref } from '../../lib/paths.ts';
import { useKinds } from '../../lib/queries.ts';
import { useConditionText } from '../../lib/use-condition-text.ts';
import { Allocations } from '../node/allocations.tsx';
import { Age } from '../ui/age.tsx';
import { Facts } from '../ui/field.tsx';
import { Part } from '../ui/part.tsx';
import { ToneIcon } from '../ui/status.tsx';
import { Containers } from './containers.tsx';
import { Data } from './data.tsx';
import { Dependants } from './dependants.tsx';
import { kindFacts } from './kind-facts.tsx';

function Owners({ object, namespace }: { readonly object: unknown; readonly namespace: string }) {
  const { findKind } = useKinds();
  return list(object, 'metadata.ownerReferences').map((owner) => {
    const [apiVersion, kind, name] = [text(owner, 'apiVersion'), text(owner, 'kind'), text(owner, 'name')];
    const served = findKind(apiVersion, kind);
    const label = `${kind} ${name}`;
    if (served === undefined) return <span key={label}>{label}</span>;
    const place = served.namespaced ? namespace : '';
    return (
      <Link
        key={label}
        className="link mr-3"
        prefetch={false}
        href={objectHref({ resource: served, namespace: place, name })}
      >
        {label}
      </Link>
    );
  });
}

function Chips({ pairs }: { readonly pairs: readonly (readonly [string, string])[] }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {pairs.map(([key, value]) => (
        <li
          key={key}
          className="max-w-full truncate rounded-sm bg-sunken px-1.5 font-mono text-xs"
          title={`${key}=${value}`}
        >
          {key}
          {value === '' ? '' : `=${value}`}
        </li>
      ))}
    </ul>
  );
}

function Conditions({ object }: { readonly object: unknown }) {
  const t = useText('objects.parts');
  const conditionText = useConditionText();
  const conditions = conditionsOf(object);
  if (conditions.length === 0) return null;
  return (
    <Part title={t('conditions')}>
      <ul className="flex flex-col gap-2">
        {conditions.map((condition) => {
          const good = conditionIsGood(condition);
          return (
            <li key={condition.type} className="flex gap-2">
              <ToneIcon tone={good === undefined ? 'idle' : good ? 'ok' : 'broken'} className="mt-[3px]" />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap gap-x-3">
                  <span className="font-medium">{conditionText(condition)}</span>
                  {condition.since === '' ? null : (
                    <span className="text-muted">
                      {t('since')} <Age time={condition.since} />
                    </span>
                  )}
                </p>
                {condition.message === '' && condition.reason === '' ? null : (
                  <p className="break-words text-muted">{condition.message || condition.reason}</p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

/** What there is to know of an object, in words. */
export function Summary({ objectRef, object }: { readonly objectRef: ObjectRef; readonly object: unknown }) {
  const t = useText('objects.facts');
  const parts = useText('objects.parts');
  const labels = texts(object, 'metadata.labels');
  const annotations = texts(object, 'metadata.annotations').filter(
    ([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration',
  );
  return (
    <div className="@container">
      <div className="grid grid-cols-1 items-start gap-4 @4xl:grid-cols-2">
        <Conditions object={object} />
        <Part title={parts('facts')}>
          <Facts
            facts={[
              ...kindFacts(object, t),
              [t('created'), <Age key="age" time={text(object, 'metadata.creationTimestamp')} ago />],
              [
                t('ownedBy'),
                list(object, 'metadata.ownerReferences').length === 0 ? (
                  ''
                ) : (
                  <Owners key="owners" object={object} namespace={objectRef.namespace} />
                ),
              ],
              [t('labels'), labels.length === 0 ? '' : <Chips key="labels" pairs={labels} />],
              [
                t('annotations'),
                annotations.length === 0 ? '' : <Chips key="annotations" pairs={annotations} />,
              ],
            ]}
          />
        </Part>
        {text(object, 'kind') === 'Node' && text(object, 'apiVersion') === 'v1' ? (
          <div className="col-span-full min-w-0">
            <Allocations node={objectRef.name} />
          </div>
        ) : null}
        <Containers object={object} />
        <Dependants objectRef={objectRef} kind={text(object, 'kind')} />
        <Data objectRef={objectRef} object={object} />
      </div>
    </div>
  );
}
