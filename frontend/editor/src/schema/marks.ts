/** What letters can look like. */

import type { MarkSpec, ParseRule } from "prosemirror-model";
import { isSafeAddress } from "../html/address";
import { colour, declarations, fontSize, typeface } from "../html/style";
import { STYLE } from "../html/defuse";

/** Reads one declaration of an element, whether it is dressed or only tells how it was. */
export function styleOf(element: HTMLElement, name: string): string {
  const style = element.getAttribute(STYLE) ?? element.getAttribute("style");
  return (style && declarations(style).get(name)) || "";
}

/** What is said of these is said of their ground, not of the letters on it. */
const GROUNDS = "table,tbody,thead,tr,td,th";

/** A mark that a declaration of any element sets; the element itself is still read for what it is. */
function styled(name: string, read: (value: string) => Record<string, string> | null): ParseRule {
  return {
    tag: `[${STYLE}*="${name}"]`,
    priority: 60,
    consuming: false,
    getAttrs: (element) => {
      const value = name === "background-color" && element.matches(GROUNDS) ? "" : styleOf(element, name);
      return value ? (read(value) ?? false) : false;
    },
  };
}

/** A mark without values that a declaration sets. */
function plain(name: string, test: (value: string) => boolean): ParseRule {
  return styled(name, (value) => (test(value) ? {} : null));
}

/** A tag whose own style does not take back what the tag says. */
function tag(tag: string, name: string, isTakenBack: (value: string) => boolean): ParseRule {
  return { tag, getAttrs: (element) => (isTakenBack(styleOf(element, name)) ? false : null) };
}

const isLight = (value: string): boolean => /^(normal|lighter|[1-4]00)$/.test(value);

function span(name: string, value: string): ["span", Record<string, string>, 0] {
  return ["span", { style: `${name}:${value}` }, 0];
}

function valued(attribute: string, name: string, read: (value: string) => string | null, more: ParseRule[] = []): MarkSpec {
  return {
    attrs: { [attribute]: { validate: "string" } },
    parseDOM: [
      styled(name, (value) => {
        const found = read(value);
        return found === null ? null : { [attribute]: found };
      }),
      ...more,
    ],
    toDOM: (mark) => span(name, String(mark.attrs[attribute])),
  };
}

/** In the order in which they enclose one another. */
export const marks = {
  link: {
    attrs: { href: { validate: "string" }, title: { default: null, validate: "string|null" } },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (element) => {
          const href = element.getAttribute("href") ?? "";
          return isSafeAddress(href) ? { href: href.trim(), title: element.getAttribute("title") || null } : false;
        },
      },
    ],
    toDOM: (mark) => ["a", { href: String(mark.attrs.href), title: mark.attrs.title as string | null, rel: "noopener" }, 0],
  },
  colour: valued("colour", "color", colour, [
    {
      tag: "font[color]",
      consuming: false,
      getAttrs: (element) => {
        const found = colour(element.getAttribute("color") ?? "");
        return found === null ? false : { colour: found };
      },
    },
  ]),
  background: valued("colour", "background-color", colour),
  font_size: valued("size", "font-size", fontSize),
  font_family: valued("family", "font-family", (value) => typeface(value)?.stack ?? null),
  strong: {
    parseDOM: [
      tag("strong", "font-weight", isLight),
      tag("b", "font-weight", isLight),
      plain("font-weight", (value) => /^(bold|bolder|[6-9]00)$/.test(value)),
    ],
    toDOM: () => ["strong", 0],
  },
  em: {
    parseDOM: [
      tag("em", "font-style", (value) => value === "normal"),
      tag("i", "font-style", (value) => value === "normal"),
      plain("font-style", (value) => value === "italic"),
    ],
    toDOM: () => ["em", 0],
  },
  underline: {
    parseDOM: [tag("u", "text-decoration", (value) => value === "none"), plain("text-decoration", (value) => /\bunderline\b/.test(value))],
    toDOM: () => ["u", 0],
  },
  strike: {
    parseDOM: [{ tag: "s" }, { tag: "strike" }, { tag: "del" }, plain("text-decoration", (value) => /\bline-through\b/.test(value))],
    toDOM: () => ["s", 0],
  },
  sub: {
    excludes: "sub sup",
    parseDOM: [{ tag: "sub" }, plain("vertical-align", (value) => value === "sub")],
    toDOM: () => ["sub", 0],
  },
  sup: {
    excludes: "sub sup",
    parseDOM: [{ tag: "sup" }, plain("vertical-align", (value) => value === "super")],
    toDOM: () => ["sup", 0],
  },
} satisfies Record<string, MarkSpec>;
