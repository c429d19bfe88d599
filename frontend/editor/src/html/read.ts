/** Reads stored HTML into the document of the text view. */

import { DOMParser as Reader, Fragment, type Node } from "prosemirror-model";
import { schema } from "../schema";
import { CODE, CODE_COMMENT, defused } from "./defuse";
import { pieces } from "./pieces";
import { isBlank } from "./scan";

const reader = Reader.fromSchema(schema);
const BLOCKS = "p,h1,h2,h3,ul,ol,blockquote,hr,table,div";
const ROWS = new Set(["TABLE", "TBODY", "THEAD", "TFOOT"]);
const OPENS = /^\{%-?\s*(if|for|set|with|else|elif)\b/;

/** Reads what is stored; every byte that the text view cannot hold is inside an island. */
export function read(html: string): Node {
  const nodes: Node[] = [];
  for (const { kind, from, to, tokens } of pieces(html)) {
    if (kind === "own") {
      readTree(defused(html, tokens)).forEach((it) => nodes.push(it));
    } else {
      nodes.push(schema.node("island", { html: html.slice(from, to) }));
    }
  }
  return schema.node("doc", null, nodes.length === 0 ? [schema.node("paragraph")] : nodes);
}

/** Reads HTML that was made harmless before. */
export function readTree(harmless: string): Fragment {
  return reader.parse(tidied(harmless)).content;
}

/** Parses HTML that was made harmless, and puts merge code where the schema looks for it. */
export function tidied(harmless: string): HTMLElement {
  const { body } = new DOMParser().parseFromString(`<body>${harmless}`, "text/html");
  placeBetweenRows(body);
  placeBetweenBlocks(body);
  clearEmptyLines(body);
  return body;
}

/** Merge code between rows belongs to the row that it opens or that it ends. */
function placeBetweenRows(body: HTMLElement): void {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments: Comment[] = [];
  while (walker.nextNode()) {
    comments.push(walker.currentNode as Comment);
  }
  for (const comment of comments) {
    const parent = comment.parentElement;
    if (comment.data.startsWith(CODE_COMMENT) && parent && ROWS.has(parent.tagName)) {
      const code = decodeURIComponent(comment.data.slice(CODE_COMMENT.length));
      const [next, last] = [rowAfter(comment), rowBefore(comment)];
      if (next && (OPENS.test(code) || !last)) {
        next.setAttribute("data-before", (next.getAttribute("data-before") ?? "") + code);
      } else {
        last?.setAttribute("data-after", (last.getAttribute("data-after") ?? "") + code);
      }
    }
    comment.remove();
  }
}

function rowAfter(comment: Comment): Element | null {
  const next = comment.nextElementSibling;
  return next?.tagName === "TR" ? next : (next?.querySelector("tr") ?? null);
}

function rowBefore(comment: Comment): Element | null {
  const last = comment.previousElementSibling;
  return last?.tagName === "TR" ? last : (Array.from(last?.querySelectorAll("tr") ?? []).at(-1) ?? null);
}

/** A statement alone between blocks is a block of its own, not a paragraph. */
function placeBetweenBlocks(body: HTMLElement): void {
  for (const code of Array.from(body.querySelectorAll(`span[${CODE}^="{%"],span[${CODE}^="{#"]`))) {
    const parent = code.parentElement;
    const isPlace = parent === body || parent?.matches("td,th,li,blockquote,div");
    if (isPlace && isBoundary(code, "previousSibling") && isBoundary(code, "nextSibling")) {
      const block = body.ownerDocument.createElement("div");
      block.setAttribute(CODE, code.getAttribute(CODE) ?? "");
      code.replaceWith(block);
    }
  }
}

function isBoundary(from: Element, side: "previousSibling" | "nextSibling"): boolean {
  let node = from[side];
  while (node) {
    if (node.nodeType === 1) {
      const element = node as Element;
      const isCode = /^\{[%#]/.test(element.getAttribute(CODE) ?? "");
      if (!isCode) {
        return element.matches(BLOCKS);
      }
    } else if (node.nodeType === 3 && !isBlank(node.textContent ?? "")) {
      return false;
    }
    node = node[side];
  }
  return true;
}

/** A line that only keeps its height is empty. */
function clearEmptyLines(body: HTMLElement): void {
  for (const line of Array.from(body.querySelectorAll("p,h1,h2,h3,li,td,th"))) {
    const only = line.childNodes.length === 1 ? line.firstChild : null;
    const isBlank = (only?.nodeType === 3 && /^[ \t\r\n]*\u00a0[ \t\r\n]*$/.test(only.textContent ?? "")) || only?.nodeName === "BR";
    if (isBlank) {
      line.textContent = "";
    }
  }
}
