/** Turns the HTML of other programs into that of a mail: what it says stays, how it was built goes. */

import { isSafeAddress } from "../html/address";
import { CODE, STYLE } from "../html/defuse";
import { border, colour, declarations, pixels } from "../html/style";

const BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,ul,ol,li,table,blockquote,hr,pre,center,address,article,section,header,footer,main,nav,aside,figure,figcaption,dl,dt,dd,form,fieldset";
const ROOMS = "div,article,section,header,footer,main,nav,aside,figure,center,address,fieldset,dl,dt,dd,figcaption,form";
const HEADINGS: Record<string, string> = { H4: "h3", H5: "h3", H6: "h3" };

/** How an element was dressed, as far as a mail keeps it. */
const KEPT = new Set(["font-weight", "font-style", "text-decoration", "text-align"]);
const KEPT_OF_CELLS = new Set([...KEPT, "width", "vertical-align", "background-color", "border"]);
const KEPT_OF_TABLES = new Set(["width", "background-color", "border-collapse"]);
const CELLS = "td,th";

/** Replaces an element by one of another name with the same content and the same style. */
function rename(element: Element, name: string): Element {
  const other = element.ownerDocument.createElement(name);
  for (const attribute of [STYLE, "align"]) {
    const value = element.getAttribute(attribute);
    if (value !== null) {
      other.setAttribute(attribute, value);
    }
  }
  other.append(...Array.from(element.childNodes));
  element.replaceWith(other);
  return other;
}

/** Leaves the content where the element was. */
export function unwrap(element: Element): void {
  element.replaceWith(...Array.from(element.childNodes));
}

function all(body: HTMLElement, selector: string): Element[] {
  return Array.from(body.querySelectorAll(selector));
}

/** Removes what nobody saw where it was copied. */
export function removeHidden(body: HTMLElement): void {
  for (const element of all(body, `[hidden],[${STYLE}]`)) {
    const style = declarations(element.getAttribute(STYLE) ?? "");
    if (element.hasAttribute("hidden") || style.get("display") === "none" || style.get("mso-hide") === "all") {
      element.remove();
    }
  }
}

/** Names elements as a mail does. */
export function nameElements(body: HTMLElement): void {
  for (const [from, to] of Object.entries(HEADINGS)) {
    all(body, from.toLowerCase()).forEach((it) => rename(it, to));
  }
  all(body, "p.MsoTitle").forEach((it) => rename(it, "h1"));
  all(body, "p.MsoSubtitle").forEach((it) => rename(it, "h2"));
  all(body, "center").forEach((it) => it.setAttribute("align", "center"));
  for (const element of all(body, "pre")) {
    breakLines(element);
    rename(element, "p");
  }
  for (const room of all(body, ROOMS).reverse()) {
    if (!room.querySelector(BLOCKS)) {
      rename(room, "p");
    } else if (room.hasAttribute("align") || declarations(room.getAttribute(STYLE) ?? "").has("text-align")) {
      alignInside(room);
    }
  }
  // Names with a colon are Office's own elements: smart tags keep their words.
  all(body, "*").filter((it) => it.localName.includes(":")).forEach(unwrap);
}

function alignInside(room: Element): void {
  const align = declarations(room.getAttribute(STYLE) ?? "").get("text-align") ?? room.getAttribute("align") ?? "";
  for (const block of Array.from(room.children)) {
    if (block.matches("p,h1,h2,h3") && !block.hasAttribute("align") && !declarations(block.getAttribute(STYLE) ?? "").has("text-align")) {
      block.setAttribute("align", align);
    }
  }
}

/** Lines of preformatted text end with breaks. */
function breakLines(element: Element): void {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    texts.push(walker.currentNode as Text);
  }
  for (const text of texts) {
    const lines = text.data.replace(/\r\n?/g, "\n").split("\n");
    text.replaceWith(...lines.flatMap((line, at) => (at === 0 ? [line] : [element.ownerDocument.createElement("br"), line])));
  }
}

/** A list directly inside a list belongs to the item before it. */
export function nestLists(body: HTMLElement): void {
  for (const list of all(body, "ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling;
    if (item?.localName === "li") {
      item.append(list);
    } else {
      unwrap(list);
    }
  }
}

/** Takes away tables that only lay out: those with tables inside, and those of a single cell. */
export function flattenLayout(body: HTMLElement): void {
  for (const table of all(body, "table").reverse()) {
    const cells = Array.from(table.querySelectorAll(CELLS)).filter((it) => it.closest("table") === table);
    const isLayout = cells.length < 2 || table.querySelector("table") !== null;
    if (isLayout) {
      const contents = cells.flatMap((cell) => contentOf(cell));
      table.replaceWith(...contents);
    }
  }
}

function contentOf(cell: Element): Node[] {
  if (cell.querySelector(BLOCKS) || cell.textContent?.trim() === "") {
    return Array.from(cell.childNodes);
  }
  return [rename(cell, "p")];
}

/** Gives tables the widths of their columns and one border for all cells that had one. */
export function squareTables(body: HTMLElement): void {
  for (const table of all(body, "table")) {
    const widths = Array.from(table.querySelectorAll("col")).flatMap((col) => {
      const wide = declarations(col.getAttribute(STYLE) ?? "").get("width") ?? col.getAttribute("width") ?? "";
      return Array<string>(Math.max(1, Number(col.getAttribute("span")) || 1)).fill(/[\d.]+\*|^0$/.test(wide) ? "" : wide);
    });
    if (!table.querySelector("[rowspan]:not([rowspan='1'])")) {
      table.querySelectorAll("tr").forEach((row) => widen(row, widths.map(pixels)));
    }
    const cells = Array.from(table.querySelectorAll(CELLS));
    const ruled = cells.find(hasBorder);
    const isRuled = Number(table.getAttribute("border")) !== 0 || ruled !== undefined;
    for (const cell of isRuled ? cells : []) {
      cell.setAttribute(STYLE, `${cell.getAttribute(STYLE) ?? ""};border:1px solid ${(ruled && borderColour(ruled)) ?? "#000000"}`);
    }
    table.setAttribute("border", isRuled ? "1" : "0");
    table.setAttribute("cellpadding", isRuled ? "6" : "3");
    table.setAttribute("cellspacing", "0");
    all(table as HTMLElement, "colgroup,col,caption").forEach((it) => it.remove());
  }
}

/** Gives the cells of a row the widths of their columns, unless they have their own. */
function widen(row: Element, widths: (number | null)[]): void {
  let column = 0;
  for (const cell of Array.from(row.children)) {
    const end = column + (Number(cell.getAttribute("colspan")) || 1);
    const own = widths.slice(column, end);
    const total = own.reduce<number>((sum, it) => sum + (it ?? 0), 0);
    if (0 < own.length && own.every(Boolean) && !cell.hasAttribute("width")) {
      cell.setAttribute("width", String(total));
    }
    column = end;
  }
}

function hasBorder(cell: Element): boolean {
  return borders(cell).length !== 0;
}

function borders(cell: Element): string[] {
  const style = Array.from(declarations(cell.getAttribute(STYLE) ?? ""));
  const sides = style.filter(([name]) => /^border(-(top|right|bottom|left))?$/.test(name)).map(([, value]) => value);
  return sides.filter((it) => /solid|dashed|dotted|double/.test(it));
}

function borderColour(cell: Element): string | null {
  return border(borders(cell)[0] ?? "")?.split(" ").at(-1) ?? null;
}

/** Leaves of each element's style what a mail keeps: the letters take on the size and the face of the text they come into. */
export function undress(body: HTMLElement): void {
  for (const element of all(body, `[${STYLE}],font`)) {
    const style = declarations(element.getAttribute(STYLE) ?? "");
    const kept = element.matches(CELLS) ? KEPT_OF_CELLS : element.matches("table") ? KEPT_OF_TABLES : KEPT;
    // How a link looks is the mail program's business.
    const isLink = element.closest("a") !== null;
    const parts = Array.from(style).filter(([name]) => kept.has(name) && !(isLink && name === "text-decoration"));
    const ink = colour(style.get("color") ?? element.getAttribute("color") ?? "");
    if (ink && !isInk(ink) && !isLink) {
      parts.push(["color", ink]);
    }
    const ground = colour(style.get("background-color") ?? style.get("background") ?? style.get("mso-highlight") ?? "");
    if (ground && ground !== "#ffffff" && element.localName !== "a") {
      parts.push(["background-color", ground]);
    }
    const raised = style.get("vertical-align");
    if (!element.matches(CELLS) && (raised === "sub" || raised === "super")) {
      parts.push(["vertical-align", raised]);
    }
    element.removeAttribute(STYLE);
    element.removeAttribute("color");
    if (0 < parts.length) {
      element.setAttribute(STYLE, parts.filter((it) => !isDefault(it)).map((it) => it.join(":")).join(";"));
    }
  }
  for (const heading of all(body, "h1,h2,h3")) {
    unbold(heading as HTMLElement);
  }
}

/** What is nearly black is the ink of the page it came from. */
function isInk(ink: string): boolean {
  const channels = [1, 3, 5].map((at) => Number.parseInt(ink.slice(at, at + 2), 16));
  return Math.max(...channels) <= 0x3c && Math.max(...channels) - Math.min(...channels) <= 0x10;
}

function isDefault([name, value]: [string, string]): boolean {
  return (
    (name === "text-align" && /^(left|start|initial|inherit|-webkit-\w+)$/.test(value)) ||
    (name === "vertical-align" && /^(baseline|top|middle|bottom)$/.test(value) && value !== "top") ||
    (name === "background-color" && colour(value) === null) ||
    (name === "border" && !/solid|dashed|dotted|double/.test(value))
  );
}

/** A heading is bold by itself. */
function unbold(heading: HTMLElement): void {
  all(heading, "b,strong").forEach(unwrap);
  for (const element of [heading, ...all(heading, `[${STYLE}]`)]) {
    const style = declarations(element.getAttribute(STYLE) ?? "");
    style.delete("font-weight");
    element.setAttribute(STYLE, Array.from(style, (it) => it.join(":")).join(";"));
  }
}

/** Leads links straight to where they lead, and drops those that a mail must not have. */
export function straightenLinks(body: HTMLElement): void {
  for (const link of all(body, "a")) {
    const href = link.getAttribute("href") ?? "";
    const direct = /^https:\/\/www\.google\.[a-z.]+\/url\?(?:[^#]*&)?q=([^&#]+)/.exec(href)?.[1];
    const address = direct ? decodeURIComponent(direct) : href;
    if (isSafeAddress(address) && !address.startsWith("#")) {
      link.setAttribute("href", address);
      link.removeAttribute("title");
      all(link as HTMLElement, "u").forEach(unwrap);
    } else {
      unwrap(link);
    }
  }
}

/** Drops empty lines at the ends and paragraphs that only kept a distance. */
export function dropEmpty(body: HTMLElement): void {
  all(body, "br.Apple-interchange-newline").forEach((it) => it.remove());
  for (const paragraph of all(body, "p,h1,h2,h3")) {
    const last = paragraph.lastChild;
    if (last?.nodeName === "BR" && last.previousSibling) {
      last.remove();
    }
    const isEmpty = paragraph.textContent?.trim() === "" && !paragraph.querySelector(`img,[${CODE}]`);
    if (isEmpty && paragraph.localName !== "p") {
      paragraph.remove();
    } else if (isEmpty) {
      paragraph.textContent = "";
    }
  }
  for (const side of ["firstElementChild", "lastElementChild"] as const) {
    let edge = body[side];
    while (edge?.localName === "p" && edge.childNodes.length === 0) {
      edge.remove();
      edge = body[side];
    }
  }
}
