'use client';

import { yaml } from '@codemirror/lang-yaml';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { editorTheme } from './editor-theme.ts';

const UNCHANGED = { margin: 3, minSize: 6 };

const fixed = (label: string) => [
  lineNumbers(),
  yaml(),
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label }),
  editorTheme,
];

/** What changes from one text to another; two columns where there is room. */
export function YamlDiff({
  before,
  after,
  beforeLabel,
  afterLabel,
}: {
  readonly before: string;
  readonly after: string;
  readonly beforeLabel: string;
  readonly afterLabel: string;
}) {
  const t = useText('editor');
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const parent = host.current;
    if (parent.clientWidth >= 720) {
      const view = new MergeView({
        parent,
        a: { doc: before, extensions: fixed(beforeLabel) },
        b: { doc: after, extensions: fixed(afterLabel) },
        collapseUnchanged: UNCHANGED,
        gutter: true,
      });
      return () => view.destroy();
    }
    const view = new EditorView({
      parent,
      doc: after,
      extensions: [
        fixed(afterLabel),
        unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: UNCHANGED }),
      ],
    });
    return () => view.destroy();
  }, [before, after, beforeLabel, afterLabel]);
  return (
    <div>
      <div className="mb-1 grid grid-cols-2 text-xs font-medium text-muted max-md:hidden">
        <span>{beforeLabel}</span>
        <span>{afterLabel}</span>
      </div>
      <ScrollRegion
        ref={host}
        label={t('diff', { before: beforeLabel, after: afterLabel })}
        className="max-h-[55vh] overflow-auto rounded-md border border-line"
      />
    </div>
  );
}
