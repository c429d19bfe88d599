/** What comes from the clipboard, made fit for a mail. */

import { CODE, STYLE, defuse } from "../html/defuse";
import { tidied } from "../html/read";
import { dressByClasses } from "./sheet";
import { dropEmpty, flattenLayout, nameElements, nestLists, removeHidden, squareTables, straightenLinks, undress, unwrap } from "./tidy";
import { makeLists } from "./word";

/** The mark that the text view leaves on what it copies itself. */
const OWN = /\bdata-pm-slice=/;

/** A picture that stands in the pasted HTML itself. */
const INSIDE = /^data:image\/(png|jpe?g|gif|webp);base64,/i;

/** What was pasted. */
export interface Pasted {
  /** HTML that the browser and the schema may read. */
  html: string;
  /** How many pictures could not be taken over, because they lie on the other program's disk. */
  nLost: number;
}

/** Cleans HTML of the clipboard. What the text view copied itself comes back whole. */
export function clean(html: string): Pasted {
  if (OWN.test(html)) {
    return { html: defuse(html), nLost: 0 };
  }
  const body = tidied(defuse(html));
  dressByClasses(html, body);
  removeHidden(body);
  body.querySelectorAll("b[id^='docs-internal-guid']").forEach(unwrap);
  readCodes(body);
  makeLists(body);
  nestLists(body);
  nameElements(body);
  flattenLayout(body);
  squareTables(body);
  straightenLinks(body);
  undress(body);
  const nLost = dropPictures(body);
  dropEmpty(body);
  for (const element of Array.from(body.querySelectorAll("*"))) {
    element.removeAttribute("class");
    element.removeAttribute("id");
    if (element.getAttribute(STYLE) === "") {
      element.removeAttribute(STYLE);
    }
  }
  return { html: body.innerHTML, nLost };
}

/** In other programs merge code was text like any other, with hard spaces and entities. */
function readCodes(body: HTMLElement): void {
  for (const element of Array.from(body.querySelectorAll(`[${CODE}*="&"]`))) {
    const { textContent } = new DOMParser().parseFromString(element.getAttribute(CODE) ?? "", "text/html").body;
    element.setAttribute(CODE, (textContent ?? "").replaceAll("\u00a0", " "));
  }
}

/** Drops pictures that are on nobody else's machine, and those that only count who reads. */
function dropPictures(body: HTMLElement): number {
  let nLost = 0;
  for (const picture of Array.from(body.querySelectorAll("img"))) {
    const src = picture.getAttribute("src") ?? "";
    const isTiny = ["width", "height"].some((it) => /^[01](px)?$/.test(picture.getAttribute(it) ?? ""));
    const isKept = /^https?:/i.test(src) || INSIDE.test(src);
    if (isTiny || !isKept) {
      nLost += isTiny ? 0 : 1;
      picture.remove();
    }
  }
  return nLost;
}

/** Whether plain text is the source of a whole design rather than words. */
export function isSource(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)?<(?:!doctype|html|head|body|table|mjml)\b[^>]*>/i.test(text) && /<\/\w+>\s*$/.test(text);
}

/** Makes a file of a picture that stands in the HTML itself. */
export function pictureInside(src: string): File | null {
  const kind = INSIDE.exec(src)?.[1]?.toLowerCase().replace("jpg", "jpeg");
  if (!kind) {
    return null;
  }
  try {
    const bytes = Uint8Array.from(atob(src.slice(src.indexOf(",") + 1)), (it) => it.charCodeAt(0));
    return new File([bytes], `picture.${kind === "jpeg" ? "jpg" : kind}`, { type: `image/${kind}` });
  } catch {
    return null;
  }
}
