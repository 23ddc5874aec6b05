import { type Text, useText } from '../../i18n/text.ts';
import { type Fields, list, text, texts } from '../../lib/fields.ts';
import { Age } from '../ui/age.tsx';
import { Facts } from '../ui/field.tsx';
import { Part } from '../ui/part.tsx';
import { Status } from '../ui/status.tsx';

/** State of a container in one word, and why. */
function stateOf(
  t: Text<'objects'>,
  status: Fields | undefined,
): { readonly word: string; readonly why: string } {
  const waiting = text(status, 'state.waiting.reason');
  if (waiting !== '') return { word: waiting, why: text(status, 'state.waiting.message') };
  const ended = text(status, 'state.terminated.reason');
  if (ended !== '') {
    const code = text(status, 'state.terminated.exitCode');
    return {
      word: ended,
      why: `${t('container.exitCode', { code })} ${text(status, 'state.terminated.message')}`.trim(),
    };
  }
  if (text(status, 'state.running.startedAt') === '') return { word: '', why: '' };
  return text(status, 'ready') === 'true'
    ? { word: 'Running', why: '' }
    : { word: 'Running', why: t('container.notReady') };
}

const amounts = (container: Fields, which: string): string =>
  texts(container, `resources.${which}`)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

function Container({
  container,
  status,
}: {
  readonly container: Fields;
  readonly status: Fields | undefined;
}) {
  const t = useText('objects');
  const { word, why } = stateOf(t, status);
  const restarts = text(status, 'restartCount');
  const last = text(status, 'lastState.terminated.reason');
  return (
    <li className="border-t border-line pt-3 first:border-0 first:pt-0">
      <p className="mb-1 flex flex-wrap items-center gap-x-3">
        <span className="font-medium">{text(container, 'name')}</span>
        {word === '' ? null : <Status word={word} axis={t('state')} />}
        <span className="text-muted">{why}</span>
      </p>
      <Facts
        facts={[
          [
            t('container.image'),
            <span key="image" className="font-mono text-xs break-all">
              {text(container, 'image')}
            </span>,
          ],
          [
            t('container.ports'),
            list(container, 'ports')
              .map((port) => `${text(port, 'containerPort')}/${text(port, 'protocol')}`)
              .join(', '),
          ],
          [t('container.requests'), amounts(container, 'requests')],
          [t('container.limits'), amounts(container, 'limits')],
          [t('container.restarts'), restarts === '0' ? '' : restarts],
          [
            t('container.endedBefore'),
            last === '' ? (
              ''
            ) : (
              <span key="last">
                {t('container.ended', {
                  reason: last,
                  code: text(status, 'lastState.terminated.exitCode'),
                })}{' '}
                <Age time={text(status, 'lastState.terminated.finishedAt')} ago />
              </span>
            ),
          ],
        ]}
      />
    </li>
  );
}

/** Containers of a pod, with their states, or of the template of a workload. */
export function Containers({ object }: { readonly object: unknown }) {
  const t = useText('objects.parts');
  const isPod = text(object, 'kind') === 'Pod';
  const spec = isPod
    ? 'spec'
    : text(object, 'kind') === 'CronJob'
      ? 'spec.jobTemplate.spec.template.spec'
      : 'spec.template.spec';
  const groups = [
    [
      t('initContainers'),
      list(object, `${spec}.initContainers`),
      list(object, 'status.initContainerStatuses'),
    ],
    [t('containers'), list(object, `${spec}.containers`), list(object, 'status.containerStatuses')],
  ] as const;
  return groups
    .filter(([, containers]) => containers.length > 0)
    .map(([title, containers, statuses]) => (
      <Part key={title} title={title}>
        <ul className="flex flex-col gap-3">
          {containers.map((container) => (
            <Container
              key={text(container, 'name')}
              container={container}
              status={
                isPod
                  ? statuses.find((status) => text(status, 'name') === text(container, 'name'))
                  : undefined
              }
            />
          ))}
        </ul>
      </Part>
    ));
}
