/** Writes a document as stored HTML: one block a line, inline styles and presentational attributes, always the same way. */

import type { Mark, Node } from "prosemirror-model";
import { canonical, writeField, type FieldUse } from "../field";
import { cellStyle, tableStyle } from "../schema/tables";
import { codeEnd } from "./scan";

type Attributes = Record<string, string | number | null | undefined | false>;

/** Writes what is stored. An empty text is stored as nothing. */
export function write(doc: Node): string {
  const only = doc.childCount === 1 ? doc.firstChild : null;
  return only?.type.name === "paragraph" && !only.attrs.align && /^(&nbsp;)?$/.test(line(only)) ? "" : blocksOf(doc, "\n");
}

function blocksOf(parent: Node, between: string): string {
  const parts: string[] = [];
  parent.forEach((it) => parts.push(block(it)));
  return parts.join(between);
}

function block(node: Node): string {
  const { attrs } = node;
  switch (node.type.name) {
    case "paragraph":
      return element("p", aligned(node), line(node) || "&nbsp;");
    case "heading":
      return element(`h${attrs.level}`, aligned(node), line(node) || "&nbsp;");
    case "bullet_list":
      return element("ul", {}, blocksOf(node, ""));
    case "ordered_list":
      return element("ol", { start: attrs.start !== 1 && attrs.start, type: attrs.kind !== "1" && attrs.kind }, blocksOf(node, ""));
    case "list_item":
      return element("li", {}, bare(node) || "&nbsp;");
    case "blockquote":
      return element("blockquote", {}, blocksOf(node, ""));
    case "horizontal_rule":
      return "<hr>";
    case "merge_block":
      return attrs.code as string;
    case "island":
      return attrs.html as string;
    case "table":
      return table(node);
    default:
      throw new Error(`no block: ${node.type.name}`);
  }
}

function aligned(node: Node): Attributes {
  const align = node.attrs.align as string | null;
  return { align, style: align && `text-align:${align}` };
}

/** A first paragraph needs no element of its own inside an item or a cell, where its margins would only tear the lines apart. */
function bare(node: Node): string {
  const [first, second] = [node.firstChild, node.maybeChild(1)];
  const isPlain = first?.type.name === "paragraph" && !first.attrs.align;
  if (!isPlain || (second && !/_list$/.test(second.type.name))) {
    return blocksOf(node, "");
  }
  const text = line(first);
  // Without a text before it, a list would be the first thing in the item when it is read again.
  return (text || (second ? "&nbsp;" : "")) + blocksOf(node.copy(node.content.cut(first.nodeSize)), "");
}

function table(node: Node): string {
  const { width, align, border, bordercolor, cellpadding, cellspacing, bgcolor } = node.attrs as Record<string, string | null>;
  const given = { width, align, border, bordercolor, cellpadding, cellspacing, bgcolor, style: tableStyle(node.attrs) };
  const rows: string[] = [];
  node.forEach((it) => rows.push(`${it.attrs.before}${element("tr", {}, cellsOf(it))}${it.attrs.after}`));
  return element("table", given, `<tbody>${rows.join("")}</tbody>`);
}

function cellsOf(row: Node): string {
  const cells: string[] = [];
  row.forEach((it) => {
    const { colspan, rowspan, colwidth, align, valign, bgcolor } = it.attrs;
    const total = (colwidth as number[] | null)?.reduce((sum, one) => sum + one, 0);
    const given = {
      colspan: colspan !== 1 && colspan,
      rowspan: rowspan !== 1 && rowspan,
      width: (it.attrs.width as string | null) ?? (total || null),
      align,
      valign,
      bgcolor,
      style: cellStyle(it.attrs),
    };
    cells.push(element(it.type.name === "table_header" ? "th" : "td", given, bare(it) || "&nbsp;"));
  });
  return cells.join("");
}

/** The content of a line. Spaces that a mail would swallow become hard ones, those at the end of a line nobody sees go. */
function line(block: Node): string {
  const out: string[] = [];
  const open: string[] = [];
  let isAfterSpace = true;
  const texts = textsOf(block);
  block.forEach((node, _, index) => {
    const tags = node.marks.length === 0 ? [] : wrappers(node.marks);
    const text = texts[index];
    if (text === "") {
      return;
    }
    let common = 0;
    while (common < open.length && open[common] === tags[common]) {
      common += 1;
    }
    closeTo(out, open, common);
    for (const tag of tags.slice(common)) {
      out.push(tag);
      open.push(tag);
    }
    if (text === undefined) {
      out.push(leaf(node));
      isAfterSpace = node.type.name === "hard_break";
    } else {
      const { spaced, endsInSpace } = spaces(text, isAfterSpace);
      out.push(escapeText(spaced));
      isAfterSpace = endsInSpace;
    }
  });
  closeTo(out, open, 0);
  const text = out.join("");
  // A break at the very end of a line is not drawn, so it takes two to see one.
  return block.lastChild?.type.name === "hard_break" && text === "<br>" ? "" : text;
}

function closeTo(out: string[], open: string[], depth: number): void {
  while (depth < open.length) {
    out.push(`</${/^<(\w+)/.exec(open.pop()!)![1]}>`);
  }
}

/** The texts of a line by place, without the spaces before its end and before its breaks. */
function textsOf(block: Node): (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  block.forEach((it) => texts.push(it.isText ? it.text!.replaceAll(/[\t\n\r\f ]/g, " ").replaceAll(UNWRITABLE, "") : undefined));
  let isEnd = true;
  for (let at = texts.length - 1; 0 <= at; at -= 1) {
    const text = texts[at];
    if (text === undefined) {
      isEnd = block.child(at).type.name === "hard_break";
    } else if (isEnd) {
      texts[at] = text.replace(/ +$/, "");
      isEnd = texts[at] === "";
    }
  }
  return texts;
}

/** Control characters and halves of characters, which no mail may contain. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function spaces(text: string, isAfterSpace: boolean): { spaced: string; endsInSpace: boolean } {
  let spaced = "";
  let after = isAfterSpace;
  for (const letter of text) {
    spaced += letter === " " && after ? "\u00a0" : letter;
    after = letter === " " && !after;
  }
  return { spaced, endsInSpace: after };
}

/** The opening tags of these marks, the outermost first. */
function wrappers(marks: readonly Mark[]): string[] {
  const tags: string[] = [];
  const style: string[] = [];
  for (const { type, attrs } of marks) {
    const declaration = STYLES[type.name];
    if (declaration) {
      style.push(`${declaration[0]}:${attrs[declaration[1]]}`);
    } else if (type.name === "link") {
      tags.push(open("a", { href: attrs.href as string, title: attrs.title as string | null }));
    } else {
      tags.push(`<${TAGS[type.name]}>`);
    }
  }
  if (0 < style.length) {
    tags.splice(tags[0]?.startsWith("<a ") ? 1 : 0, 0, open("span", { style: style.join(";") }));
  }
  return tags;
}

const STYLES: Record<string, [string, string]> = {
  colour: ["color", "colour"],
  background: ["background-color", "colour"],
  font_size: ["font-size", "size"],
  font_family: ["font-family", "family"],
};

const TAGS: Record<string, string> = { strong: "strong", em: "em", underline: "u", strike: "s", sub: "sub", sup: "sup" };

function leaf(node: Node): string {
  const { attrs } = node;
  switch (node.type.name) {
    case "hard_break":
      return "<br>";
    case "merge_field":
      return writeField(attrs as FieldUse);
    case "merge_code":
      return attrs.code as string;
    case "image": {
      const { src, alt, title, width, height, align } = attrs as Record<string, string | null>;
      const style = width && !height ? "max-width:100%;height:auto" : "";
      return open("img", { src, alt: alt ?? "", title, width, height, align, style }, "alt");
    }
    default:
      throw new Error(`nothing of a line: ${node.type.name}`);
  }
}

function element(name: string, attributes: Attributes, content: string): string {
  return `${open(name, attributes)}${content}</${name}>`;
}

function open(name: string, attributes: Attributes, always?: string): string {
  const given = Object.entries(attributes).filter(([key, it]) => key === always || (it !== null && it !== undefined && it !== false && it !== ""));
  return `<${name}${given.map(([key, it]) => ` ${key}="${escapeValue(String(it))}"`).join("")}>`;
}

function escapeText(text: string): string {
  return outsideCode(text, (it) => it.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\u00a0", "&nbsp;"));
}

/** Inside an attribute merge code takes single quotes, so that every reader of HTML finds where the value ends. */
function escapeValue(text: string): string {
  const plain = (it: string): string => it.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\u00a0", "&nbsp;");
  return outsideCode(text, plain, (code) => (code.includes("'") ? code : code.replaceAll('"', "'")));
}

function outsideCode(text: string, plain: (text: string) => string, code: (code: string) => string = canonical): string {
  let [out, from, at] = ["", 0, text.indexOf("{")];
  while (0 <= at) {
    const end = codeEnd(text, at);
    if (end === undefined) {
      at = text.indexOf("{", at + 1);
    } else {
      out += plain(text.slice(from, at)) + code(text.slice(at, end));
      from = end;
      at = text.indexOf("{", end);
    }
  }
  return out + plain(text.slice(from));
}
