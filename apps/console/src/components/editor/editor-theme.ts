import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The console's colours, light and dark alike, by the same variables as the pages. */
export const editorTheme: Extension = [
  EditorView.theme({
    '&': { backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '12px', height: '100%' },
    '.cm-scroller': { fontFamily: 'var(--font-mono, monospace)', lineHeight: '18px' },
    '.cm-content': { caretColor: 'var(--ink)' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
    '.cm-gutters': {
      backgroundColor: 'var(--sunken)',
      color: 'var(--muted)',
      borderRight: '1px solid var(--line)',
    },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--accent-soft)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent)',
    },
    '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--ink)', borderColor: 'var(--line)' },
    '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--line)' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': {
      fontFamily: 'var(--font-mono, monospace)',
      maxHeight: '16em',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--accent-soft)',
      color: 'var(--ink)',
    },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
    '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },
    '.gantry-schema-docs': {
      padding: '6px 8px',
      maxWidth: '420px',
      maxHeight: '16em',
      overflow: 'auto',
      whiteSpace: 'pre-line',
    },
    '.gantry-schema-docs p:first-child': { fontFamily: 'var(--font-mono, monospace)', fontWeight: '600' },
    '.cm-diagnosticText': { whiteSpace: 'pre-wrap' },
    '&.cm-merge-b .cm-changedLine, .cm-changedLine': { backgroundColor: 'var(--ok-soft)' },
    '&.cm-merge-a .cm-changedLine': { backgroundColor: 'var(--broken-soft)' },
    '.cm-deletedChunk': { backgroundColor: 'var(--broken-soft)' },
    '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"…"' },
    '.cm-collapsedLines': {
      background: 'var(--sunken)',
      color: 'var(--muted)',
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
      { tag: [tags.number, tags.bool, tags.null, tags.keyword, tags.atom], color: 'var(--drift)' },
      { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
    ]),
  ),
];
