/** What can be done with the text, by name. */

import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { Attrs, MarkType, Node, NodeType } from "prosemirror-model";
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection, type Command, type EditorState, type Selection, type Transaction } from "prosemirror-state";
import * as table from "prosemirror-tables";
import { schema } from "../schema";
import { readTree } from "../html/read";
import { clean } from "../paste";

const { nodes: n, marks: m } = schema;

/** Whether the selection is inside such a node. */
export function isInside(state: EditorState, type: NodeType): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; 0 < depth; depth -= 1) {
    if ($from.node(depth).type === type) {
      return true;
    }
  }
  return false;
}

/** Makes items of the paragraphs, turns one kind of list into the other, or gives the items up. */
function toggleList(type: NodeType, other: NodeType): Command {
  return (state, dispatch) => {
    const { $from, $to } = state.selection;
    const range = $from.blockRange($to);
    for (let depth = range?.depth ?? 0; 0 < depth; depth -= 1) {
      const node = $from.node(depth);
      if (node.type === type) {
        return liftListItem(n.list_item)(state, dispatch);
      }
      if (node.type === other) {
        dispatch?.(state.tr.setNodeMarkup($from.before(depth), type).scrollIntoView());
        return true;
      }
    }
    return wrapInList(type)(state, dispatch);
  };
}

function align(value: string): Command {
  return (state, dispatch) => {
    const { tr, selection } = state;
    selection.ranges.forEach(({ $from, $to }) =>
      state.doc.nodesBetween($from.pos, $to.pos, (node, at) => {
        if (node.isTextblock) {
          tr.setNodeMarkup(at, undefined, { ...node.attrs, align: value === "left" ? null : value }, node.marks);
        }
      }),
    );
    dispatch?.(tr);
    return tr.docChanged || selection.$from.parent.isTextblock;
  };
}

/** Sets a mark with a value on the selection, or on what is typed next; no value takes the mark away. */
export function setMark(type: MarkType, attrs: Attrs | null): Command {
  return (state, dispatch) => {
    const { tr, selection } = state;
    if (selection.empty) {
      dispatch?.(attrs ? tr.addStoredMark(type.create(attrs)) : tr.removeStoredMark(type));
      return true;
    }
    for (const { $from, $to } of selection.ranges) {
      tr.removeMark($from.pos, $to.pos, type);
      if (attrs) {
        tr.addMark($from.pos, $to.pos, type.create(attrs));
      }
    }
    dispatch?.(tr);
    return true;
  };
}

function clear(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const { tr } = state;
  for (const { $from, $to } of state.selection.ranges) {
    Object.values(m).filter((it) => it !== m.link).forEach((it) => tr.removeMark($from.pos, $to.pos, it));
    state.doc.nodesBetween($from.pos, $to.pos, (node, at) => {
      if (node.isTextblock) {
        tr.setNodeMarkup(at, n.paragraph, null, node.marks);
      }
    });
  }
  dispatch?.(tr.setStoredMarks([]));
  return true;
}

const rule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(n.horizontal_rule.create()).scrollIntoView());
  return true;
};

const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(n.hard_break.create(), true).scrollIntoView());
  return true;
};

/** The table around the selection with its place. */
function tableAround(state: EditorState): { node: Node; at: number } | null {
  const { $from } = state.selection;
  for (let depth = $from.depth; 0 < depth; depth -= 1) {
    if ($from.node(depth).type === n.table) {
      return { node: $from.node(depth), at: $from.before(depth) };
    }
  }
  return null;
}

/** Gives the table around other attributes. */
function dressTable(change: (attrs: Attrs) => Attrs): Command {
  return (state, dispatch) => {
    const found = tableAround(state);
    if (found) {
      dispatch?.(state.tr.setNodeMarkup(found.at, undefined, { ...found.node.attrs, ...change(found.node.attrs) }));
    }
    return found !== null;
  };
}

/** Borders stand on the cells, where every mail program draws them, and on the table for those that read only its attribute. */
const toggleBorder: Command = (state, dispatch) => {
  const found = tableAround(state);
  if (!found) {
    return false;
  }
  const isRuled = found.node.attrs.border === "1";
  const { tr } = state;
  tr.setNodeMarkup(found.at, undefined, { ...found.node.attrs, border: isRuled ? "0" : "1" });
  found.node.descendants((node, at) => {
    if (node.type === n.table_cell || node.type === n.table_header) {
      tr.setNodeMarkup(found.at + 1 + at, undefined, { ...node.attrs, border: isRuled ? null : RULED });
    }
    return node.type === n.table_row;
  });
  dispatch?.(tr);
  return true;
};

const RULED = "1px solid #bfbfbf";

/** Puts a table into the text, with its first row as a header when wanted. */
export function insertTable(rows: number, columns: number, hasHeader: boolean): Command {
  return (state, dispatch) => {
    const made = Array.from({ length: rows }, (_, row) =>
      n.table_row.create(
        null,
        Array.from({ length: columns }, () => (hasHeader && row === 0 ? n.table_header : n.table_cell).createAndFill({ border: RULED })!),
      ),
    );
    const node = n.table.create({ width: "100%", border: "1", cellpadding: "6", cellspacing: "0" }, made);
    const { tr } = state;
    tr.replaceSelectionWith(node);
    const at = tr.mapping.map(state.selection.from, -1);
    dispatch?.(tr.setSelection(nearCell(tr, at)).scrollIntoView());
    return true;
  };
}

/** The cursor in the first cell after this place. */
function nearCell(tr: Transaction, from: number): Selection {
  let found: number | undefined;
  tr.doc.nodesBetween(Math.max(0, from - 1), tr.doc.content.size, (node, at) => {
    if (found === undefined && (node.type === n.table_cell || node.type === n.table_header) && from - 1 <= at) {
      found = at + 1;
    }
    return found === undefined;
  });
  return TextSelection.near(tr.doc.resolve(found ?? from));
}

/** Turns an island into text that can be edited, as if it had been pasted. */
export function editIsland(at: number): Command {
  return (state, dispatch) => {
    const node = state.doc.nodeAt(at);
    if (node?.type !== n.island) {
      return false;
    }
    const content = readTree(clean(node.attrs.html as string).html);
    dispatch?.(state.tr.replaceWith(at, at + node.nodeSize, content).scrollIntoView());
    return true;
  };
}

/** Removes the block at this place. */
export function removeBlock(at: number): Command {
  return (state, dispatch) => {
    const node = state.doc.nodeAt(at);
    if (node) {
      const { tr } = state;
      dispatch?.(state.doc.childCount === 1 ? tr.replaceWith(at, at + node.nodeSize, n.paragraph.create()) : tr.delete(at, at + node.nodeSize));
    }
    return node !== null;
  };
}

/** All commands without a question. */
export const COMMANDS: Record<string, Command> = {
  undo,
  redo,
  bold: toggleMark(m.strong),
  italic: toggleMark(m.em),
  underline: toggleMark(m.underline),
  strike: toggleMark(m.strike),
  sub: toggleMark(m.sub),
  sup: toggleMark(m.sup),
  unlink,
  clear,
  paragraph: setBlockType(n.paragraph),
  heading1: setBlockType(n.heading, { level: 1 }),
  heading2: setBlockType(n.heading, { level: 2 }),
  heading3: setBlockType(n.heading, { level: 3 }),
  bullet: toggleList(n.bullet_list, n.ordered_list),
  ordered: toggleList(n.ordered_list, n.bullet_list),
  quote: (state, dispatch) => (isInside(state, n.blockquote) ? lift(state, dispatch) : wrapIn(n.blockquote)(state, dispatch)),
  indent: sinkListItem(n.list_item),
  outdent: liftListItem(n.list_item),
  rule,
  break: breakLine,
  left: align("left"),
  center: align("center"),
  right: align("right"),
  justify: align("justify"),
  row_above: table.addRowBefore,
  row_below: table.addRowAfter,
  row_delete: table.deleteRow,
  column_left: table.addColumnBefore,
  column_right: table.addColumnAfter,
  column_delete: table.deleteColumn,
  cells_merge: table.mergeCells,
  cell_split: table.splitCell,
  header_toggle: table.toggleHeaderCell,
  table_delete: table.deleteTable,
  table_border: toggleBorder,
  table_full: dressTable(({ width }) => ({ width: width === "100%" ? null : "100%" })),
};

/** The link around the cursor, or the selection. */
export function linkRange(state: EditorState): { from: number; to: number; href: string | null } {
  const { from, to, $from, empty } = state.selection;
  if (!empty) {
    let href: string | null = null;
    state.doc.nodesBetween(from, to, (node) => {
      href ??= (m.link.isInSet(node.marks)?.attrs.href as string | undefined) ?? null;
      return href === null;
    });
    return { from, to, href };
  }
  const mark = m.link.isInSet($from.marks()) ?? m.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!mark) {
    return { from, to, href: null };
  }
  const isOf = (index: number): boolean => {
    const node = $from.parent.maybeChild(index);
    return node ? mark.isInSet(node.marks) : false;
  };
  let first = isOf($from.index()) ? $from.index() : $from.index() - 1;
  let last = first;
  while (isOf(first - 1)) {
    first -= 1;
  }
  while (isOf(last + 1)) {
    last += 1;
  }
  return { from: $from.posAtIndex(first), to: $from.posAtIndex(last + 1), href: mark.attrs.href as string };
}

function unlink(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const { from, to, href } = linkRange(state);
  if (href !== null) {
    dispatch?.(state.tr.removeMark(from, to, m.link));
  }
  return href !== null;
}
