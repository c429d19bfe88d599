/** What a text is made of, from the whole down to its blocks, without tables. */

import type { Attrs, DOMOutputSpec, Node, NodeSpec } from "prosemirror-model";
import { align } from "../html/style";
import { CODE } from "../html/defuse";
import { styleOf } from "./marks";

function alignOf(element: HTMLElement): Attrs {
  return { align: align(styleOf(element, "text-align")) ?? align(element.getAttribute("align") ?? "") };
}

function aligned(name: string, node: Node): DOMOutputSpec {
  const { align } = node.attrs as { align: string | null };
  return align ? [name, { style: `text-align:${align}` }, 0] : [name, 0];
}

const ALIGN = { align: { default: null, validate: "string|null" } };

/** The blocks, in the order in which the schema tries them. */
export const blocks = {
  doc: { content: "(flow | table | island)+" },
  paragraph: {
    content: "inline*",
    group: "flow",
    attrs: ALIGN,
    parseDOM: [{ tag: "p", getAttrs: alignOf }],
    toDOM: (node) => aligned("p", node),
  },
  heading: {
    content: "inline*",
    group: "flow",
    defining: true,
    attrs: { ...ALIGN, level: { default: 2, validate: "number" } },
    parseDOM: [1, 2, 3].map((level) => ({
      tag: `h${level}`,
      getAttrs: (element: HTMLElement) => ({ ...alignOf(element), level }),
    })),
    toDOM: (node) => aligned(`h${node.attrs.level}`, node),
  },
  bullet_list: {
    content: "list_item+",
    group: "flow",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    content: "list_item+",
    group: "flow",
    attrs: { start: { default: 1, validate: "number" }, kind: { default: "1", validate: "string" } },
    parseDOM: [
      {
        tag: "ol",
        getAttrs: (element) => ({
          start: Number.parseInt(element.getAttribute("start") ?? "", 10) || 1,
          kind: /^[1aAiI]$/.exec(element.getAttribute("type") ?? "")?.[0] ?? "1",
        }),
      },
    ],
    toDOM: ({ attrs: { start, kind } }) => ["ol", { start: start === 1 ? null : start, type: kind === "1" ? null : kind }, 0],
  },
  list_item: {
    content: "flow+",
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
  blockquote: {
    content: "flow+",
    group: "flow",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  horizontal_rule: {
    group: "flow",
    parseDOM: [{ tag: "hr" }],
    toDOM: () => ["hr"],
  },
  /** Merge code that stands between blocks, such as a condition around a paragraph. */
  merge_block: {
    group: "flow",
    atom: true,
    attrs: { code: { validate: "string" } },
    parseDOM: [{ tag: `div[${CODE}]`, getAttrs: (element) => ({ code: element.getAttribute(CODE) ?? "" }) }],
    toDOM: ({ attrs: { code } }) => ["div", { [CODE]: code as string, class: "merge-block" }, code as string],
  },
  /** HTML of another hand, kept byte for byte. */
  island: {
    atom: true,
    isolating: true,
    attrs: { html: { validate: "string" } },
    parseDOM: [{ tag: "div[data-island]", getAttrs: (element) => ({ html: element.getAttribute("data-island") ?? "" }) }],
    toDOM: ({ attrs: { html } }) => ["div", { "data-island": html as string }],
  },
} satisfies Record<string, NodeSpec>;
