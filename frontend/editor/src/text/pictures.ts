/** Pictures in the text: shown when the browser may show them, and a place kept for those that are on their way. */

import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView, type NodeView } from "prosemirror-view";
import { make } from "../dom";
import type { Host } from "../host";

/** A picture of the mail. */
export class PictureView implements NodeView {
  readonly dom: HTMLElement;
  private readonly picture = make("img", { draggable: "false" });
  private readonly grip = make("span", { class: "grip", "aria-hidden": "true" });

  constructor(
    private node: Node,
    private readonly host: Host,
    view: EditorView,
    place: () => number | undefined,
  ) {
    this.dom = make("span", { class: "mail-picture" }, this.picture, this.grip);
    this.dom.addEventListener("dblclick", () => host.exec("picture"));
    this.grip.addEventListener("pointerdown", (event) => this.resize(event, view, place));
    this.draw();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) {
      return false;
    }
    this.node = node;
    this.draw();
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.target === this.grip;
  }

  ignoreMutation(): boolean {
    return true;
  }

  private draw(): void {
    const { src, alt, width, height, align } = this.node.attrs as Record<string, string | null>;
    const shown = this.host.shown(src ?? "");
    this.dom.classList.toggle("remote", shown === null);
    this.dom.classList.toggle("silent", !alt);
    this.dom.dataset.align = align ?? "";
    this.dom.title = shown === null ? this.host.label("picture_remote") : "";
    this.picture.alt = alt ?? "";
    for (const [name, value] of Object.entries({ src: shown, width, height })) {
      if (value) {
        this.picture.setAttribute(name, value);
      } else {
        this.picture.removeAttribute(name);
      }
    }
  }

  /** Follows the pointer until it is let go, then stores the width. */
  private resize(event: PointerEvent, view: EditorView, place: () => number | undefined): void {
    event.preventDefault();
    const begin = this.picture.getBoundingClientRect().width;
    const width = (now: PointerEvent): number => Math.round(Math.min(1200, Math.max(16, begin + now.clientX - event.clientX)));
    const move = (now: PointerEvent): void => {
      this.picture.setAttribute("width", String(width(now)));
      this.picture.removeAttribute("height");
    };
    const end = (now: PointerEvent): void => {
      this.grip.removeEventListener("pointermove", move);
      const at = place();
      if (at !== undefined && view.editable) {
        view.dispatch(view.state.tr.setNodeMarkup(at, undefined, { ...this.node.attrs, width: String(width(now)), height: null }, this.node.marks));
      }
    };
    this.grip.setPointerCapture(event.pointerId);
    this.grip.addEventListener("pointermove", move);
    this.grip.addEventListener("lostpointercapture", end as EventListener, { once: true });
  }
}

type Change = { add: object; at: number; name: string } | { remove: object };

const key = new PluginKey<DecorationSet>("uploads");

/** Keeps the places of pictures that are on their way, wherever the text around them moves. */
export function uploads(host: Host): Plugin {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set) {
        const mapped = set.map(tr.mapping, tr.doc);
        const change = tr.getMeta(key) as Change | undefined;
        if (change && "add" in change) {
          const waiting = (): HTMLElement => make("span", { class: "mail-upload", role: "status" }, `${host.label("uploading")}: ${change.name}`);
          return mapped.add(tr.doc, [Decoration.widget(change.at, waiting, { id: change.add })]);
        }
        return change ? mapped.remove(find(mapped, change.remove)) : mapped;
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

function find(set: DecorationSet, id: object): Decoration[] {
  return set.find(undefined, undefined, (spec) => spec.id === id);
}

/** Keeps a place for a picture; answers what stands for it. */
export function keepPlace(view: EditorView, at: number, name: string): object {
  const id = {};
  view.dispatch(view.state.tr.setMeta(key, { add: id, at, name } satisfies Change).setMeta("addToHistory", false));
  return id;
}

/** Where the place is now; nothing when the text around it was deleted. */
export function placeOf(state: EditorState, id: object): number | undefined {
  return find(key.getState(state) ?? DecorationSet.empty, id)[0]?.from;
}

/** Puts the picture into its place, or only gives the place up. */
export function settle(view: EditorView, id: object, picture: Node | null): void {
  const at = placeOf(view.state, id);
  const { tr } = view.state;
  view.dispatch((picture && at !== undefined ? tr.insert(at, picture) : tr).setMeta(key, { remove: id } satisfies Change));
}
