'use client';

import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { foldGutter, indentOnInput, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorTheme } from './editor-theme.ts';
import { schemaCompletion, schemaHover } from './schema-help.ts';

export interface LineProblem {
  readonly line: number;
  readonly field?: string;
  readonly reason: string;
}

const readOnlyExtension = (readOnly: boolean): Extension => [
  EditorState.readOnly.of(readOnly),
  EditorView.editable.of(!readOnly),
  readOnly ? [] : schemaCompletion,
];

/** Whole lines, marked with what is wrong with them. */
function toDiagnostics(state: EditorState, problems: readonly LineProblem[]): Diagnostic[] {
  return problems.map(({ line, field, reason }) => {
    const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
    const from = at.from + (/^\s*/.exec(at.text)?.[0].length ?? 0);
    const message = field === undefined ? reason : `${field}: ${reason}`;
    return { from: Math.min(from, at.to), to: at.to, severity: 'error', message };
  });
}

/** A YAML text, to read or to edit. A new `text` from outside replaces it; Tab indents, Escape then Tab leaves. */
export function YamlEditor({
  text,
  readOnly,
  label,
  problems = [],
  onChange,
}: {
  readonly text: string;
  readonly readOnly: boolean;
  readonly label: string;
  readonly problems?: readonly LineProblem[];
  readonly onChange?: (text: string) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const compartment = useRef(new Compartment());
  const latest = useRef(onChange);
  latest.current = onChange;
  const initial = useRef({ text, readOnly, label });
  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      doc: initial.current.text,
      extensions: [
        // Before the other keys, so that Enter and the arrows choose while completions are shown.
        compartment.current.of(readOnlyExtension(initial.current.readOnly)),
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        indentOnInput(),
        indentUnit.of('  '),
        highlightSelectionMatches(),
        search({ top: true }),
        lintGutter(),
        yaml(),
        schemaHover,
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ 'aria-label': initial.current.label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current?.(update.state.doc.toString());
        }),
        editorTheme,
      ],
    });
    // A scroller that holds no focusable text must be reachable by keyboard itself.
    made.scrollDOM.tabIndex = 0;
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined || editor.state.doc.toString() === text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [text]);
  useEffect(() => {
    view.current?.dispatch({ effects: compartment.current.reconfigure(readOnlyExtension(readOnly)) });
  }, [readOnly]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    editor.dispatch(setDiagnostics(editor.state, toDiagnostics(editor.state, problems)));
    const first = problems[0];
    if (first === undefined) return;
    const { from } = editor.state.doc.line(Math.min(Math.max(1, first.line), editor.state.doc.lines));
    editor.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'center' }) });
  }, [problems]);
  return <div ref={host} className="h-full min-h-0 overflow-hidden rounded-md border border-line" />;
}
