/** The list of fields, narrowed by what somebody types. */

import { make, newId } from "../dom";
import type { Field } from "../field";
import type { Host } from "../host";
import { fold } from "./fold";

const N_SHOWN = 100;

/** The fields whose name, path or group has all the words; those whose name begins so come first. */
export function matching(fields: readonly Field[], query: string): Field[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const found = fields.filter((it) => {
    const text = fold(`${it.label} ${it.path} ${it.group}`);
    return words.every((word) => text.includes(word));
  });
  const rank = (it: Field): number => (words[0] && fold(it.label).startsWith(words[0]) ? 0 : 1);
  return words.length === 0 ? found : found.sort((one, other) => rank(one) - rank(other));
}

/** A list box of fields that another element steers. */
export class FieldList {
  readonly id = newId();
  readonly dom = make("div", { class: "field-list", role: "listbox", id: this.id });
  private options: { field: Field; dom: HTMLElement }[] = [];
  private at = 0;

  constructor(
    private readonly host: Host,
    private readonly choose: (field: Field) => void,
  ) {
    // The one who types keeps the focus.
    this.dom.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  /** Draws the fields that match. */
  draw(query: string): void {
    this.dom.setAttribute("aria-label", this.host.label("field"));
    const found = matching(this.host.fields, query).slice(0, N_SHOWN);
    this.at = 0;
    this.options = found.map((field) => ({ field, dom: this.option(field) }));
    const groups = grouped(this.options);
    const parts = Array.from(groups, ([group, options]) => {
      const name = make("div", { class: "field-group-name", "aria-hidden": "true" }, group);
      return make("div", { role: "group", "aria-label": group }, name, ...options.map((it) => it.dom));
    });
    this.options = Array.from(groups.values()).flat();
    this.dom.replaceChildren(...(parts.length === 0 ? [make("p", { class: "field-none" }, this.host.label("field_none"))] : parts));
    this.mark();
  }

  /** How many fields are shown. */
  get size(): number {
    return this.options.length;
  }

  /** The id of the option that Enter would choose. */
  get active(): string | null {
    return this.options[this.at]?.dom.id ?? null;
  }

  /** Handles a key of whoever steers the list; answers whether it was one of ours. */
  key(event: KeyboardEvent): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && 0 < this.options.length) {
      this.at = (this.at + step + this.options.length) % this.options.length;
      this.mark();
      return true;
    }
    const chosen = this.options[this.at];
    if ((event.key === "Enter" || event.key === "Tab") && chosen) {
      this.choose(chosen.field);
      return true;
    }
    return false;
  }

  private option(field: Field): HTMLElement {
    const dom = make(
      "div",
      { class: "field-option", role: "option", id: newId(), onclick: () => this.choose(field) },
      make("span", { class: "name" }, field.label),
      make("span", { class: "sample" }, field.sample),
    );
    dom.title = field.path;
    return dom;
  }

  private mark(): void {
    this.options.forEach((it, at) => it.dom.setAttribute("aria-selected", String(at === this.at)));
    this.options[this.at]?.dom.scrollIntoView({ block: "nearest" });
  }
}

function grouped<Option extends { field: Field }>(options: Option[]): Map<string, Option[]> {
  const groups = new Map<string, Option[]>();
  options.forEach((it) => groups.set(it.field.group, [...(groups.get(it.field.group) ?? []), it]));
  return groups;
}
