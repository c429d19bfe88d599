/** The source view: CodeMirror, in a chunk of its own that is fetched when somebody opens the source for the first time. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { html } from "@codemirror/lang-html";
import { HighlightStyle, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, linter, setDiagnostics, type Diagnostic as Shown } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Text } from "@codemirror/state";
import {
  Decoration, EditorView, MatchDecorator, ViewPlugin, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers,
  type DecorationSet, type ViewUpdate,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Field } from "../field";
import type { Diagnostic, Source, SourceOptions } from "./contract";

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--raised)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.25rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.5rem 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--ink-faint)", backgroundColor: "var(--surface)", border: "none", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-wash)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--mark-found)" },
  ".cm-merge": { color: "var(--accent)", backgroundColor: "var(--accent-wash)", borderRadius: "3px" },
  ".cm-merge.unknown": { color: "var(--danger)" },
  ".cm-panels, .cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--raised)", borderColor: "var(--line-strong)" },
  ".cm-tooltip": { border: "1px solid var(--line-strong)", borderRadius: "6px", boxShadow: "var(--shadow)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--accent-ink)", backgroundColor: "var(--accent-fill)" },
  ".cm-diagnostic": { padding: "0.375rem 0.625rem", fontFamily: "var(--sans)", whiteSpace: "pre-wrap" },
  ".cm-textfield, .cm-button": { color: "var(--ink)", background: "var(--surface)", border: "1px solid var(--line-field)", borderRadius: "6px" },
});

const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: "var(--accent)" },
  { tag: tags.attributeName, color: "var(--slate)" },
  { tag: [tags.attributeValue, tags.string], color: "var(--green)" },
  { tag: [tags.comment, tags.processingInstruction, tags.documentMeta], color: "var(--ink-faint)" },
  { tag: [tags.keyword, tags.propertyName], color: "var(--violet)" },
  { tag: [tags.number, tags.unit, tags.color], color: "var(--amber)" },
]);

/** Opens the source in this element. It lives in a shadow root, where its styles are adopted and so need no inline style. */
export function openSource(place: HTMLElement, options: SourceOptions): Source {
  const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  const [language, writing, merge, ends] = [new Compartment(), new Compartment(), new Compartment(), new Compartment()];
  const written = (given: SourceOptions) => [EditorState.readOnly.of(given.isReadonly), EditorView.editable.of(!given.isReadonly)];
  const spoken = (given: SourceOptions) =>
    EditorView.contentAttributes.of({ "aria-label": given.label, lang: given.language, spellcheck: "false", autocapitalize: "off" });
  let fields = options.fields;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.value,
      extensions: [
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        highlightActiveLine(), highlightSelectionMatches(), search({ top: true }), lintGutter(), linter(null), EditorView.lineWrapping,
        html({ autoCloseTags: true, matchClosingTags: true }), syntaxHighlighting(colours), theme,
        autocompletion(),
        EditorState.languageData.of(() => [{ autocomplete: (context: CompletionContext) => complete(context, fields) }]),
        merge.of(highlight(fields)),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap, leaving, indentWithTab]),
        writing.of(written(options)),
        language.of(spoken(options)),
        ends.of(EditorState.lineSeparator.of(separator(options.value))),
        EditorView.updateListener.of((update) => update.docChanged && options.changed()),
      ],
    }),
  });
  return {
    value: () => view.state.sliceDoc(),
    setValue(value) {
      view.dispatch({ effects: ends.reconfigure(EditorState.lineSeparator.of(separator(value))) });
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    },
    update(given) {
      fields = given.fields;
      view.dispatch({ effects: [writing.reconfigure(written(given)), language.reconfigure(spoken(given)), merge.reconfigure(highlight(fields))] });
    },
    show(diagnostics) {
      view.dispatch(setDiagnostics(view.state, diagnostics.map((it) => placed(view.state.doc, it)).sort((one, other) => one.from - other.from)));
    },
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
    },
    goTo(line, column) {
      const at = offset(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** After `Escape` the Tab key leaves the source, as CodeMirror's manual asks. */
const leaving = { key: "Escape", run: (view: EditorView) => (view.setTabFocusMode(2000), false) };

/** A text whose lines all end in CR LF gives them back. */
function separator(value: string): string {
  const n_lf = value.split("\n").length - 1;
  return 0 < n_lf && value.split("\r\n").length - 1 === n_lf ? "\r\n" : "\n";
}

function offset(doc: Text, line: number, column: number): number {
  const found = doc.line(Math.min(doc.lines, Math.max(1, line)));
  return Math.min(found.to, found.from + Math.max(0, column - 1));
}

function placed(doc: Text, { line, column, length, severity, message }: Diagnostic): Shown {
  const from = offset(doc, line, column);
  return { from, to: Math.min(doc.length, from + Math.max(1, length)), severity, message };
}

/** Colours merge code; fields that the catalogue does not have in red. */
function highlight(fields: readonly Field[]) {
  const paths = new Set(fields.map((it) => it.path));
  const known = Decoration.mark({ class: "cm-merge" });
  const unknown = Decoration.mark({ class: "cm-merge unknown" });
  const matcher = new MatchDecorator({
    regexp: /\{\{\s*([\p{L}_][\p{L}\p{N}_.]*)?[^{}\n]{0,300}\}\}|\{%[^\n]{0,300}?%\}|\{#[^\n]{0,300}?#\}/gu,
    decoration: (match) => (match[1] && 0 < paths.size && !paths.has(match[1]) && !match[1].startsWith("item.") ? unknown : known),
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = matcher.createDeco(view);
      }
      update(update: ViewUpdate) {
        this.decorations = matcher.updateDeco(update, this.decorations);
      }
    },
    { decorations: (it) => it.decorations },
  );
}

/** Offers fields after two braces. */
function complete(context: CompletionContext, fields: readonly Field[]): CompletionResult | null {
  const typed = context.matchBefore(/\{\{\s*[\p{L}\p{N}_.]*/u);
  if (!typed) {
    return null;
  }
  const path = /[\p{L}\p{N}_.]*$/u.exec(typed.text)![0];
  const isClosed = /^\s*\}\}/.test(context.state.sliceDoc(context.pos, context.pos + 4));
  const from = context.pos - path.length;
  const gap = typed.text.endsWith("{") ? " " : "";
  return {
    from,
    options: fields.map((it) => ({ label: it.path, detail: it.label, info: it.sample, apply: `${gap}${it.path}${isClosed ? "" : " }}"}`, type: "variable" })),
    validFor: /^[\p{L}\p{N}_.]*$/u,
  };
}
