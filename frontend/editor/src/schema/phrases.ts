/** What stands inside a line: text, fields, pictures. */

import type { NodeSpec } from "prosemirror-model";
import { canonical, readField, writeField, type FieldUse } from "../field";
import { isSafePicture } from "../html/address";
import { CODE } from "../html/defuse";
import { pixels } from "../html/style";

const TEXT = { default: null, validate: "string|null" };

/** What stands inside a line. */
export const phrases = {
  text: { group: "inline" },
  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
    leafText: () => "\n",
  },
  image: {
    inline: true,
    group: "inline",
    draggable: true,
    attrs: {
      src: { validate: "string" },
      alt: TEXT,
      title: TEXT,
      width: TEXT,
      height: TEXT,
      align: TEXT,
    },
    parseDOM: [
      {
        tag: "img[src]",
        getAttrs: (element) => {
          const src = element.getAttribute("src")?.trim() ?? "";
          const size = (name: string): string | null => pixels(element.getAttribute(name) ?? "")?.toString() ?? null;
          return isSafePicture(src) && {
            src,
            alt: element.getAttribute("alt"),
            title: element.getAttribute("title") || null,
            width: size("width"),
            height: size("height"),
            align: /^(left|right|middle)$/.exec(element.getAttribute("align") ?? "")?.[0] ?? null,
          };
        },
      },
    ],
    toDOM: ({ attrs }) => ["img", { ...attrs, alt: (attrs.alt as string | null) ?? "" }],
    leafText: ({ attrs }) => (attrs.alt as string | null) ?? "",
  },
  /** A field: it is whole or it is not there. */
  merge_field: {
    inline: true,
    group: "inline",
    atom: true,
    attrs: { path: { validate: "string" }, filter: { default: "", validate: "string" }, fallback: TEXT },
    parseDOM: [
      {
        tag: `span[${CODE}]`,
        priority: 70,
        getAttrs: (element) => {
          const field = readField(element.getAttribute(CODE) ?? "");
          return field ? { ...field } : false;
        },
      },
    ],
    toDOM: ({ attrs }) => ["span", { [CODE]: writeField(attrs as FieldUse) }, writeField(attrs as FieldUse)],
    leafText: ({ attrs }) => writeField(attrs as FieldUse),
  },
  /** Any other merge code inside a line. */
  merge_code: {
    inline: true,
    group: "inline",
    atom: true,
    attrs: { code: { validate: "string" } },
    parseDOM: [
      { tag: `span[${CODE}]`, priority: 65, getAttrs: (element) => ({ code: canonical(element.getAttribute(CODE) ?? "") }) },
    ],
    toDOM: ({ attrs: { code } }) => ["span", { [CODE]: code as string }, code as string],
    leafText: ({ attrs: { code } }) => code as string,
  },
} satisfies Record<string, NodeSpec>;
