'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { type Permission, usePermissions } from '../../lib/access.ts';
import { useKinds } from '../../lib/queries.ts';
import { api } from '../../lib/trpc.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { kindsInYaml } from '../../lib/yaml-kinds.ts';
import { FORM_IDS } from '../forms/forms.ts';
import { ActionButton, Button } from '../ui/button.tsx';
import { Notice, Skeleton } from '../ui/notice.tsx';
import { type Created, CreateResult } from './create-result.tsx';
import { templateOf } from './templates.ts';

const YamlEditor = dynamic(() => import('./yaml-editor.tsx').then((module) => module.YamlEditor), {
  ssr: false,
  loading: () => <Skeleton lines={12} />,
});

/** Whether the user may make all that the text holds; the first that they may not is named. */
function useMayCreate(text: string, fallback: string): Permission | undefined {
  const { findKind } = useKinds();
  const rights = kindsInYaml(text).flatMap(({ apiVersion, kind, namespace }) => {
    const served = findKind(apiVersion, kind);
    if (served === undefined) return [];
    const { group, plural: resource, namespaced } = served;
    return [{ verb: 'create', group, resource, namespace: namespaced ? namespace || fallback : '' }];
  });
  return usePermissions(rights).find(({ allowed }) => !allowed);
}

/** Makes objects from YAML, several documents at once; checked by the server first if asked. */
export function CreateFromYaml() {
  const t = useText('editor.create');
  const forms = useText('forms');
  const common = useText('common');
  const failureText = useFailureText();
  const url = useUrlState();
  const { kinds } = useKinds();
  const kind = url.get('kind');
  const served = kinds.find((one) => one.kind === kind);
  const apiVersion =
    served === undefined ? '' : served.group === '' ? served.version : `${served.group}/${served.version}`;
  const [typed, setTyped] = useState<string>();
  const [done, setDone] = useState<Created>();
  const [message, setMessage] = useState('');
  const text = typed ?? templateOf(kind, apiVersion);
  const namespace = url.get('ns') || 'default';
  const mayCreate = useMayCreate(text, namespace);
  const send = async (dryRun: boolean): Promise<void> => {
    setMessage('');
    try {
      setDone({
        checked: dryRun,
        outcomes: await api.write.create.mutate({ yaml: text, namespace, dryRun }),
      });
    } catch (error) {
      setDone(undefined);
      setMessage(failureText(error));
    }
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-lg font-semibold">{t('title')}</h1>
          <p className="text-muted">
            {t.rich('text', {
              namespace,
              b: (text) => <span className="font-medium text-ink">{text}</span>,
              code: (text) => <code className="font-mono">{text}</code>,
            })}
          </p>
          <p className="mt-1 flex flex-wrap gap-x-3">
            <span className="text-muted">{forms('or')}</span>
            {FORM_IDS.map((id) => (
              <Link
                key={id}
                className="link"
                prefetch={false}
                href={`/create/${id}${namespace === 'default' ? '' : `?ns=${encodeURIComponent(namespace)}`}`}
              >
                {forms(`names.${id}`)}
              </Link>
            ))}
          </p>
        </div>
        <Button onClick={() => void send(true)}>{t('check')}</Button>
        <ActionButton look="primary" permission={mayCreate} onClick={() => void send(false)}>
          {common('create')}
        </ActionButton>
      </div>
      {message === '' ? null : <Notice tone="broken" role="alert" title={message} />}
      {done === undefined ? null : <CreateResult done={done} />}
      <div className="min-h-[360px] flex-1">
        <YamlEditor
          text={text}
          readOnly={false}
          label={t('label')}
          problems={done?.outcomes.flatMap((outcome) => outcome.problems) ?? []}
          onChange={setTyped}
        />
      </div>
    </div>
  );
}
