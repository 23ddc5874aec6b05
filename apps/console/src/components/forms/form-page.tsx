'use client';

import { useState } from 'react';
import { stringify } from 'yaml';
import { useText } from '../../i18n/text.ts';
import { api } from '../../lib/trpc.ts';
import { useNamespace } from '../../lib/url-state.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { type Created, CreateResult } from '../editor/create-result.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { initialValues, missing, pruned, type Values } from './form.ts';
import { FormFields } from './form-fields.tsx';
import type { FieldName } from './form-texts.ts';
import { FORMS, type FormId } from './forms.ts';

const yamlOf = (id: FormId, values: Values): string =>
  FORMS[id]
    .build(values)
    .map((object) => stringify(pruned(object)))
    .join('---\n');

/** Makes objects from a form; the YAML that it stands for is beside it. */
export function FormPage({ id }: { readonly id: FormId }) {
  const t = useText('forms');
  const editor = useText('editor.create');
  const common = useText('common');
  const failureText = useFailureText();
  const [chosen] = useNamespace();
  const namespace = chosen || 'default';
  const form = FORMS[id];
  const [values, setValues] = useState<Values>(() => initialValues(form));
  const [done, setDone] = useState<Created>();
  const [message, setMessage] = useState('');
  const yaml = yamlOf(id, values);
  const gaps = missing(form, values).map((name) => t(`fields.${name as FieldName}.label`));
  const blocked = gaps.length === 0 ? '' : t('missing', { fields: gaps.join(', ') });
  const send = async (dryRun: boolean): Promise<void> => {
    setMessage('');
    try {
      setDone({ checked: dryRun, outcomes: await api.write.create.mutate({ yaml, namespace, dryRun }) });
    } catch (error) {
      setDone(undefined);
      setMessage(failureText(error));
    }
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 p-4">
      <div>
        <h1 className="text-lg font-semibold">{t(`titles.${id}`)}</h1>
        <p className="text-muted">{t('into', { namespace })}</p>
      </div>
      {message === '' ? null : <Notice tone="broken" role="alert" title={message} />}
      {done === undefined ? null : <CreateResult done={done} />}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,28rem)_minmax(0,1fr)]">
        <form
          aria-label={t(`titles.${id}`)}
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (blocked === '') void send(false);
          }}
        >
          <FormFields form={form} values={values} onChange={setValues} />
          <div className="flex flex-wrap gap-2 pt-2">
            <Button type="submit" look="primary" blocked={blocked}>
              {common('create')}
            </Button>
            <Button blocked={blocked} onClick={() => void send(true)}>
              {editor('check')}
            </Button>
          </div>
        </form>
        <div className="min-w-0 self-start lg:sticky lg:top-4">
          <h2 className="mb-1 text-xs font-medium">{t('preview')}</h2>
          <ScrollRegion
            label={t('preview')}
            className="max-h-[calc(100dvh-7rem)] overflow-auto rounded-md bg-sunken p-3"
          >
            <pre className="font-mono text-xs">{yaml}</pre>
          </ScrollRegion>
        </div>
      </div>
    </div>
  );
}
