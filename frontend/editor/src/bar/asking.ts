/** The commands that ask something first: links, pictures, tables, fields. */

import type { Node } from "prosemirror-model";
import { NodeSelection } from "prosemirror-state";
import { make } from "../dom";
import type { Host } from "../host";
import { readAddress } from "../html/address";
import { schema } from "../schema";
import { COMMANDS, insertTable, linkRange } from "../text/commands";
import { FieldList } from "../text/field_list";
import { ask, type Asked } from "./dialog";
import { openBelow, openMenu, type Choice } from "./popover";

const { nodes: n, marks: m } = schema;

/** Asks where a link leads; without a selection the address itself is put in. */
export function askLink(host: Host): void {
  const { view } = host;
  const { from, to, href } = linkRange(view.state);
  const address: Asked = {
    name: "address",
    label: host.label("address"),
    hint: host.label("address_hint"),
    kind: "text",
    value: href ?? "",
    fault: (value) => (readAddress(value) === null ? host.label("address_bad") : null),
  };
  const remove: [string, () => void][] = href === null ? [] : [[host.label("unlink"), () => COMMANDS.unlink!(view.state, view.dispatch)]];
  ask(
    host,
    host.label("link"),
    host.label(href === null ? "insert" : "apply"),
    [address],
    ({ address }) => {
      const target = readAddress(address ?? "")!;
      const link = m.link.create({ href: target });
      const { tr } = view.state;
      if (from === to) {
        tr.insert(from, schema.text(target.replace(/^(mailto|tel):/, ""), [...view.state.selection.$from.marks(), link]));
        tr.removeStoredMark(m.link);
      } else {
        tr.removeMark(from, to, m.link).addMark(from, to, link);
      }
      view.dispatch(tr.scrollIntoView());
    },
    remove,
  );
}

/** The picture that is selected, if one is. */
function selectedPicture({ view }: Host): Node | null {
  const { selection } = view.state;
  return selection instanceof NodeSelection && selection.node.type === n.image ? selection.node : null;
}

/** Asks where a new picture comes from, when there is a choice. */
export function openPictures(host: Host, button: HTMLElement): void {
  if (!host.hasLibrary || selectedPicture(host)) {
    askPicture(host);
    return;
  }
  const choices: Choice[] = [
    { label: host.label("picture_file"), run: () => chooseFile(host), isOff: false },
    { label: host.label("picture_library"), run: () => host.askLibrary(), isOff: false },
  ];
  openMenu(host.root, button, host.label("picture"), choices, () => host.view.focus());
}

/** Asks about the selected picture, or for a file when none is selected. */
export function askPicture(host: Host): void {
  const { view } = host;
  const { selection } = view.state;
  const picture = selectedPicture(host);
  if (!picture) {
    chooseFile(host);
    return;
  }
  const places: [string, string][] = [["", host.label("picture_inline")], ["left", host.label("left")], ["right", host.label("right")]];
  const { alt, width, align } = picture.attrs as Record<string, string | null>;
  ask(
    host,
    host.label("picture"),
    host.label("apply"),
    [
      { name: "alt", label: host.label("picture_alt"), hint: host.label("picture_alt_hint"), kind: "text", value: alt ?? "" },
      { name: "width", label: host.label("picture_width"), kind: "number", value: width ?? "", min: 16, max: 1200 },
      { name: "align", label: host.label("picture_place"), kind: "choice", value: align ?? "", choices: places },
    ],
    ({ alt, width, align }) => {
      const px = Math.round(Number(width));
      const changed = { alt: alt?.trim() ?? "", width: 0 < px ? String(Math.min(1200, px)) : null, height: null, align: align || null };
      const tr = view.state.tr.setNodeMarkup(selection.from, undefined, { ...picture.attrs, ...changed }, picture.marks);
      view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, selection.from)));
    },
  );
}

function chooseFile(host: Host): void {
  const input = make("input", { type: "file", accept: "image/png,image/jpeg,image/gif,image/webp", multiple: true, hidden: true });
  input.setAttribute("aria-label", host.label("picture_file"));
  input.addEventListener("change", () => {
    host.upload(Array.from(input.files ?? []), host.view.state.selection.from);
    input.remove();
    host.view.focus();
  });
  input.addEventListener("cancel", () => input.remove());
  host.root.append(input);
  input.click();
}

/** Asks how large a table shall be. */
export function askTable(host: Host): void {
  const { view } = host;
  ask(
    host,
    host.label("table_insert"),
    host.label("insert"),
    [
      { name: "rows", label: host.label("rows"), kind: "number", value: "3", min: 1, max: 50 },
      { name: "columns", label: host.label("columns"), kind: "number", value: "3", min: 1, max: 12 },
      { name: "header", label: host.label("table_header"), kind: "check", value: "true" },
    ],
    ({ rows, columns, header }) => {
      const between = (value: string | undefined, most: number): number => Math.min(most, Math.max(1, Math.round(Number(value)) || 1));
      insertTable(between(rows, 50), between(columns, 12), header === "true")(view.state, view.dispatch);
    },
  );
}

/** Opens the searchable list of fields below a button. */
export function openFields(host: Host, button: HTMLElement): void {
  const box = make("div", { class: "menu field-picker" });
  const list = new FieldList(host, ({ path }) => {
    box.hidePopover();
    host.exec(`field ${path}`);
  });
  const input = make("input", { class: "input", type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "true" });
  input.setAttribute("aria-label", host.label("field_search"));
  input.placeholder = host.label("field_search");
  input.setAttribute("aria-controls", list.id);
  const tell = (): void => input.setAttribute("aria-activedescendant", list.active ?? "");
  input.addEventListener("input", () => {
    list.draw(input.value);
    tell();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" && list.key(event)) {
      event.preventDefault();
      tell();
    }
  });
  box.append(input, list.dom);
  list.draw("");
  openBelow(host.root, button, box, () => host.view.focus());
  tell();
  input.focus();
}
