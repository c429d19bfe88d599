/**
 * HTML of another hand, shown in a frame where nothing runs.
 *
 * The frame takes over the page's policy, under which no inline style is applied. So the document is built there from HTML that was made
 * harmless, and its styles are set declaration by declaration, which the policy allows; the bytes that are stored are never touched.
 */

import type { Node } from "prosemirror-model";
import type { EditorView, NodeView } from "prosemirror-view";
import { make } from "../dom";
import type { Host } from "../host";
import { STYLE, defuse } from "../html/defuse";
import { scan } from "../html/scan";

const EMPTY = "<!doctype html><html><head></head><body></body></html>";
/** How much of it is shown, in pixels. */
const TALLEST = 4000;

/** An island with its picture and what can be done with it. */
export class IslandView implements NodeView {
  readonly dom = make("div", { class: "mail-island", contenteditable: "false" });
  private readonly frame = make("iframe", { sandbox: "allow-same-origin", srcdoc: EMPTY, tabindex: "-1" });

  constructor(
    private node: Node,
    private readonly host: Host,
    view: EditorView,
    place: () => number | undefined,
  ) {
    this.frame.title = host.label("island");
    this.frame.addEventListener("load", () => this.draw());
    const select = (command: string) => (): void => {
      const at = place();
      if (at !== undefined) {
        host.exec(`${command} ${at}`);
        view.focus();
      }
    };
    const bar = make(
      "div",
      { class: "mail-island-bar" },
      make("span", { class: "name" }, host.label("island")),
      make("button", { type: "button", class: "button", "data-kind": "quiet", onclick: select("island-edit") }, host.label("island_edit")),
      make("button", { type: "button", class: "button", "data-kind": "quiet", onclick: select("island-delete") }, host.label("island_delete")),
    );
    this.dom.append(...(host.isReadonly ? [] : [bar]), this.frame);
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) {
      return false;
    }
    if (node.attrs.html !== this.node.attrs.html) {
      this.node = node;
      this.draw();
    }
    return true;
  }

  /** The buttons and the frame mind their own clicks. */
  stopEvent(event: Event): boolean {
    return event.type !== "dragstart" && (event.target as Element).closest("button") !== null;
  }

  ignoreMutation(): boolean {
    return true;
  }

  private draw(): void {
    const page = this.frame.contentDocument;
    const window = this.frame.contentWindow as (Window & typeof globalThis) | null;
    if (!page || !window) {
      return;
    }
    const html = this.node.attrs.html as string;
    // In a document that is never shown nothing is fetched until we have looked at it.
    const { body } = new DOMParser().parseFromString(defuse(html), "text/html");
    for (const picture of Array.from(body.querySelectorAll("img"))) {
      const shown = this.host.shown(picture.getAttribute("src") ?? "");
      if (shown) {
        picture.setAttribute("src", shown);
      } else {
        picture.removeAttribute("src");
      }
    }
    for (const element of Array.from(body.querySelectorAll<HTMLElement>(`[${STYLE}]`))) {
      element.style.cssText = local(element.getAttribute(STYLE) ?? "");
    }
    page.body.replaceChildren(...Array.from(body.childNodes, (it) => page.importNode(it, true)));
    page.adoptedStyleSheets = [sheet(window, "body{margin:8px;background:#fff;color:#000;overflow-wrap:anywhere}"), ...sheets(window, html)];
    this.frame.style.height = `${Math.min(TALLEST, Math.max(24, page.documentElement.scrollHeight))}px`;
  }
}

/** Styles without what would be fetched from elsewhere. */
function local(css: string): string {
  return css.replaceAll(/@import[^;]*;?/gi, "").replaceAll(/url\((?!\s*["']?data:image\/)[^)]*\)?/gi, "none");
}

function sheet(window: Window & typeof globalThis, css: string): CSSStyleSheet {
  const made = new window.CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/** The style sheets that the HTML itself carries; rules that would load something are left out by the browser. */
function sheets(window: Window & typeof globalThis, html: string): CSSStyleSheet[] {
  const raw = scan(html).filter((it) => it.kind === "raw" && it.name === "style");
  return raw.map((it) => sheet(window, local(html.slice(it.from, it.to).replaceAll(/<!--|-->/g, ""))));
}
