/** Reads and writes the few style declarations that every mail program understands. */

import { COLOUR_NAMES } from "./colours";

/** A typeface that recipients have, with those that stand in for it. */
export interface Typeface {
  name: string;
  stack: string;
}

/** The typefaces that can be chosen. */
export const TYPEFACES: readonly Typeface[] = [
  { name: "Arial", stack: "Arial, Helvetica, sans-serif" },
  { name: "Verdana", stack: "Verdana, Geneva, sans-serif" },
  { name: "Tahoma", stack: "Tahoma, Geneva, sans-serif" },
  { name: "Trebuchet MS", stack: "'Trebuchet MS', Helvetica, sans-serif" },
  { name: "Georgia", stack: "Georgia, serif" },
  { name: "Times New Roman", stack: "'Times New Roman', Times, serif" },
  { name: "Courier New", stack: "'Courier New', Courier, monospace" },
];

/** Reads the declarations of a `style` attribute; names in small letters, the last of each name counts. */
export function declarations(style: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of style.replaceAll(/\/\*[^]*?\*\//g, "").match(/(?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(]|["'(])+/g) ?? []) {
    const colon = part.indexOf(":");
    if (0 < colon) {
      const value = part.slice(colon + 1).replace(/!\s*important\s*$/i, "");
      found.set(part.slice(0, colon).trim().toLowerCase(), value.trim());
    }
  }
  return found;
}

/** Reads a colour of CSS or of a presentational attribute as `#rrggbb`; nothing when it is no colour or cannot be seen. */
export function colour(value: string): string | null {
  const text = value.trim().toLowerCase();
  const named = COLOUR_NAMES.get(text);
  if (named) {
    return named;
  }
  const hex = /^#([0-9a-f]{3,8})$/.exec(text)?.[1];
  if (hex) {
    return fromHex(hex);
  }
  const parts = /^rgba?\(([^)]*)\)$/.exec(text)?.[1]?.split(/[\s,/]+/).filter(Boolean) ?? [];
  const [red, green, blue, alpha] = parts.map((it) => (it.endsWith("%") ? Number.parseFloat(it) * 2.55 : Number(it)));
  if (red === undefined || green === undefined || blue === undefined || alpha === 0) {
    return null;
  }
  const channels = [red, green, blue].map((it) => Math.round(Math.min(255, Math.max(0, it))));
  return channels.some(Number.isNaN) ? null : `#${channels.map((it) => it.toString(16).padStart(2, "0")).join("")}`;
}

function fromHex(hex: string): string | null {
  const long = hex.length < 6 ? Array.from(hex, (it) => it + it).join("") : hex;
  const isWhole = long.length === 6 || (long.length === 8 && !long.endsWith("00"));
  return isWhole ? `#${long.slice(0, 6)}` : null;
}

/** Reads a size of letters as whole pixels or with the points it was given in; nothing for relative and senseless ones. */
export function fontSize(value: string): string | null {
  const match = /^(\d{1,2}(?:\.\d{1,2})?)(px|pt)$/.exec(value.trim().toLowerCase());
  return match && 4 <= Number(match[1]) ? `${Number(match[1])}${match[2]}` : null;
}

/** Finds the typeface whose name stands first. */
export function typeface(value: string): Typeface | null {
  const first = (value.split(",")[0] ?? "").replaceAll(/["']/g, "").trim().toLowerCase();
  return TYPEFACES.find((it) => it.name.toLowerCase() === first) ?? null;
}

/** Reads a length as whole pixels; a bare number is pixels. */
export function pixels(value: string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(px|pt|in|cm|mm|)$/.exec(value.trim().toLowerCase());
  const factor = { "": 1, px: 1, pt: 4 / 3, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 }[match?.[2] ?? "-"];
  return match && factor !== undefined ? Math.round(Number(match[1]) * factor) : null;
}

/** Reads a width as pixels without a unit or as per cent. */
export function width(value: string): string | null {
  const percent = /^(\d{1,3})(?:\.\d+)?%$/.exec(value.trim())?.[1];
  if (percent) {
    return 0 < Number(percent) && Number(percent) <= 100 ? `${Number(percent)}%` : null;
  }
  const length = pixels(value);
  return length && length <= 4000 ? String(length) : null;
}

/** Where text stands in its line. */
export type Align = "left" | "center" | "right" | "justify";

/** Reads an alignment of text. */
export function align(value: string): Align | null {
  const text = value.trim().toLowerCase();
  return text === "left" || text === "center" || text === "right" || text === "justify" ? text : null;
}

/** Reads where the content of a cell stands between above and below. */
export function verticalAlign(value: string): "top" | "middle" | "bottom" | null {
  const text = value.trim().toLowerCase();
  return text === "top" || text === "middle" || text === "bottom" ? text : null;
}

/** Reads a border of a cell as `1px solid #rrggbb`; `none` when it says that there is none, nothing when it cannot be read. */
export function border(value: string): string | null {
  const text = value.trim().toLowerCase();
  if (text === "0" || /\bnone\b/.test(text)) {
    return "none";
  }
  const parts = text.match(/rgba?\([^)]*\)|\S+/g) ?? [];
  const style = parts.find((it) => /^(solid|dashed|dotted|double)$/.test(it));
  const thickness = parts.map((it) => (/^[\d.]/.test(it) ? pixels(it) : null)).find((it) => it !== null);
  const shade = parts.map(colour).find((it) => it !== null) ?? (/windowtext/.test(text) ? "#000000" : null);
  return style && shade ? `${Math.min(8, Math.max(1, thickness ?? 1))}px ${style} ${shade}` : null;
}
