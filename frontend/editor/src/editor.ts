/**
 * `<mail-editor>`: the text of a mail, written like in a word processor or as its source.
 *
 * The element lives in the light DOM and draws only inside itself. README.md says how a page uses it.
 */

import { TextSelection } from "prosemirror-state";
import { setCellAttr } from "prosemirror-tables";
import type { EditorView } from "prosemirror-view";
import { Bar } from "./bar/bar";
import { askLink, askPicture, askTable } from "./bar/asking";
import { make, newId } from "./dom";
import { isPath, writeField, type Field, type FieldUse } from "./field";
import type { Fault, Host, OpenedField } from "./host";
import { isSafePicture } from "./html/address";
import { read } from "./html/read";
import { write } from "./html/write";
import { LABEL_KEYS, type LabelKey, type Labels } from "./labels";
import { schema } from "./schema";
import type { Diagnostic, Source, SourceChunk, SourceOptions } from "./source/contract";
import type { FieldChip } from "./text/chips";
import { COMMANDS, editIsland, removeBlock } from "./text/commands";
import { FINDINGS } from "./text/findings";
import { look } from "./text/state";
import { openText, stateOf, upload, type Listener } from "./text/view";

/** How the mail is shown. */
export type View = "text" | "source";

/** The editor of a mail. */
export class MailEditor extends HTMLElement implements Host, Listener {
  /** What was set, until something changes; then what is written holds. */
  private stored = "";
  private written: { doc: unknown; html: string } | null = null;
  private isChanged = false;
  private shownView: View = "text";
  private catalogue: readonly Field[] = [];
  private texts: Partial<Labels> = {};
  private spoken = "";
  private isLocked = false;
  private sheetUrl = "";
  private findings: readonly Diagnostic[] = [];
  private readonly chips = new Set<FieldChip>();
  private readonly textPlace = make("div", { class: "editor-text", role: "textbox", "aria-multiline": "true", spellcheck: "true" });
  private readonly sourcePlace = make("div", { class: "editor-source", hidden: true });
  private readonly hint = make("span", { class: "editor-hint", id: newId() });
  private bar: Bar | null = null;
  private text: EditorView | null = null;
  private source: Source | null = null;
  private opening: Promise<void> | null = null;

  /** Answers an address under which the browser may show a picture of the mail, such as one for a `cid:`; set by the page. */
  resolve: ((src: string) => string | null) | null = null;

  /** Whether the page has pictures to choose from; then it hears `library`. */
  hasLibrary = false;

  /** Where the chunk of the source view lies. */
  sourceUrl = "";

  /** Where the style sheet lies; it is fetched once for all editors of the page. */
  get styleUrl(): string {
    return this.sheetUrl;
  }

  set styleUrl(url: string) {
    this.sheetUrl = url;
    this.dress();
  }

  connectedCallback(): void {
    if (this.text) {
      return;
    }
    this.sourceUrl ||= this.getAttribute("source-url") ?? "";
    this.sheetUrl ||= this.getAttribute("style-url") ?? "";
    this.dress();
    this.classList.add("mail-editor");
    this.textPlace.setAttribute("aria-describedby", this.hint.id);
    this.replaceChildren(this.hint, this.textPlace, this.sourcePlace);
    this.text = openText(this.textPlace, read(this.stored), this, this, this.chips);
    this.bar = new Bar(this);
    this.prepend(this.bar.dom);
    this.tell();
    this.changed(false);
    void this.open(this.shownView);
  }

  disconnectedCallback(): void {
    // Moved inside the page, the element is connected again before this runs.
    queueMicrotask(() => {
      if (!this.isConnected && this.text) {
        this.stored = this.value;
        this.isChanged = false;
        this.text.destroy();
        this.source?.destroy();
        [this.text, this.source, this.bar, this.opening] = [null, null, null, null];
        this.replaceChildren();
      }
    });
  }

  /** The stored HTML. Read right after it was set, it is what was set, byte for byte. */
  get value(): string {
    if (!this.isChanged) {
      return this.stored;
    }
    if (this.shownView === "source" && this.source) {
      return this.source.value();
    }
    if (this.text && this.written?.doc !== this.text.state.doc) {
      this.written = { doc: this.text.state.doc, html: write(this.text.state.doc) };
    }
    return this.written?.html ?? this.stored;
  }

  set value(html: string) {
    if (html === this.value) {
      return;
    }
    this.stored = html;
    this.isChanged = false;
    this.source?.setValue(html);
    this.isChanged = false;
    if (this.text) {
      this.text.updateState(stateOf(read(html), this, this));
      this.changed(false);
    }
  }

  /** The fields that may be put into the text. */
  get fields(): readonly Field[] {
    return this.catalogue;
  }

  set fields(fields: readonly Field[]) {
    this.catalogue = fields;
    this.chips.forEach((it) => it.draw());
    this.source?.update(this.sourceOptions());
  }

  /** The texts of the editor; all of `LABEL_KEYS`. */
  get labels(): Partial<Labels> {
    return this.texts;
  }

  set labels(labels: Partial<Labels>) {
    this.texts = labels;
    this.tell();
  }

  /** The language of the mail (BCP 47), by which the browser checks its spelling. */
  get language(): string {
    return this.spoken;
  }

  set language(language: string) {
    this.spoken = language;
    this.tell();
  }

  get readonly(): boolean {
    return this.isLocked;
  }

  set readonly(isLocked: boolean) {
    this.isLocked = isLocked;
    this.tell();
  }

  /** What was found: underlined in the source and listed at its edge; in the text the code is underlined that it stands in. */
  get diagnostics(): readonly Diagnostic[] {
    return this.findings;
  }

  set diagnostics(diagnostics: readonly Diagnostic[]) {
    this.findings = diagnostics;
    this.source?.show(diagnostics);
    this.text?.dispatch(this.text.state.tr.setMeta(FINDINGS, true));
    // A finding's tip stands in place of the chip's own, and goes with the finding.
    this.chips.forEach((it) => it.dom.title || it.draw());
  }

  /** How the mail is shown. */
  get shownAs(): View {
    return this.shownView;
  }

  /** Shows the text or its source; settles when it is there. The source is fetched when it is opened for the first time. */
  async open(view: View): Promise<void> {
    if (view === "source" && !this.source && this.text) {
      this.opening ??= this.openSource();
      await this.opening;
      this.opening = null;
      if (!this.source) {
        return;
      }
    }
    if (view !== this.shownView) {
      this.carry(view);
    }
    const isText = this.shownView === "text";
    this.textPlace.hidden = !isText;
    this.sourcePlace.hidden = isText;
    this.bar?.dom.toggleAttribute("hidden", !isText);
    this.dispatchEvent(new CustomEvent("view", { detail: this.shownView }));
  }

  /** Puts a field where the cursor is. */
  insertField(path: string, filter = "", fallback: string | null = null): boolean {
    if (!isPath(path) || this.isLocked || !this.text) {
      return false;
    }
    const field = schema.node("merge_field", { path, filter, fallback });
    if (this.shownView === "source") {
      this.source?.insert(writeField({ path, filter, fallback }));
      this.source?.focus();
      return true;
    }
    const { state } = this.text;
    this.text.dispatch(state.tr.replaceSelectionWith(field, true).scrollIntoView());
    this.text.focus();
    return true;
  }

  /** Changes the chip that is selected, after `field-click`. */
  setField(use: FieldUse): boolean {
    const { state } = this.view;
    const { from } = state.selection;
    if (state.doc.nodeAt(from)?.type !== schema.nodes.merge_field || !isPath(use.path)) {
      return false;
    }
    const { path, filter, fallback } = use;
    this.view.dispatch(state.tr.setNodeMarkup(from, undefined, { path, filter, fallback }, state.doc.nodeAt(from)!.marks));
    return true;
  }

  /** Does what the button of that name does; answers whether it could. Arguments follow the name after a space. */
  exec(command: string): boolean {
    if (!this.text || this.isLocked) {
      return false;
    }
    const [name = "", argument = ""] = command.split(" ");
    const asking = { link: askLink, picture: askPicture, table: askTable }[name];
    if (asking) {
      asking(this);
      return true;
    }
    const run = COMMANDS[name] ?? this.withArgument(name, argument);
    const isDone = name === "field" ? this.insertField(argument) : (run?.(this.text.state, this.text.dispatch, this.text) ?? false);
    this.text.focus();
    return isDone;
  }

  /** Shows a place of the source, counted from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.open("source");
    this.source?.goTo(line, column);
  }

  override focus(): void {
    if (this.shownView === "source") {
      this.source?.focus();
    } else {
      this.text?.focus();
    }
  }

  // What the parts ask.

  get root(): HTMLElement {
    return this;
  }

  get view(): EditorView {
    if (!this.text) {
      throw new Error("the editor is not in a page");
    }
    return this.text;
  }

  get isReadonly(): boolean {
    return this.isLocked;
  }

  label(key: LabelKey): string {
    return this.texts[key] ?? key;
  }

  shown(src: string): string | null {
    if (!isSafePicture(src)) {
      return null;
    }
    const found = this.resolve?.(src) ?? (src.startsWith("data:") ? src : null);
    return found && /^(blob:|data:image\/|\/)/.test(found) && !found.startsWith("//") ? found : null;
  }

  upload(files: readonly File[], at: number): void {
    if (!this.isLocked) {
      upload(this.view, this, files, at, (detail) => this.dispatchEvent(new CustomEvent("upload", { detail })));
    }
  }

  askLibrary(): void {
    const done = (src: string, { alt, width }: { alt?: string; width?: number } = {}): void => {
      if (this.text && !this.isLocked) {
        const picture = schema.node("image", { src, alt: alt ?? null, width: width ? String(Math.round(width)) : null });
        this.text.dispatch(this.text.state.tr.replaceSelectionWith(picture, false).scrollIntoView());
        this.text.focus();
      }
    };
    this.dispatchEvent(new CustomEvent("library", { detail: { done } }));
  }

  openField(detail: OpenedField): void {
    this.dispatchEvent(new CustomEvent("field-click", { detail }));
  }

  fault(detail: Fault): void {
    this.dispatchEvent(new CustomEvent("fault", { detail }));
  }

  changed(isText: boolean): void {
    const state = look(this.view.state);
    this.textPlace.classList.toggle("empty", this.view.state.doc.textContent === "" && this.view.state.doc.childCount === 1);
    this.bar?.show(state);
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
    if (isText) {
      this.isChanged = true;
      this.dispatchEvent(new CustomEvent("change"));
    }
  }

  focusBar(): void {
    this.bar?.focus();
  }

  // How it is done.

  private withArgument(name: string, argument: string) {
    switch (name) {
      case "island-edit":
        return editIsland(Number(argument));
      case "island-delete":
        return removeBlock(Number(argument));
      case "cell_background":
        return setCellAttr("bgcolor", argument || null);
      default:
        return undefined;
    }
  }

  private tell(): void {
    for (const [name, value] of Object.entries({ "aria-label": this.label("text"), lang: this.spoken, "aria-readonly": String(this.isLocked) })) {
      this.textPlace.setAttribute(name, value);
    }
    this.hint.textContent = this.label("toolbar_hint");
    this.chips.forEach((it) => it.draw());
    this.bar?.draw();
    this.source?.update(this.sourceOptions());
    if (this.text) {
      // Whether it can be written into is asked again only when the view is set anew.
      this.text.setProps({});
      this.changed(false);
    }
  }

  private sourceOptions(): SourceOptions {
    return {
      value: this.value,
      fields: this.catalogue,
      label: this.label("source"),
      language: this.spoken,
      isReadonly: this.isLocked,
      changed: () => {
        if (this.shownView === "source") {
          this.isChanged = true;
          this.dispatchEvent(new CustomEvent("change"));
        }
      },
    };
  }

  private async openSource(): Promise<void> {
    this.setAttribute("aria-busy", "true");
    try {
      const chunk = (await import(/* @vite-ignore */ new URL(this.sourceUrl, document.baseURI).href)) as SourceChunk;
      this.source = chunk.openSource(this.sourcePlace, this.sourceOptions());
      this.source.show(this.findings);
    } catch {
      this.fault({ code: "source-unreachable" });
    } finally {
      this.removeAttribute("aria-busy");
    }
  }

  /** Carries the mail from one view to the other; what did not change stays as it is, byte for byte. */
  private carry(view: View): void {
    const html = this.value;
    this.shownView = view;
    if (view === "source") {
      if (this.source && this.source.value() !== html) {
        this.source.setValue(html);
      }
      this.source?.show(this.findings);
      return;
    }
    const { state } = this.view;
    const doc = read(html);
    if (!doc.eq(state.doc)) {
      // As one step that can be taken back.
      const tr = state.tr.replaceWith(0, state.doc.content.size, doc.content);
      this.view.dispatch(tr.setSelection(TextSelection.atStart(tr.doc)));
    }
    // The text view gives back what the source said until something changes in it.
    this.written = { doc: this.view.state.doc, html };
  }

  /** Fetches the style sheet once. */
  private dress(): void {
    const href = this.sheetUrl && new URL(this.styleUrl, document.baseURI).href;
    if (!href || Array.from(document.styleSheets).some((it) => it.href === href) || document.querySelector(`link[href="${CSS.escape(href)}"]`)) {
      return;
    }
    const link = make("link", { rel: "stylesheet", href, onerror: () => this.fault({ code: "style-unreachable" }) });
    document.head.append(link);
  }
}

if (!customElements.get("mail-editor")) {
  customElements.define("mail-editor", MailEditor);
}

export { LABEL_KEYS };
