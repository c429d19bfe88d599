/** The text view: ProseMirror with the schema of mails. */

import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { DOMSerializer, Slice, type Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import { columnResizing, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import type { Host } from "../host";
import { clean, isSource, pictureInside } from "../paste";
import { schema } from "../schema";
import { FieldChip, chipsAsTyped, withChips } from "./chips";
import { underline } from "./findings";
import { IslandView } from "./island";
import { keys, typed } from "./keys";
import { PictureView, keepPlace, settle, uploads } from "./pictures";
import { suggest } from "./suggest";

const PICTURES = /^image\/(png|jpeg|gif|webp)$/;

/** What the text view tells the editor. */
export interface Listener {
  /** Something changed: the text, or only the place of the cursor. */
  changed(isText: boolean): void;
  focusBar(): void;
}

/** Makes the state of a text. */
export function stateOf(doc: Node, host: Host, listener: Listener): EditorState {
  return EditorState.create({
    doc,
    plugins: [
      suggest(host),
      typed(),
      ...keys(host, () => listener.focusBar()),
      chipsAsTyped(),
      uploads(host),
      underline(() => host.diagnostics),
      history(),
      dropCursor({ class: "drop-cursor", width: 2, color: false }),
      gapCursor(),
      columnResizing({ cellMinWidth: 24, View: null }),
      tableEditing(),
    ],
  });
}

/** Opens the text view in this place. `chips` gathers what must be drawn again when the catalogue changes. */
export function openText(place: HTMLElement, doc: Node, host: Host, listener: Listener, chips: Set<FieldChip>): EditorView {
  const view: EditorView = new EditorView(
    { mount: place },
    {
      state: stateOf(doc, host, listener),
      editable: () => !host.isReadonly,
      dispatchTransaction(transaction) {
        view.updateState(view.state.apply(transaction));
        listener.changed(transaction.docChanged);
      },
      nodeViews: {
        merge_field: (node, view, at) => new FieldChip(node, host, chips, view, at),
        merge_code: (node, view, at) => new FieldChip(node, host, chips, view, at),
        island: (node, view, at) => new IslandView(node, host, view, at),
        image: (node, view, at) => new PictureView(node, host, view, at),
      },
      clipboardSerializer: DOMSerializer.fromSchema(schema),
      clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, "\n\n"),
      transformPastedHTML(html) {
        const pasted = clean(html);
        if (0 < pasted.nLost) {
          host.fault({ code: "picture-lost", count: pasted.nLost });
        }
        return pasted.html;
      },
      transformPasted: (slice) => chipped(slice),
      handlePaste: (view, event, slice) => paste(view, event, host, slice),
      handleDrop(view, event, _, isMoved) {
        const files = filesOf(event.dataTransfer);
        if (isMoved || files.length === 0) {
          return false;
        }
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.selection.to;
        host.upload(files, at);
        return true;
      },
    },
  );
  return view;
}

/** Chips count one place and their code many, so a slice that is open inside a line keeps its depths only. */
function chipped(slice: Slice): Slice {
  return new Slice(withChips(slice.content), slice.openStart, slice.openEnd);
}

function filesOf(data: DataTransfer | null): File[] {
  return Array.from(data?.files ?? []);
}

/** Takes files and whole designs; all else goes its usual way, with the pictures inside it given out afterwards. */
function paste(view: EditorView, event: ClipboardEvent, host: Host, slice: Slice): boolean {
  const data = event.clipboardData;
  const files = filesOf(data);
  const text = data?.getData("text/plain") ?? "";
  // Office programs put a picture of the text beside the text.
  if (0 < files.length && !data?.getData("text/html")) {
    host.upload(files, view.state.selection.from);
    return true;
  }
  if (isSource(text)) {
    const { tr } = view.state;
    view.dispatch(tr.replaceSelectionWith(schema.node("island", { html: text })).scrollIntoView().setMeta("paste", true));
    return true;
  }
  const inside: string[] = [];
  slice.content.descendants((node) => {
    if (node.type === schema.nodes.image && pictureInside(node.attrs.src as string)) {
      inside.push(node.attrs.src as string);
    }
  });
  if (0 < inside.length) {
    queueMicrotask(() => giveOut(view, host, inside));
  }
  return false;
}

/** Gives out the pictures that came inside the HTML, and puts what the page answers in their place. */
function giveOut(view: EditorView, host: Host, sources: string[]): void {
  for (const src of sources) {
    const file = pictureInside(src);
    let at: number | undefined;
    view.state.doc.descendants((node, place) => {
      at = at === undefined && node.type === schema.nodes.image && node.attrs.src === src ? place : at;
      return at === undefined;
    });
    if (file && at !== undefined) {
      view.dispatch(view.state.tr.delete(at, at + 1));
      host.upload([file], at);
    }
  }
}

/** A file that the page has been given, with the two ways to answer. */
export interface Upload {
  file: File;
  /** The picture is kept under this address, `cid:…` or `https:…`. */
  done(src: string, options?: { alt?: string; width?: number }): void;
  /** It is not; the reason is for people. */
  fail(reason: string): void;
}

/** Keeps a place for each picture, gives the files out and puts in what is answered. */
export function upload(view: EditorView, host: Host, files: readonly File[], at: number, give: (upload: Upload) => void): void {
  for (const file of files) {
    if (!PICTURES.test(file.type)) {
      host.fault({ code: "picture-refused", name: file.name });
      continue;
    }
    const id = keepPlace(view, at, file.name);
    let isOpen = true;
    const answer = (act: () => void): void => {
      if (isOpen && !view.isDestroyed) {
        isOpen = false;
        act();
      }
    };
    give({
      file,
      done: (src, { alt, width } = {}) =>
        answer(() => settle(view, id, schema.node("image", { src, alt: alt ?? null, width: width ? String(Math.round(width)) : null }))),
      fail: (reason) =>
        answer(() => {
          settle(view, id, null);
          host.fault({ code: "upload-failed", name: file.name, reason });
        }),
    });
  }
}

