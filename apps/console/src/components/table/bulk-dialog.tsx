'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import type { TableRow } from '../../lib/columns.ts';
import type { ResourceRef } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { type BulkAction, type BulkFailure, forEachRow, labelsOf } from './bulk.ts';

const NAMES_SHOWN = 8;
/** Kinds whose deletion takes much with it: the number must be typed. */
const CAREFUL = /^(Namespace|Node|PersistentVolume|CustomResourceDefinition|Application)$/;

/** Asks once, does it to each, and tells which could not be done. */
export function BulkDialog({
  action,
  rows,
  resource,
  kindName,
  onClose,
}: {
  readonly action: BulkAction;
  readonly rows: readonly TableRow[];
  readonly resource: ResourceRef;
  readonly kindName: string;
  /** Called with those that could not be done. */
  readonly onClose: (failed: readonly TableRow[] | undefined) => void;
}) {
  const t = useText('bulk');
  const common = useText('common');
  const failureText = useFailureText();
  const [value, setValue] = useState('');
  const [done, setDone] = useState<number>();
  const [failures, setFailures] = useState<readonly BulkFailure[]>();
  const controller = useRef(new AbortController());
  useEffect(() => () => controller.current.abort(), []);
  const count = rows.length;
  const careful = action === 'delete' && CAREFUL.test(kindName);
  const labels = action === 'label' ? labelsOf(value) : undefined;
  const replicas = Number(value);
  const blocked =
    action === 'scale' && !(value.trim() !== '' && Number.isInteger(replicas) && replicas >= 0)
      ? t('invalidReplicas')
      : action === 'label' && labels === undefined
        ? t('invalidLabels')
        : careful && value !== String(count)
          ? t('typeFirst')
          : '';
  const act = ({ namespace, name, uid }: TableRow): Promise<unknown> => {
    const ref = { resource, namespace, name };
    if (action === 'delete') return api.write.delete.mutate({ ref, uid });
    if (action === 'restart') return api.actions.restart.mutate({ ref });
    if (action === 'scale') return api.actions.scale.mutate({ ref, replicas });
    return api.write.label.mutate({ ref, labels: { ...labels } });
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (blocked !== '' || done !== undefined) return;
    setDone(0);
    const { signal } = controller.current;
    const failed = await forEachRow(rows, act, { failureText, onDone: setDone, signal });
    if (signal.aborted) return;
    if (failed.length === 0) onClose([]);
    else setFailures(failed);
  };
  const close = (): void => onClose(failures?.map(({ row }) => row));
  return (
    <Dialog open onClose={close} title={t(`titles.${action}`, { count, kind: kindName })}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <p className="break-words">
          <span className="font-mono text-xs">
            {rows
              .slice(0, NAMES_SHOWN)
              .map(({ name }) => name)
              .join(', ')}
          </span>
          {count > NAMES_SHOWN ? ` ${t('andMore', { count: count - NAMES_SHOWN })}` : ''}
        </p>
        {failures === undefined ? (
          <>
            <p className="text-muted">{t(`texts.${action}`)}</p>
            {action === 'scale' ? (
              <Field
                id="bulk-value"
                label={t('replicas')}
                type="number"
                min={0}
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            ) : null}
            {action === 'label' ? (
              <Field
                id="bulk-value"
                label={t('labels')}
                hint={t('labelsHint')}
                autoComplete="off"
                spellCheck={false}
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            ) : null}
            {careful ? (
              <Field
                id="bulk-value"
                label={t('confirm', { number: String(count) })}
                autoComplete="off"
                value={value}
                onChange={(event) => setValue(event.target.value)}
              />
            ) : null}
          </>
        ) : (
          <Notice tone="broken" role="alert" title={t('failed', { count: failures.length, total: count })}>
            <ul className="max-h-60 overflow-auto">
              {failures.map(({ row, message }) => (
                <li key={row.uid}>
                  <span className="font-medium">{row.name}</span>: {message}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {done === undefined || failures !== undefined ? null : (
          <div className="flex items-center gap-3">
            <progress
              aria-label={t('progress')}
              value={done}
              max={count}
              className="h-2 flex-1"
              style={{ accentColor: 'var(--accent)' }}
            />
            <p role="status">{common('ofTotal', { count: done, total: count })}</p>
          </div>
        )}
        <DialogActions>
          <Button onClick={close}>{failures === undefined ? common('cancel') : common('close')}</Button>
          {failures === undefined ? (
            <Button
              type="submit"
              look={action === 'delete' ? 'danger' : 'primary'}
              blocked={done === undefined ? blocked : t('running')}
            >
              {t(`actions.${action}`)}
            </Button>
          ) : null}
        </DialogActions>
      </form>
    </Dialog>
  );
}
