/** Lists of Word and Outlook, which are paragraphs with a sign in front. */

import { STYLE } from "../html/defuse";
import { declarations } from "../html/style";

interface Item {
  level: number;
  marker: string;
}

/** Makes real lists of paragraphs that only look like items. */
export function makeLists(body: HTMLElement): void {
  for (const first of Array.from(body.querySelectorAll<HTMLElement>("p,h1,h2,h3,h4,h5,h6,div"))) {
    if (first.isConnected && itemOf(first)) {
      makeList(first);
    }
  }
}

/** What kind of item the paragraph is; nothing when it is none. */
function itemOf(element: Element): Item | null {
  const list = declarations(element.getAttribute(STYLE) ?? "").get("mso-list");
  const level = /\blevel(\d+)\b/.exec(list ?? "")?.[1];
  return level ? { level: Number(level), marker: markerOf(element)?.textContent?.replaceAll(/\s/g, "") ?? "" } : null;
}

function markerOf(element: Element): Element | null {
  return (
    Array.from(element.querySelectorAll(`[${STYLE}]`)).find(
      (it) => declarations(it.getAttribute(STYLE) ?? "").get("mso-list")?.toLowerCase() === "ignore",
    ) ?? null
  );
}

/** Collects the items that follow one another and nests them by their levels. */
function makeList(first: HTMLElement): void {
  const document = first.ownerDocument;
  const open: { level: number; list: HTMLElement }[] = [];
  let root: HTMLElement | null = null;
  let next: Element | null = first;
  while (next) {
    const paragraph: Element = next;
    const item: Item | null = itemOf(paragraph);
    if (!item) {
      break;
    }
    next = paragraph.nextElementSibling;
    while (open.at(-1) && item.level < open.at(-1)!.level) {
      open.pop();
    }
    if (open.length === 0 || open.at(-1)!.level < item.level) {
      const list = listFor(document, item.marker);
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) {
        parent.append(list);
      } else if (root) {
        root.after(list);
        root = list;
      } else {
        root = list;
        paragraph.before(list);
      }
      open.push({ level: item.level, list });
    }
    markerOf(paragraph)?.remove();
    const entry = document.createElement("li");
    entry.append(...Array.from(paragraph.childNodes));
    open.at(-1)!.list.append(entry);
    paragraph.remove();
  }
}

function listFor(document: Document, marker: string): HTMLElement {
  const sign = /^\(?([0-9]+|[a-z]+)[.)]/i.exec(marker)?.[1];
  if (!sign) {
    return document.createElement("ul");
  }
  const list = document.createElement("ol");
  const kind = /^\d/.test(sign) ? "1" : /^i+$|^[ivx]{2,}$/.test(sign) ? "i" : /^I+$|^[IVX]{2,}$/.test(sign) ? "I" : /^[a-z]/.test(sign) ? "a" : "A";
  if (kind !== "1") {
    list.setAttribute("type", kind);
  } else if (sign !== "1") {
    list.setAttribute("start", sign);
  }
  return list;
}
