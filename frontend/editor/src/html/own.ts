/**
 * What the text view can hold without losing anything.
 *
 * Whatever HTML is written only with what stands here comes out of the editor as it went in; all else is kept verbatim as an island.
 */

import { align, border, colour, declarations, fontSize, typeface, verticalAlign, width } from "./style";
import type { Attribute, Token } from "./scan";
import { VOID, isBlank } from "./scan";
import { isSafeAddress, isSafePicture } from "./address";

type Test = (value: string) => boolean;

const some = (read: (value: string) => unknown): Test => (value) => read(value) !== null;
const oneOf = (...values: string[]): Test => (value) => values.includes(value.trim().toLowerCase());
const whole: Test = (value) => /^\d{1,4}$/.test(value);
const any: Test = () => true;
const isColour: Test = some(colour);
const isWidth: Test = some(width);
const isAlign: Test = some(align);

const BLOCK = { attributes: { align: isAlign }, style: { "text-align": isAlign } };
const CELL = {
  attributes: { colspan: whole, rowspan: whole, width: isWidth, align: isAlign, valign: some(verticalAlign), bgcolor: isColour },
  style: { width: isWidth, "text-align": isAlign, "vertical-align": some(verticalAlign), "background-color": isColour, border: some(border) },
};

interface Allowed {
  attributes?: Record<string, Test>;
  style?: Record<string, Test>;
}

const ELEMENTS: Record<string, Allowed> = {
  p: BLOCK,
  h1: BLOCK,
  h2: BLOCK,
  h3: BLOCK,
  ul: {},
  ol: { attributes: { start: whole, type: (value) => /^[1aAiI]$/.test(value) } },
  li: {},
  blockquote: {},
  hr: {},
  br: {},
  // Where a link opens is the mail program's business.
  a: { attributes: { href: isSafeAddress, title: any, target: any, rel: any } },
  img: {
    attributes: { src: isSafePicture, alt: any, width: whole, height: whole, align: oneOf("left", "right", "middle"), border: oneOf("0") },
    style: { "max-width": oneOf("100%"), height: oneOf("auto") },
  },
  span: {
    style: { color: isColour, "background-color": isColour, "font-size": some(fontSize), "font-family": some(typeface) },
  },
  strong: {},
  b: {},
  em: {},
  i: {},
  u: {},
  s: {},
  strike: {},
  del: {},
  sub: {},
  sup: {},
  table: {
    attributes: {
      width: isWidth,
      align: oneOf("left", "center", "right"),
      border: whole,
      bordercolor: isColour,
      cellpadding: whole,
      cellspacing: whole,
      bgcolor: isColour,
    },
    style: { width: isWidth, "border-collapse": oneOf("collapse"), "background-color": isColour },
  },
  tbody: {},
  thead: {},
  tr: {},
  td: CELL,
  th: CELL,
};

/** What may stand inside what. */
const FLOW = "flow";
const INLINE = "inline";
const INSIDE: Record<string, string[]> = {
  ul: ["li"],
  ol: ["li"],
  table: ["tbody", "thead", "tr"],
  tbody: ["tr"],
  thead: ["tr"],
  tr: ["td", "th"],
  li: [FLOW],
  blockquote: [FLOW],
  td: [FLOW],
  th: [FLOW],
};
const FLOWING = new Set(["p", "h1", "h2", "h3", "ul", "ol", "blockquote", "hr"]);
const PHRASES = new Set("br a img span strong b em i u s strike del sub sup".split(" "));
const BETWEEN_ROWS = new Set(["table", "tbody", "thead"]);

/** Whether the editor can hold this piece, whose elements all end, without loss. */
export function isOwn(html: string, tokens: readonly Token[]): boolean {
  const open: string[] = [];
  for (const token of tokens) {
    const parent = open.at(-1);
    if (token.kind === "text") {
      if (!isBlank(html.slice(token.from, token.to)) && !takes(parent, INLINE)) {
        return false;
      }
    } else if (token.kind === "code") {
      if (!takes(parent, INLINE) && !(parent && BETWEEN_ROWS.has(parent) && html.startsWith("{%", token.from))) {
        return false;
      }
    } else if (token.kind === "open") {
      if (!fits(parent, token.name) || !isAllowed(token.name, token.attributes) || (token.name === "a" && open.includes("a"))) {
        return false;
      }
      if (!VOID.has(token.name)) {
        open.push(token.name);
      }
    } else if (token.kind === "close") {
      open.pop();
    } else {
      return false;
    }
  }
  return true;
}

function fits(parent: string | undefined, name: string): boolean {
  if (PHRASES.has(name)) {
    return takes(parent, INLINE);
  }
  if (FLOWING.has(name)) {
    return takes(parent, FLOW);
  }
  return parent === undefined ? name === "table" : (INSIDE[parent]?.includes(name) ?? false);
}

function takes(parent: string | undefined, what: typeof FLOW | typeof INLINE): boolean {
  if (parent === undefined) {
    return true;
  }
  const inside = INSIDE[parent];
  return inside ? inside.includes(FLOW) : what === INLINE;
}

function isAllowed(name: string, attributes: readonly Attribute[]): boolean {
  const allowed = ELEMENTS[name];
  return (
    allowed !== undefined &&
    attributes.every((it) => (it.name === "style" ? isDressed(allowed, it.value) : (allowed.attributes?.[it.name]?.(it.value) ?? false)))
  );
}

function isDressed(allowed: Allowed, style: string): boolean {
  return Array.from(declarations(style.replaceAll("&quot;", '"'))).every(([name, value]) => allowed.style?.[name]?.(value) ?? false);
}
