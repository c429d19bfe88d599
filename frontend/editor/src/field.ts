/** Merge code as the editor understands it: fields that become chips, and everything else, which is kept as it stands. */

/** A field that may be put into the text. */
export interface Field {
  /** How the field is called in the text, such as `contact.first_name`. */
  path: string;
  /** How people call it, in their language. */
  label: string;
  /** The heading it stands under in lists. */
  group: string;
  /** What may come in its place. */
  sample: string;
}

/** A field in the text with what is done to its value. */
export interface FieldUse {
  path: string;
  /** Filters as they are written, such as `date("d. M. yyyy") | upper`; empty for none. */
  filter: string;
  /** What stands in place of a missing value; nothing when the message must then not leave. */
  fallback: string | null;
}

const PATH = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;
const FILTER = /^[\p{L}_][\p{L}\p{N}_]*(?:\((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^()"'])*\))?$/u;
const FALLBACK = /^fallback\((?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\)$/;

/** Whether this can be the name of a field. */
export function isPath(path: string): boolean {
  return PATH.test(path);
}

/** Reads `{{ path | filter | fallback("…") }}`; nothing when it is any other code. */
export function readField(code: string): FieldUse | null {
  if (!code.startsWith("{{") || !code.endsWith("}}")) {
    return null;
  }
  const [path = "", ...filters] = split(code.slice(2, -2));
  if (!isPath(path) || !filters.every((it) => FILTER.test(it))) {
    return null;
  }
  const last = FALLBACK.exec(filters.at(-1) ?? "");
  if (!last) {
    return { path, filter: filters.join(" | "), fallback: null };
  }
  return { path, filter: filters.slice(0, -1).join(" | "), fallback: unescape(last[1] ?? last[2] ?? "") };
}

/** Writes a field the one way in which it is stored. */
export function writeField({ path, filter, fallback }: FieldUse): string {
  const parts = [path, filter, fallback === null ? "" : `fallback("${escape(fallback)}")`];
  return `{{ ${parts.filter(Boolean).join(" | ")} }}`;
}

/** Brings merge code into the form in which it is stored. */
export function canonical(code: string): string {
  const field = readField(code);
  return field ? writeField(field) : code;
}

/** Takes an expression apart at the bars that stand outside quotes and brackets. */
function split(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^|"']|["'])+|\|/g) ?? [];
  const isWhole = parts.every((it, at) => (it === "|") === (at % 2 === 1));
  return (isWhole ? parts.filter((it) => it !== "|") : []).map((it) => it.trim().replaceAll(/\u00a0(?=(?:[^"]*"[^"]*")*[^"]*$)/g, " "));
}

function escape(text: string): string {
  const unsafe = /["\\<>&{}%#\n\r\u00a0]/g;
  return text.replaceAll(unsafe, (it) => (it === '"' || it === "\\" ? `\\${it}` : `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

function unescape(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-f]{4})|([^]))/gi, (_, code: string | undefined, letter: string) => {
    if (code !== undefined) {
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    return { n: "\n", r: "\r", t: "\t" }[letter] ?? letter;
  });
}
