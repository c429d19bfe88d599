/** The texts of the editor. All come from the page, in the language of the person who writes. */

export const LABEL_KEYS = [
  // What readers hear first.
  "text", "source", "toolbar", "toolbar_hint",
  // Blocks.
  "block", "paragraph", "heading1", "heading2", "heading3", "bullet", "ordered", "quote", "rule", "indent", "outdent",
  // Letters.
  "bold", "italic", "underline", "strike", "font", "size", "default", "colour", "background", "clear",
  // The colours to choose from.
  "black", "grey", "red", "orange", "yellow", "green", "teal", "blue", "violet", "none", "other_colour",
  // Places in the line.
  "left", "center", "right",
  // History.
  "undo", "redo",
  // Links and pictures.
  "link", "address", "address_hint", "address_bad", "unlink",
  "picture", "picture_file", "picture_library", "picture_alt", "picture_alt_hint", "picture_width", "picture_place", "picture_inline", "picture_remote", "uploading",
  // Tables.
  "table", "table_insert", "rows", "columns", "table_header", "row_above", "row_below", "row_delete", "column_left", "column_right",
  "column_delete", "cells_merge", "cell_split", "header_toggle", "cell_background", "table_border", "table_full", "table_delete",
  // Fields.
  "field", "field_search", "field_none", "field_unknown", "field_sample", "code",
  // HTML of another hand.
  "island", "island_edit", "island_delete",
  // Dialogs.
  "apply", "insert", "cancel",
] as const;

/** The name of a text. */
export type LabelKey = (typeof LABEL_KEYS)[number];

/** The texts by their names. */
export type Labels = Record<LabelKey, string>;
