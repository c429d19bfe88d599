/** The bar of buttons above the text: one stop for the Tab key, arrows inside (WAI-ARIA toolbar). */

import {
  AlignCenter, AlignLeft, AlignRight, Baseline, Bold, Braces, Highlighter, Image, IndentDecrease, IndentIncrease, Italic, Link, List, ListOrdered,
  Minus, Quote, Redo2, RemoveFormatting, Strikethrough, Table, Underline, Undo2, type IconNode,
} from "lucide";
import { icon, make } from "../dom";
import type { Host } from "../host";
import type { LabelKey } from "../labels";
import { TYPEFACES } from "../html/style";
import { schema } from "../schema";
import { COMMANDS, setMark } from "../text/commands";
import type { TextState } from "../text/state";
import { askTable, openFields, openPictures } from "./asking";
import { openColours } from "./colours";
import { openMenu, type Choice } from "./popover";

const SIZES = ["12px", "13px", "14px", "16px", "18px", "20px", "24px", "32px"];
const BLOCKS: LabelKey[] = ["paragraph", "heading1", "heading2", "heading3"];

/** What is told by keys: for readers and in the hint of the button. */
const KEYS: Partial<Record<LabelKey, [string, string]>> = {
  bold: ["Control+B", "Ctrl+B"],
  italic: ["Control+I", "Ctrl+I"],
  underline: ["Control+U", "Ctrl+U"],
  strike: ["Control+Shift+X", "Ctrl+Shift+X"],
  link: ["Control+K", "Ctrl+K"],
  undo: ["Control+Z", "Ctrl+Z"],
  redo: ["Control+Y", "Ctrl+Y"],
  bullet: ["Control+Shift+8", "Ctrl+Shift+8"],
  ordered: ["Control+Shift+7", "Ctrl+Shift+7"],
  quote: ["Control+Shift+9", "Ctrl+Shift+9"],
};

type Control = HTMLButtonElement | HTMLSelectElement;

/** The bar. */
export class Bar {
  readonly dom = make("div", { class: "editor-bar", role: "toolbar" });
  private readonly controls = new Map<string, Control>();
  private state: TextState | null = null;

  constructor(private readonly host: Host) {
    this.draw();
    this.dom.addEventListener("keydown", (event) => this.key(event));
    this.dom.addEventListener("focusin", (event) => this.stop(event.target as Control));
  }

  /** Draws everything again, in the language of now. */
  draw(): void {
    this.controls.clear();
    this.dom.setAttribute("aria-label", this.host.label("toolbar"));
    this.dom.replaceChildren(
      this.group(this.button("undo", Undo2), this.button("redo", Redo2)),
      this.group(this.blocks(), this.faces(), this.sizes()),
      this.group(
        this.toggle("bold", Bold),
        this.toggle("italic", Italic),
        this.toggle("underline", Underline),
        this.toggle("strike", Strikethrough),
        this.opener("colour", Baseline, (button) => openColours(this.host, button, "colour", this.state?.colour ?? null)),
        this.opener("background", Highlighter, (button) => openColours(this.host, button, "background", this.state?.background ?? null)),
        this.button("clear", RemoveFormatting),
      ),
      this.group(this.toggle("left", AlignLeft), this.toggle("center", AlignCenter), this.toggle("right", AlignRight)),
      this.group(
        this.toggle("bullet", List),
        this.toggle("ordered", ListOrdered),
        this.button("outdent", IndentDecrease),
        this.button("indent", IndentIncrease),
        this.toggle("quote", Quote),
      ),
      this.group(
        this.toggle("link", Link),
        this.opener("picture", Image, (button) => openPictures(this.host, button)),
        this.opener("table", Table, (button) => this.table(button)),
        this.button("rule", Minus),
        this.opener("field", Braces, (button) => openFields(this.host, button)),
      ),
    );
    this.stop(this.all()[0]);
    if (this.state) {
      this.show(this.state);
    }
  }

  /** Shows what holds at the place of the cursor. */
  show(state: TextState): void {
    this.state = state;
    const { view, isReadonly } = this.host;
    for (const [name, control] of this.controls) {
      if (control.hasAttribute("aria-pressed")) {
        control.setAttribute("aria-pressed", String(state.active.has(name)));
      }
      const command = COMMANDS[name];
      // A button that is not to be pressed keeps its place for the arrows and is only said to be off.
      const isOff = isReadonly || (command !== undefined && !command(view.state));
      control.setAttribute("aria-disabled", String(isOff));
    }
    this.select("block", state.block ?? "");
    this.select("font", state.family ?? "");
    this.select("size", state.size ?? "");
    for (const name of ["colour", "background"] as const) {
      this.controls.get(name)?.style.setProperty("--swatch", state[name] ?? "transparent");
    }
  }

  /** Takes the focus to where it was last. */
  focus(): void {
    this.dom.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  private all(): Control[] {
    return Array.from(this.controls.values());
  }

  private group(...controls: HTMLElement[]): HTMLElement {
    return make("div", { class: "editor-group", role: "group" }, ...controls);
  }

  private button(name: LabelKey, image: IconNode): HTMLButtonElement {
    const [keys, hint] = KEYS[name] ?? [null, ""];
    const label = this.host.label(name);
    const button = make(
      "button",
      { type: "button", class: "editor-button", tabindex: "-1", "aria-label": label, title: hint ? `${label} (${hint})` : label, "aria-keyshortcuts": keys },
      icon(image),
    );
    // The text keeps its selection while the button is pressed.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => this.press(button, () => this.host.exec(name)));
    this.controls.set(name, button);
    return button;
  }

  private toggle(name: LabelKey, image: IconNode): HTMLButtonElement {
    const button = this.button(name, image);
    button.setAttribute("aria-pressed", "false");
    return button;
  }

  private opener(name: LabelKey, image: IconNode, open: (button: HTMLElement) => void): HTMLButtonElement {
    const label = this.host.label(name);
    const button = make(
      "button",
      { type: "button", class: `editor-button opens ${name}`, tabindex: "-1", "aria-label": label, title: label, "aria-haspopup": "true", "aria-expanded": "false" },
      icon(image),
    );
    button.addEventListener("click", () => this.press(button, () => open(button)));
    this.controls.set(name, button);
    return button;
  }

  private press(button: HTMLElement, act: () => void): void {
    if (button.getAttribute("aria-disabled") !== "true") {
      act();
    }
  }

  private blocks(): HTMLSelectElement {
    const select = this.choice("block", BLOCKS.map((it) => [it, this.host.label(it)]));
    select.addEventListener("change", () => this.host.exec(select.value));
    return select;
  }

  private faces(): HTMLSelectElement {
    const select = this.choice("font", [["", this.host.label("default")], ...TYPEFACES.map((it): [string, string] => [it.stack, it.name])]);
    select.addEventListener("change", () => this.mark("font_family", select.value ? { family: select.value } : null));
    return select;
  }

  private sizes(): HTMLSelectElement {
    const select = this.choice("size", [["", this.host.label("default")], ...SIZES.map((it): [string, string] => [it, it.replace("px", "")])]);
    select.addEventListener("change", () => this.mark("font_size", select.value ? { size: select.value } : null));
    return select;
  }

  private mark(name: "font_family" | "font_size", attrs: Record<string, string> | null): void {
    const { view } = this.host;
    setMark(schema.marks[name], attrs)(view.state, view.dispatch);
    view.focus();
  }

  private choice(name: LabelKey, options: [string, string][]): HTMLSelectElement {
    const label = this.host.label(name);
    const select = make("select", { class: `editor-select ${name}`, tabindex: "-1", "aria-label": label, title: label });
    select.append(...options.map(([value, text]) => make("option", { value }, text)));
    this.controls.set(name, select);
    return select;
  }

  /** Shows a value, also one that is not offered. */
  private select(name: string, value: string): void {
    const select = this.controls.get(name);
    if (select instanceof HTMLSelectElement) {
      select.querySelector("[data-given]")?.remove();
      if (value && !Array.from(select.options).some((it) => it.value === value)) {
        select.append(make("option", { value, "data-given": true }, value));
      }
      select.value = value;
      select.disabled = this.host.isReadonly;
    }
  }

  private table(button: HTMLElement): void {
    if (!this.state?.isInTable) {
      askTable(this.host);
      return;
    }
    const { host } = this;
    const item = (name: LabelKey): Choice => ({ label: host.label(name), run: () => host.exec(name), isOff: !COMMANDS[name]?.(host.view.state) });
    const ground: Choice = { label: host.label("cell_background"), run: () => openColours(host, button, "cell_background", null) };
    openMenu(
      host.root,
      button,
      host.label("table"),
      [
        item("row_above"), item("row_below"), item("row_delete"), null,
        item("column_left"), item("column_right"), item("column_delete"), null,
        item("cells_merge"), item("cell_split"), item("header_toggle"), ground, null,
        item("table_border"), item("table_full"), item("table_delete"),
      ],
      () => host.view.focus(),
    );
  }

  /** Only one control is in the order of the Tab key. */
  private stop(control: Control | undefined): void {
    const all = this.all();
    if (control && all.includes(control)) {
      all.forEach((it) => {
        it.tabIndex = it === control ? 0 : -1;
      });
    }
  }

  private key(event: KeyboardEvent): void {
    const all = this.all();
    const at = all.indexOf(event.target as Control);
    if (event.key === "Escape") {
      this.host.view.focus();
      event.preventDefault();
      return;
    }
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const next = steps[event.key];
    if (0 <= at && next !== undefined) {
      event.preventDefault();
      all.at(next % all.length)?.focus();
    }
  }
}
