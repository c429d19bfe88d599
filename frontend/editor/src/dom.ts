/** Makes elements. */

import type { IconNode } from "lucide";

type Given = Record<string, string | number | boolean | null | undefined | EventListener>;

/** Makes an element; `on…` are listeners, true stands for an attribute without a value, and false and nothing for none. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  given: Given = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === "function") {
      element.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Draws an icon of Lucide; its name is said by what it stands in. */
export function icon(nodes: IconNode): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const given = { class: "icon", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "2", "aria-hidden": "true" };
  const round = { "stroke-linecap": "round", "stroke-linejoin": "round", width: "16", height: "16" };
  Object.entries({ ...given, ...round }).forEach(([key, value]) => svg.setAttribute(key, value));
  for (const [name, attributes] of nodes) {
    const part = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => part.setAttribute(key, String(value)));
    svg.append(part);
  }
  return svg;
}

let last = 0;

/** Answers an id that no other element has. */
export function newId(): string {
  last += 1;
  return `mail-editor-${last}`;
}
