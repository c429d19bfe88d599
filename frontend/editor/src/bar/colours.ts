/** The colours to choose from. */

import { make } from "../dom";
import type { Host } from "../host";
import type { LabelKey } from "../labels";
import { schema } from "../schema";
import { setMark } from "../text/commands";
import { openBelow, steer } from "./popover";

const INKS: [LabelKey, string][] = [
  ["black", "#000000"],
  ["grey", "#666666"],
  ["red", "#c00000"],
  ["orange", "#b85c00"],
  ["green", "#1e7b34"],
  ["teal", "#0b6b74"],
  ["blue", "#1f4fa3"],
  ["violet", "#6b3fa0"],
];

const GROUNDS: [LabelKey, string][] = [
  ["yellow", "#fff2a8"],
  ["green", "#d5f0d9"],
  ["teal", "#cdeef0"],
  ["blue", "#d9e5fb"],
  ["violet", "#e9dcf7"],
  ["red", "#fbdcd9"],
  ["orange", "#ffe2c2"],
  ["grey", "#e6e6e6"],
];

/** Opens the palette of letters or of what is behind them. */
export function openColours(host: Host, button: HTMLElement, kind: "colour" | "background" | "cell_background", now: string | null): void {
  const { view } = host;
  const choose = (value: string | null): void => {
    box.hidePopover();
    if (kind === "cell_background") {
      host.exec(`cell_background ${value ?? ""}`);
    } else {
      setMark(schema.marks[kind]!, value === null ? null : { colour: value })(view.state, view.dispatch);
    }
  };
  const swatch = ([name, value]: [LabelKey, string]): HTMLElement => {
    const dom = make("button", { type: "button", class: "swatch", tabindex: "-1", title: host.label(name), "aria-label": host.label(name) });
    dom.style.setProperty("--swatch", value);
    dom.setAttribute("aria-pressed", String(value === now));
    dom.addEventListener("click", () => choose(value));
    return dom;
  };
  const other = make("input", { type: "color", value: now ?? "#000000", "aria-label": host.label("other_colour"), title: host.label("other_colour") });
  other.addEventListener("change", () => choose(other.value));
  const none = make("button", { type: "button", class: "button swatch-none", "data-kind": "quiet", onclick: () => choose(null) }, host.label("none"));
  const palette = make("div", { class: "swatches" }, ...(kind === "colour" ? INKS : GROUNDS).map(swatch));
  const box = make("div", { class: "menu editor-colours", role: "group", "aria-label": host.label(kind) }, palette, make("div", { class: "swatch-end" }, none, other));
  steer(palette, "swatch");
  openBelow(host.root, button, box, () => view.focus());
  palette.querySelector<HTMLElement>("button")?.focus();
}
