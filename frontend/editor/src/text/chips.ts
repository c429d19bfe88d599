/** Merge code in the text: fields become chips with their names, other code stays what it is, both whole or not at all. */

import { Fragment, type Mark, type Node } from "prosemirror-model";
import { NodeSelection, Plugin, type EditorState, type Transaction } from "prosemirror-state";
import type { EditorView, NodeView } from "prosemirror-view";
import { make } from "../dom";
import { readField, writeField, type FieldUse } from "../field";
import type { Host } from "../host";
import { codeEnd } from "../html/scan";
import { schema } from "../schema";

/** Makes the node that stands for this code inside a line. */
export function nodeOf(code: string): Node {
  const field = readField(code);
  return field ? schema.node("merge_field", { ...field }) : schema.node("merge_code", { code });
}

interface Found {
  from: number;
  to: number;
  node: Node;
}

/** Finds code that still stands in the text as letters, also across different marks; places are those inside this block. */
function codesIn(block: Node): Found[] {
  const found: Found[] = [];
  const text = block.textBetween(0, block.content.size, undefined, "\ufffc");
  // An atom counts one place and is one sign here, so places in the text are places in the block.
  for (let at = text.indexOf("{"); 0 <= at; at = text.indexOf("{", at + 1)) {
    const end = codeEnd(text, at);
    if (end !== undefined && !text.slice(at, end).includes("\ufffc")) {
      const marks: readonly Mark[] = block.nodeAt(at)?.marks ?? [];
      found.push({ from: at, to: end, node: nodeOf(text.slice(at, end)).mark(marks) });
      at = end - 1;
    }
  }
  return found;
}

/** Puts chips in place of all code that stands as letters in what is pasted. */
export function withChips(fragment: Fragment): Fragment {
  const nodes: Node[] = [];
  fragment.forEach((node) => {
    if (node.isText) {
      nodes.push(node);
      return;
    }
    let { content } = node;
    if (node.isTextblock) {
      content = replaced(node);
    } else if (0 < node.childCount) {
      content = withChips(content);
    }
    nodes.push(node.copy(content));
  });
  const whole = Fragment.fromArray(nodes);
  // Text that is pasted without its block is looked through like a block.
  return fragment.firstChild?.isInline ? replaced(schema.node("paragraph", null, whole)) : whole;
}

function replaced(block: Node): Fragment {
  let content = Fragment.empty;
  let at = 0;
  for (const { from, to, node } of codesIn(block)) {
    content = content.append(block.content.cut(at, from)).append(Fragment.from(node));
    at = to;
  }
  return content.append(block.content.cut(at));
}

/** Makes a chip of code as soon as its last brace is typed. */
export function chipsAsTyped(): Plugin {
  return new Plugin({
    appendTransaction: (transactions: readonly Transaction[], _: EditorState, state: EditorState) => {
      if (!transactions.some((it) => it.docChanged) || transactions.some((it) => it.getMeta("composition"))) {
        return null;
      }
      const found: Found[] = [];
      state.doc.descendants((block, at) => {
        if (block.isTextblock && block.textContent.includes("{")) {
          codesIn(block).forEach((it) => found.push({ ...it, from: at + 1 + it.from, to: at + 1 + it.to }));
        }
        return !block.isTextblock;
      });
      if (found.length === 0) {
        return null;
      }
      const tr = state.tr;
      found.reverse().forEach(({ from, to, node }) => tr.replaceWith(from, to, node));
      return tr;
    },
  });
}

/** A chip that keeps up with the catalogue. */
export class FieldChip implements NodeView {
  readonly dom = make("span", { class: "merge-field", contenteditable: "false" });

  constructor(
    private node: Node,
    private readonly host: Host,
    chips: Set<FieldChip>,
    view: EditorView,
    place: () => number | undefined,
  ) {
    chips.add(this);
    this.destroy = () => chips.delete(this);
    this.dom.addEventListener("click", () => {
      const at = place();
      if (at !== undefined && view.editable) {
        view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
        openField(this.host, this.node);
      }
    });
    this.draw();
  }

  destroy: () => void;

  update(node: Node): boolean {
    if (node.type !== this.node.type) {
      return false;
    }
    this.node = node;
    this.draw();
    return true;
  }

  /** What changes inside is drawn by us, never typed. */
  ignoreMutation(): boolean {
    return true;
  }

  /** Draws the name that the catalogue has now. */
  draw(): void {
    if (this.node.type.name === "merge_code") {
      this.dom.classList.add("code");
      this.dom.textContent = this.node.attrs.code as string;
      this.dom.title = this.host.label("code");
      return;
    }
    const use = this.node.attrs as FieldUse;
    const known = this.host.fields.find((it) => it.path === use.path);
    const isUnknown = known === undefined && 0 < this.host.fields.length;
    this.dom.classList.toggle("unknown", isUnknown);
    const name = make("span", { class: "name" }, known?.label ?? use.path);
    const extras = [use.filter, use.fallback ? `“${use.fallback}”` : ""].filter(Boolean).join(" · ");
    this.dom.replaceChildren(name, ...(extras ? [make("span", { class: "extra" }, extras)] : []));
    const sample = known?.sample ? `\n${this.host.label("field_sample")}: ${known.sample}` : "";
    this.dom.title = isUnknown ? `${this.host.label("field_unknown")}: ${writeField(use)}` : `${writeField(use)}${sample}`;
  }
}

/** Tells the page that a field was opened; answers whether the node is one. */
export function openField(host: Host, node: Node | null | undefined): boolean {
  if (node?.type.name !== "merge_field") {
    return false;
  }
  const use = node.attrs as FieldUse;
  host.openField({ path: use.path, filter: use.filter, fallback: use.fallback, isKnown: host.fields.some((it) => it.path === use.path) });
  return true;
}
