/** What the page and the toolbar want to know of the place where somebody writes. */

import { redoDepth, undoDepth } from "prosemirror-history";
import type { MarkType } from "prosemirror-model";
import { NodeSelection, type EditorState } from "prosemirror-state";
import { isInTable } from "prosemirror-tables";
import type { FieldUse } from "../field";
import { schema } from "../schema";
import { isInside } from "./commands";

const { nodes: n, marks: m } = schema;

/** The place where somebody writes. */
export interface TextState {
  /** Commands that are switched on here: `bold`, `bullet`, `link`, `center`, …. */
  active: Set<string>;
  /** `paragraph`, `heading1` …, or nothing for blocks of other kinds. */
  block: string | null;
  colour: string | null;
  background: string | null;
  size: string | null;
  family: string | null;
  isInTable: boolean;
  isPicture: boolean;
  /** The chip that is selected. */
  field: FieldUse | null;
  canUndo: boolean;
  canRedo: boolean;
}

const MARKS: [string, MarkType][] = [
  ["bold", m.strong],
  ["italic", m.em],
  ["underline", m.underline],
  ["strike", m.strike],
  ["sub", m.sub],
  ["sup", m.sup],
  ["link", m.link],
];

/** Looks at the place of the cursor. */
export function look(state: EditorState): TextState {
  const { selection } = state;
  const { $from } = selection;
  const node = selection instanceof NodeSelection ? selection.node : null;
  const { parent } = $from;
  const active = new Set(MARKS.filter(([, type]) => has(state, type)).map(([name]) => name));
  active.add((parent.attrs.align as string | null) ?? "left");
  for (const [name, type] of [["bullet", n.bullet_list], ["ordered", n.ordered_list], ["quote", n.blockquote]] as const) {
    if (isInside(state, type)) {
      active.add(name);
    }
  }
  const block = parent.type === n.paragraph ? "paragraph" : parent.type === n.heading ? `heading${parent.attrs.level}` : null;
  return {
    active,
    block,
    colour: valueOf(state, m.colour, "colour"),
    background: valueOf(state, m.background, "colour"),
    size: valueOf(state, m.font_size, "size"),
    family: valueOf(state, m.font_family, "family"),
    isInTable: isInTable(state),
    isPicture: node?.type === n.image,
    field: node?.type === n.merge_field ? ({ ...node.attrs } as FieldUse) : null,
    canUndo: 0 < undoDepth(state),
    canRedo: 0 < redoDepth(state),
  };
}

function has(state: EditorState, type: MarkType): boolean {
  const { selection, doc, storedMarks } = state;
  return selection.empty
    ? Boolean(type.isInSet(storedMarks ?? selection.$from.marks()))
    : selection.ranges.some(({ $from, $to }) => doc.rangeHasMark($from.pos, $to.pos, type));
}

function valueOf(state: EditorState, type: MarkType, attribute: string): string | null {
  const { selection, doc, storedMarks } = state;
  if (selection.empty) {
    return (type.isInSet(storedMarks ?? selection.$from.marks())?.attrs[attribute] as string | undefined) ?? null;
  }
  let found: string | null = null;
  doc.nodesBetween(selection.from, selection.to, (node) => {
    found ??= (type.isInSet(node.marks)?.attrs[attribute] as string | undefined) ?? null;
    return found === null;
  });
  return found;
}
