/** Reads the style sheets that office programs put beside what they copy, as far as classes go. */

import { scan } from "../html/scan";
import { STYLE } from "../html/defuse";

const RULE = /([^{}]{1,400})\{([^{}]{0,4000})\}/g;
const CLASS = /^(?:[a-z][a-z0-9]*)?\.([\w-]+)$/i;

/** Gives each element the declarations that its classes have in the sheets of this HTML; its own come after and so win. */
export function dressByClasses(html: string, body: HTMLElement): void {
  const rules = classRules(html);
  if (rules.size === 0) {
    return;
  }
  for (const element of Array.from(body.querySelectorAll("[class]"))) {
    const given = Array.from(element.classList, (it) => rules.get(it)).filter(Boolean);
    if (0 < given.length) {
      element.setAttribute(STYLE, [...given, element.getAttribute(STYLE) ?? ""].join(";"));
    }
  }
}

function classRules(html: string): Map<string, string> {
  const rules = new Map<string, string>();
  for (const token of scan(html)) {
    if (token.kind === "raw" && token.name === "style") {
      const text = html.slice(token.from, token.to).replaceAll(/<!--|-->|\/\*[^]*?\*\/|@[\w-]+[^{}]*\{[^{}]*\}/g, "");
      for (const [, selectors = "", declarations = ""] of text.matchAll(RULE)) {
        for (const selector of selectors.split(",")) {
          const name = CLASS.exec(selector.trim())?.[1];
          if (name) {
            rules.set(name, `${rules.get(name) ?? ""};${declarations.trim()}`);
          }
        }
      }
    }
  }
  return rules;
}
