/** What was found wrong, underlined in the text: each finding belongs to the merge code it stands in. */

import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { writeField, type FieldUse } from "../field";
import type { Diagnostic } from "../source/contract";

const key = new PluginKey<DecorationSet>("findings");

/** Underlines code with what was found in it; `found` answers all findings that belong to some code. */
export function underline(found: () => readonly Diagnostic[]): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => marked(state.doc, found()),
      apply: (tr, before) => (tr.docChanged || tr.getMeta(key) ? marked(tr.doc, found()) : before),
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

/** What tells the view that there are other findings. */
export const FINDINGS = key;

function marked(doc: Node, findings: readonly Diagnostic[]): DecorationSet {
  const codes = findings.filter((it) => it.code);
  if (codes.length === 0) {
    return DecorationSet.empty;
  }
  const places: Decoration[] = [];
  doc.descendants((node, at) => {
    const told = codes.filter((it) => holds(node, it.code ?? ""));
    if (0 < told.length) {
      const severity = told.some((it) => it.severity === "error") ? "error" : "warning";
      places.push(Decoration.node(at, at + node.nodeSize, { class: `finding ${severity}`, title: told.map((it) => it.message).join("\n") }));
    }
  });
  return DecorationSet.create(doc, places);
}

/** Whether the code stands in this node itself. */
function holds(node: Node, code: string): boolean {
  switch (node.type.name) {
    case "merge_field":
      return spare(writeField(node.attrs as FieldUse)) === spare(code);
    case "merge_code":
    case "merge_block":
      return (node.attrs.code as string).includes(code);
    case "island":
      return (node.attrs.html as string).includes(code);
    case "table_row":
      return `${node.attrs.before as string}\n${node.attrs.after as string}`.includes(code);
    default:
      return false;
  }
}

/** Blanks inside the braces mean nothing. */
function spare(code: string): string {
  return code.replaceAll(/\s+/g, "");
}
