'use client';

import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { differInStatusOnly, rebase, revisionOf } from '../../lib/resource-version.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useToast } from '../ui/toast.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { Problems } from './problems.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { type LineProblem, YamlEditor } from './yaml-editor.tsx';

type Outcome = Outputs['write']['replace'];

const NONE: readonly LineProblem[] = [];

/** How often the status may change under an edit before that counts as a conflict. */
const STATUS_RACES_MAX = 5;

/** Sends an edit of `start`; when only the status has changed since, once more on top of that. */
async function replace(ref: ObjectRef, start: string, yaml: string, dryRun: boolean): Promise<Outcome> {
  let text = yaml;
  for (let race = 0; ; race++) {
    const outcome = await api.write.replace.mutate({ ref, yaml: text, dryRun });
    if (outcome.type !== 'conflict' || outcome.theirs === null || race === STATUS_RACES_MAX) return outcome;
    if (!differInStatusOnly(start, outcome.theirs)) return outcome;
    text = rebase(yaml, outcome.theirs);
  }
}

/** One edit of one object: text → checked by the server → reviewed → applied, or in conflict with another's change. */
export function EditSession({
  objectRef,
  start: firstStart,
  live,
  onEnd,
}: {
  readonly objectRef: ObjectRef;
  readonly start: string;
  /** The object as it is now. */
  readonly live: string;
  readonly onEnd: () => void;
}) {
  const t = useText('editor.review');
  const editor = useText('editor');
  const common = useText('common');
  const failureText = useFailureText();
  const [start, setStart] = useState(firstStart);
  const [text, setText] = useState(start);
  const [problems, setProblems] = useState(NONE);
  const [message, setMessage] = useState('');
  const [review, setReview] = useState<string>();
  const [conflict, setConflict] = useState<{ readonly theirs: string | null }>();
  const [busy, setBusy] = useState(false);
  const say = useToast();
  const stale = revisionOf(live) !== revisionOf(start) && !differInStatusOnly(live, start);

  const settle = (outcome: Outcome): Outcome => {
    setProblems(outcome.type === 'invalid' ? outcome.problems : NONE);
    setMessage(outcome.type === 'invalid' ? outcome.message : '');
    if (outcome.type === 'conflict') setConflict({ theirs: outcome.theirs });
    return outcome;
  };
  const send = async (dryRun: boolean, yaml: string): Promise<Outcome | undefined> => {
    setBusy(true);
    try {
      return settle(await replace(objectRef, start, yaml, dryRun));
    } catch (error) {
      setMessage(failureText(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const check = async (): Promise<void> => {
    const outcome = await send(true, text);
    if (outcome?.type === 'done') setReview(outcome.yaml);
  };
  const apply = async (): Promise<void> => {
    setReview(undefined);
    const outcome = await send(false, text);
    if (outcome?.type !== 'done') return;
    say(
      'done',
      t(outcome.warnings.length === 0 ? 'done' : 'doneWarnings', {
        name: objectRef.name,
        warnings: outcome.warnings.join('; '),
      }),
    );
    onEnd();
  };
  return (
    <div className="flex h-full min-h-[480px] flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          blocked={busy ? t('checking') : text === start ? t('unchanged') : ''}
          onClick={() => void check()}
        >
          {t('open')}
        </Button>
        <Button onClick={onEnd}>{common('cancel')}</Button>
        {stale ? <span className="text-drift">{t('stale')}</span> : null}
      </div>
      {problems.length > 0 ? <Problems problems={problems} /> : null}
      {problems.length === 0 && message !== '' ? <Notice tone="broken" role="alert" title={message} /> : null}
      <div className="min-h-0 flex-1">
        <YamlEditor
          text={text}
          readOnly={false}
          label={editor('editYamlOf', { name: objectRef.name })}
          problems={problems}
          onChange={setText}
        />
      </div>
      {review === undefined ? null : (
        <ReviewDialog
          before={start}
          after={review}
          onClose={() => setReview(undefined)}
          onApply={() => void apply()}
        />
      )}
      {conflict === undefined ? null : (
        <ConflictDialog
          mine={text}
          theirs={conflict.theirs}
          onClose={() => setConflict(undefined)}
          onTakeTheirs={(theirs) => {
            setStart(theirs);
            setText(theirs);
            setConflict(undefined);
          }}
          onKeepMine={(theirs) => {
            setStart(theirs);
            setText(rebase(text, theirs));
            setConflict(undefined);
          }}
        />
      )}
    </div>
  );
}
