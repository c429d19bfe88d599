/** Fields offered while somebody types `{` and a part of a name. */

import { Plugin, PluginKey, type EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { make } from "../dom";
import type { Host } from "../host";
import { schema } from "../schema";
import { FieldList } from "./field_list";

interface Query {
  from: number;
  to: number;
  text: string;
}

const TYPED = /\{\{?\s?([\p{L}\p{N}_. ]{0,40})$/u;
const key = new PluginKey<Query | null>("suggest");

function queryOf(state: EditorState): Query | null {
  const { $from, empty } = state.selection;
  if (!empty || !$from.parent.isTextblock) {
    return null;
  }
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 60), $from.parentOffset, undefined, "\ufffc");
  const match = TYPED.exec(before);
  return match ? { from: $from.pos - match[0].length, to: $from.pos, text: match[1]! } : null;
}

/** Offers fields below the cursor. */
export function suggest(host: Host): Plugin<Query | null> {
  return new Plugin<Query | null>({
    key,
    state: {
      init: () => null,
      apply(tr, old, _, state) {
        if (tr.getMeta(key) === "close") {
          return null;
        }
        // Only typing opens the list; walking over an old brace does not.
        return tr.docChanged || (old && tr.selectionSet) ? queryFor(old, tr.docChanged, state) : old;
      },
    },
    view: (view) => new Suggestions(view, host),
    props: {
      handleKeyDown: (view, event) => shown.get(view)?.key(event) ?? false,
      handleDOMEvents: {
        blur: (view) => {
          if (key.getState(view.state)) {
            view.dispatch(view.state.tr.setMeta(key, "close"));
          }
          return false;
        },
      },
    },
  });
}

function queryFor(old: Query | null, isTyped: boolean, state: EditorState): Query | null {
  const query = queryOf(state);
  return query && (isTyped || query.from === old?.from) ? query : null;
}

const shown = new WeakMap<EditorView, Suggestions>();

class Suggestions {
  private readonly box = make("div", { class: "field-suggest menu", popover: "manual" });
  private readonly list: FieldList;

  constructor(
    private readonly view: EditorView,
    host: Host,
  ) {
    this.list = new FieldList(host, ({ path }) => {
      const query = key.getState(view.state);
      if (query) {
        const field = schema.node("merge_field", { path }, undefined, view.state.selection.$from.marks());
        view.dispatch(view.state.tr.replaceWith(query.from, query.to, field).scrollIntoView());
        view.focus();
      }
    });
    this.box.append(this.list.dom);
    host.root.append(this.box);
    shown.set(view, this);
  }

  update(view: EditorView, before: EditorState): void {
    const query = key.getState(view.state);
    if (query === key.getState(before)) {
      return;
    }
    if (!query || view.composing || !view.editable) {
      this.hide();
      return;
    }
    this.list.draw(query.text);
    if (this.list.size === 0) {
      this.hide();
      return;
    }
    this.box.showPopover();
    this.place(query.from);
    this.tell();
  }

  key(event: KeyboardEvent): boolean {
    if (!this.box.matches(":popover-open")) {
      return false;
    }
    if (event.key === "Escape") {
      this.view.dispatch(this.view.state.tr.setMeta(key, "close"));
      return true;
    }
    const isOurs = this.list.key(event);
    this.tell();
    return isOurs;
  }

  destroy(): void {
    this.box.remove();
  }

  private hide(): void {
    if (this.box.matches(":popover-open")) {
      this.box.hidePopover();
    }
    this.tell();
  }

  private place(at: number): void {
    const { left, top, bottom } = this.view.coordsAtPos(at);
    const { offsetWidth, offsetHeight } = this.box;
    const isBelow = bottom + offsetHeight + 8 < window.innerHeight || top < offsetHeight;
    this.box.style.left = `${Math.max(8, Math.min(left, window.innerWidth - offsetWidth - 8))}px`;
    this.box.style.top = `${isBelow ? bottom + 4 : top - offsetHeight - 4}px`;
  }

  /** Readers follow the option although the text keeps the focus. */
  private tell(): void {
    const isOpen = this.box.matches(":popover-open");
    const { dom } = this.view;
    if (isOpen && this.list.active) {
      dom.setAttribute("aria-controls", this.list.id);
      dom.setAttribute("aria-activedescendant", this.list.active);
    } else {
      dom.removeAttribute("aria-controls");
      dom.removeAttribute("aria-activedescendant");
    }
  }
}
