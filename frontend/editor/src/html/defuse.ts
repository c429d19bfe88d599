/**
 * Makes HTML that the browser may parse under the page's policy: nothing in it can act, load or dress itself.
 *
 * Inline styles become `data-style`, merge code becomes an element of its own, and what has no place in the text of a mail is left out.
 */

import type { Attribute, Token } from "./scan";
import { scan } from "./scan";

/** The attribute that holds the declarations of `style`. */
export const STYLE = "data-style";

/** The attribute that holds merge code as it is written. */
export const CODE = "data-code";

/** What comments begin with that stand for merge code between the rows of a table, where the browser lets no element stand. */
export const CODE_COMMENT = "code:";

/** Elements that go with everything inside them. */
const GONE = new Set(
  "script style xmp iframe noembed noframes noscript textarea title svg math object applet audio video canvas template button select datalist".split(" "),
);

/** Elements that go although their content stays, or that never have any. */
const BARE = new Set("html head body meta link base form input embed param source track frame frameset".split(" "));

/** Attributes that tell something about the text; all others go. */
const KEPT = new Set(
  `abbr align alt bgcolor border bordercolor cellpadding cellspacing class color colspan dir face height href id lang name rowspan size span
   src start title type valign width aria-level data-pm-slice data-code data-list-level data-island data-before data-after hidden`.split(/\s+/),
);

/** Between these and the next cell stands no text. */
const TABLE_PARTS = new Set("table tbody thead tfoot tr colgroup".split(" "));

/** Answers the HTML in a form that the browser can parse without doing anything. */
export function defuse(html: string): string {
  return defused(html, scan(html));
}

/** Writes these tokens of the text in the harmless form. */
export function defused(html: string, tokens: readonly Token[]): string {
  const out: string[] = [];
  const parts: string[] = [];
  let gone: string | undefined;
  let depth = 0;
  for (const token of tokens) {
    if (gone !== undefined) {
      depth += token.kind === "open" && token.name === gone ? 1 : token.kind === "close" && token.name === gone ? -1 : 0;
      gone = depth === 0 ? undefined : gone;
    } else if (token.kind === "open" && GONE.has(token.name)) {
      [gone, depth] = [token.name, 1];
    } else {
      follow(parts, token);
      out.push(write(html, token, parts.at(-1)));
    }
  }
  return out.join("");
}

/** Keeps which part of a table is open. */
function follow(parts: string[], token: Token): void {
  if (token.kind === "open" && (TABLE_PARTS.has(token.name) || token.name === "td" || token.name === "th")) {
    parts.push(token.name);
  } else if (token.kind === "close" && parts.includes(token.name)) {
    parts.length = parts.lastIndexOf(token.name);
  }
}

function write(html: string, token: Token, part: string | undefined): string {
  switch (token.kind) {
    case "text":
      return html.slice(token.from, token.to);
    case "code": {
      const code = html.slice(token.from, token.to);
      const isBetween = part !== undefined && TABLE_PARTS.has(part);
      return isBetween ? `<!--${CODE_COMMENT}${encodeURIComponent(code)}-->` : `<span ${CODE}="${quoted(code, true)}"></span>`;
    }
    case "open":
      return BARE.has(token.name) ? "" : `<${token.name}${token.attributes.map(attribute).join("")}>`;
    case "close":
      return BARE.has(token.name) ? "" : `</${token.name}>`;
    default:
      return "";
  }
}

function attribute({ name, value }: Attribute): string {
  if (name === "style") {
    return ` ${STYLE}="${quoted(value)}"`;
  }
  return KEPT.has(name) ? ` ${name}="${quoted(value)}"` : "";
}

/** The value between quotes; one that is no HTML yet has its entities written too. */
function quoted(value: string, isPlain = false): string {
  return (isPlain ? value.replaceAll("&", "&amp;") : value).replaceAll('"', "&quot;");
}
