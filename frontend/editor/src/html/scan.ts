/**
 * Cuts HTML text into its tokens, each with its place, without building a tree.
 *
 * The page's policy forbids inline styles even in documents that are never shown, so HTML must not reach the browser's own parser as it
 * came. This scanner follows the tokenizer of the HTML standard (§13.2.5) and knows one thing more: merge code, `{{ … }}`, `{% … %}` and
 * `{# … #}`, is a token of its own, also where a quote or a sign inside it would end an attribute or open an element.
 */

/** An attribute as it stands: the name in small letters, the value with its entities not yet read. */
export interface Attribute {
  name: string;
  value: string;
}

interface Place {
  from: number;
  to: number;
}

/** A piece of HTML text. */
export type Token =
  | (Place & { kind: "text" | "code" | "comment" | "declaration" })
  | (Place & { kind: "open"; name: string; attributes: Attribute[] })
  | (Place & { kind: "raw"; name: string })
  | (Place & { kind: "close"; name: string });

/** Elements that have no content. */
export const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));

/** Elements whose content is text without markup. */
const RAW = new Set("script style xmp iframe noembed noframes noscript textarea title".split(" "));

// The repetitions are bounded so that a text full of beginnings without ends is read in time.
const FIELD = /\{\{(?:"(?:[^"\\\n]|\\.){0,500}"|'(?:[^'\\\n]|\\.){0,500}'|[^{}"']){0,1000}\}\}/y;
const STATEMENT = /\{%(?:"(?:[^"\\\n]|\\.){0,500}"|'(?:[^'\\\n]|\\.){0,500}'|[^%"']|%(?!\})){0,1000}%\}/y;
const REMARK = /\{#[^]{0,2000}?#\}/y;
const TAG = /<(\/?)([a-zA-Z][^\s/>]*)/y;
const GAP = /[\s/]*/y;
const NAME = /=?[^\s/>=]*/y;
const EQUALS = /\s*=\s*/y;
const PLAIN_VALUE = /[^\s>]*/y;

/** Whether nobody sees this text. A hard space is seen. */
export function isBlank(text: string): boolean {
  return /^[ \t\r\n\f]*$/.test(text);
}

/** Answers the end of what the pattern matches exactly at this place, or nothing. */
function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Answers where the merge code ends that begins at this place, or nothing when none does. */
export function codeEnd(text: string, at: number): number | undefined {
  if (text[at] !== "{") {
    return undefined;
  }
  const pattern = { "{": FIELD, "%": STATEMENT, "#": REMARK }[text[at + 1] ?? ""];
  const end = pattern && endOf(pattern, text, at);
  // Markup inside means that the braces only happen to stand on both sides of an element.
  return end !== undefined && !/<[a-z/!?]/i.test(text.slice(at, end)) ? end : undefined;
}

/** Answers the tokens of the whole text; together they cover it without gaps, save a tag that never ends. */
export function scan(html: string): Token[] {
  return new Scanner(html).tokens();
}

class Scanner {
  private readonly found: Token[] = [];
  private at = 0;
  /** Where the text began that no token covers yet. */
  private begin = 0;

  constructor(private readonly html: string) {}

  tokens(): Token[] {
    while (this.at < this.html.length) {
      const next = this.next();
      if (next) {
        this.endText();
        this.found.push(next);
        this.at = next.to;
        this.begin = this.at;
        this.raw(next);
      } else {
        this.skip();
      }
    }
    this.endText();
    return this.found;
  }

  /** Goes to the next sign that may begin something. */
  private skip(): void {
    const rest = /[<{]/g;
    rest.lastIndex = this.at + 1;
    this.at = rest.test(this.html) ? rest.lastIndex - 1 : this.html.length;
  }

  private endText(): void {
    if (this.begin < this.at) {
      this.found.push({ kind: "text", from: this.begin, to: this.at });
      this.begin = this.at;
    }
  }

  private next(): Token | undefined {
    const { html, at } = this;
    const code = codeEnd(html, at);
    if (code !== undefined) {
      return { kind: "code", from: at, to: code };
    }
    if (html[at] !== "<") {
      return undefined;
    }
    if (html.startsWith("<!--", at)) {
      return { kind: "comment", from: at, to: this.commentEnd() };
    }
    if (/^(!|\?|\/[^a-zA-Z])/.test(html.slice(at + 1, at + 3))) {
      const end = html.indexOf(">", at);
      return { kind: "declaration", from: at, to: end < 0 ? html.length : end + 1 };
    }
    return this.tag();
  }

  private commentEnd(): number {
    const empty = /<!---?>/y;
    const short = endOf(empty, this.html, this.at);
    if (short !== undefined) {
      return short;
    }
    const end = /--!?>/g;
    end.lastIndex = this.at + 4;
    return end.test(this.html) ? end.lastIndex : this.html.length;
  }

  private tag(): Token | undefined {
    TAG.lastIndex = this.at;
    const match = TAG.exec(this.html);
    if (!match) {
      return undefined;
    }
    const name = match[2]!.toLowerCase();
    const { attributes, to } = this.attributes(TAG.lastIndex);
    return match[1] ? { kind: "close", from: this.at, to, name } : { kind: "open", from: this.at, to, name, attributes };
  }

  private attributes(start: number): { attributes: Attribute[]; to: number } {
    const { html } = this;
    const attributes: Attribute[] = [];
    let at = start;
    for (;;) {
      at = codeBetween(html, endOf(GAP, html, at) ?? at);
      if (html.length <= at || html[at] === ">") {
        return { attributes, to: Math.min(at + 1, html.length) };
      }
      const nameEnd = endOf(NAME, html, at) ?? at + 1;
      const name = html.slice(at, nameEnd).toLowerCase();
      const equals = endOf(EQUALS, html, nameEnd);
      const { value, to } = equals === undefined ? { value: "", to: nameEnd } : this.value(equals);
      if (name && !attributes.some((it) => it.name === name)) {
        attributes.push({ name, value });
      }
      at = Math.max(to, at + 1);
    }
  }

  private value(at: number): { value: string; to: number } {
    const { html } = this;
    const quote = html[at];
    if (quote !== '"' && quote !== "'") {
      const to = endOf(PLAIN_VALUE, html, at) ?? at;
      return { value: html.slice(at, to), to };
    }
    let end = at + 1;
    while (end < html.length && html[end] !== quote) {
      end = codeEnd(html, end) ?? end + 1;
    }
    return { value: html.slice(at + 1, end), to: end + 1 };
  }

  /** The content of an element that holds no markup is one token. */
  private raw(open: Token): void {
    if (open.kind !== "open" || !RAW.has(open.name)) {
      return;
    }
    const close = new RegExp(`</${open.name}(?=[\\s/>])`, "gi");
    close.lastIndex = open.to;
    const to = close.exec(this.html)?.index ?? this.html.length;
    if (open.to < to) {
      this.found.push({ kind: "raw", from: open.to, to, name: open.name });
    }
    this.at = to;
    this.begin = to;
  }
}

/** Merge code between attributes, such as a condition around one, is no attribute. */
function codeBetween(html: string, at: number): number {
  return codeEnd(html, at) ?? at;
}
