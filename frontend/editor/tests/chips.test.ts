import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Fragment, type Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import type { DecorationSet } from "prosemirror-view";
import { history, undo } from "prosemirror-history";
import { write } from "../src/html/write";
import { schema } from "../src/schema";
import { chipsAsTyped, withChips } from "../src/text/chips";
import { COMMANDS, insertTable } from "../src/text/commands";
import { underline } from "../src/text/findings";

const paragraph = (...content: Node[]): Node => schema.node("paragraph", null, content);
const text = (letters: string, ...marks: string[]): Node => schema.text(letters, marks.map((it) => schema.mark(it)));

function stateOf(...content: Node[]): EditorState {
  return EditorState.create({ doc: schema.node("doc", null, content), plugins: [chipsAsTyped(), history()] });
}

test("code that is pasted in pieces of different looks becomes one chip", () => {
  const content = withChips(Fragment.from(paragraph(text("Dobrý deň {{ con"), text("tact.name", "strong"), text(" }}, vitajte"))));
  assert.equal(content.firstChild!.childCount, 3);
  assert.deepEqual({ ...content.firstChild!.child(1).attrs }, { path: "contact.name", filter: "", fallback: null });
});

test("text that is pasted without its paragraph gets its chips too", () => {
  const content = withChips(Fragment.fromArray([text("a {{ b.c }} d")]));
  assert.deepEqual(Array.from({ length: content.childCount }, (_, at) => content.child(at).type.name), ["text", "merge_field", "text"]);
});

test("the last brace that is typed makes the chip, and undo gives the letters back", () => {
  let state = stateOf(paragraph(text("suma {{ record.total }")));
  const end = state.doc.content.size - 1;
  state = state.apply(state.tr.insertText("}", end));
  assert.equal(write(state.doc), "<p>suma {{ record.total }}</p>");
  assert.equal(state.doc.firstChild!.child(1).type.name, "merge_field");
  undo(state, (tr) => {
    state = state.apply(tr);
  });
  assert.equal(state.doc.textContent, "suma {{ record.total }");
});

test("while letters are still being composed no chip is made under the hand", () => {
  const state = stateOf(paragraph(text("{{ a }")));
  const next = state.apply(state.tr.insertText("}", 7).setMeta("composition", 1));
  assert.equal(next.doc.firstChild!.firstChild!.isText, true);
});

test("a table has what every mail program needs", () => {
  let state = stateOf(paragraph());
  insertTable(1, 2, true)(state, (tr) => {
    state = state.apply(tr);
  });
  const cell = '<th style="border:1px solid #bfbfbf">&nbsp;</th>';
  assert.ok(
    write(state.doc).startsWith(
      `<table width="100%" border="1" cellpadding="6" cellspacing="0" style="width:100%;border-collapse:collapse"><tbody><tr>${cell}${cell}</tr></tbody></table>`,
    ),
  );
});

test("a list of one kind becomes one of the other, and its items paragraphs again", () => {
  let state = stateOf(paragraph(text("prvá")));
  const run = (name: string): void => {
    assert.ok(
      COMMANDS[name]!(state, (tr) => {
        state = state.apply(tr);
      }),
    );
  };
  run("bullet");
  assert.equal(write(state.doc), "<ul><li>prvá</li></ul>");
  run("ordered");
  assert.equal(write(state.doc), "<ol><li>prvá</li></ol>");
  run("ordered");
  assert.equal(write(state.doc), "<p>prvá</p>");
});

test("what was found is underlined where its code stands", () => {
  const finding = { line: 1, column: 1, length: 3, severity: "error" as const, message: "unknown" };
  const plugin = underline(() => [{ ...finding, code: "{{ contact.nme|upper }}" }, { ...finding, code: "{% if x %}" }, finding]);
  const field = schema.node("merge_field", { path: "contact.nme", filter: "upper", fallback: null });
  const doc = schema.node("doc", null, [paragraph(text("a"), field), schema.node("merge_block", { code: "{% if x %}" }), paragraph(text("b"))]);
  const state = EditorState.create({ doc, plugins: [plugin] });
  const places = (plugin.props.decorations!.call(plugin, state) as DecorationSet).find();
  assert.deepEqual(places.map(({ from, to }) => [from, to]).sort(), [[2, 3], [4, 5]]);
});
