/** Tables as every mail program draws them. */

import type { Attrs, NodeSpec } from "prosemirror-model";
import { align, border, colour, pixels, verticalAlign, width } from "../html/style";
import { styleOf } from "./marks";

const TEXT = { default: null, validate: "string|null" };

function attribute(element: HTMLElement, name: string): string {
  return element.getAttribute(name) ?? "";
}

function count(element: HTMLElement, name: string): number {
  const value = Number.parseInt(attribute(element, name), 10);
  return 1 <= value && value <= 1000 ? value : 1;
}

function widthOf(element: HTMLElement): string | null {
  return width(styleOf(element, "width")) ?? width(attribute(element, "width"));
}

function groundOf(element: HTMLElement): string | null {
  return colour(styleOf(element, "background-color")) ?? colour(attribute(element, "bgcolor"));
}

function cellOf(element: HTMLElement): Attrs {
  const [colspan, wide] = [count(element, "colspan"), widthOf(element)];
  const isFixed = colspan === 1 && wide !== null && !wide.endsWith("%");
  return {
    colspan,
    rowspan: count(element, "rowspan"),
    colwidth: isFixed ? [Number(wide)] : null,
    width: isFixed ? null : wide,
    align: align(styleOf(element, "text-align")) ?? align(attribute(element, "align")),
    valign: verticalAlign(styleOf(element, "vertical-align")) ?? verticalAlign(attribute(element, "valign")),
    bgcolor: groundOf(element),
    border: border(styleOf(element, "border")),
  };
}

/** The declarations with which a cell is written. */
export function cellStyle(attrs: Attrs): string {
  const { align, valign, bgcolor, border } = attrs as Record<string, string | null>;
  const parts = [
    align && `text-align:${align}`,
    valign && `vertical-align:${valign}`,
    bgcolor && `background-color:${bgcolor}`,
    border && `border:${border}`,
  ];
  return parts.filter(Boolean).join(";");
}

/** The declarations with which a table is written. */
export function tableStyle(attrs: Attrs): string {
  const { width, bgcolor, cellspacing } = attrs as Record<string, string | null>;
  const parts = [
    width && `width:${width.endsWith("%") ? width : `${width}px`}`,
    cellspacing === "0" && "border-collapse:collapse",
    bgcolor && `background-color:${bgcolor}`,
  ];
  return parts.filter(Boolean).join(";");
}

function cell(tag: "td" | "th", role: string): NodeSpec {
  return {
    content: "flow+",
    tableRole: role,
    isolating: true,
    attrs: {
      colspan: { default: 1, validate: "number" },
      rowspan: { default: 1, validate: "number" },
      colwidth: { default: null },
      width: TEXT,
      align: TEXT,
      valign: TEXT,
      bgcolor: TEXT,
      border: TEXT,
    },
    parseDOM: [{ tag, getAttrs: cellOf }],
    toDOM: ({ attrs }) => {
      const wide = attrs.width ?? (attrs.colwidth as number[] | null)?.[0] ?? null;
      const many = { colspan: attrs.colspan === 1 ? null : attrs.colspan, rowspan: attrs.rowspan === 1 ? null : attrs.rowspan };
      return [tag, { ...many, width: wide as string | null, style: cellStyle(attrs) || null }, 0];
    },
  };
}

const number = (element: HTMLElement, name: string): string | null => pixels(attribute(element, name))?.toString() ?? null;

/** The table and its parts. */
export const tables = {
  table: {
    content: "table_row+",
    tableRole: "table",
    isolating: true,
    attrs: { width: TEXT, align: TEXT, border: TEXT, bordercolor: TEXT, cellpadding: TEXT, cellspacing: TEXT, bgcolor: TEXT },
    parseDOM: [
      {
        tag: "table",
        getAttrs: (element) => ({
          width: widthOf(element),
          align: align(attribute(element, "align")),
          border: number(element, "border"),
          bordercolor: colour(attribute(element, "bordercolor")),
          cellpadding: number(element, "cellpadding"),
          cellspacing: number(element, "cellspacing") ?? (styleOf(element, "border-collapse") === "collapse" ? "0" : null),
          bgcolor: groundOf(element),
        }),
      },
    ],
    toDOM: ({ attrs }) => {
      const { width, align, border, bordercolor, cellpadding, cellspacing, bgcolor } = attrs as Record<string, string | null>;
      const given = { width, align, border, bordercolor, cellpadding, cellspacing, bgcolor, style: tableStyle(attrs) || null };
      return ["table", given as Record<string, string>, ["tbody", 0]];
    },
  },
  table_row: {
    content: "(table_cell | table_header)*",
    tableRole: "row",
    // Merge code before and after the row, such as a loop that repeats it.
    attrs: { before: { default: "", validate: "string" }, after: { default: "", validate: "string" } },
    parseDOM: [
      { tag: "tr", getAttrs: (element) => ({ before: attribute(element, "data-before"), after: attribute(element, "data-after") }) },
    ],
    toDOM: ({ attrs: { before, after } }) => [
      "tr",
      { "data-before": (before as string) || null, "data-after": (after as string) || null },
      0,
    ],
  },
  table_cell: cell("td", "cell"),
  table_header: cell("th", "header_cell"),
} satisfies Record<string, NodeSpec>;
