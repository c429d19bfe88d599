/** A question with a few fields, asked in a dialog. */

import { make, newId } from "../dom";
import type { Host } from "../host";

/** A field of the question. */
export interface Asked {
  name: string;
  label: string;
  hint?: string;
  kind: "text" | "number" | "check" | "choice";
  value: string;
  /** For choices: values with their names. */
  choices?: [string, string][];
  /** For numbers. */
  min?: number;
  max?: number;
  /** Answers what is wrong with a value, or nothing. */
  fault?: (value: string) => string | null;
}

/** What was answered, by the names of the fields. */
export type Answers = Record<string, string>;

/** Asks, and hands the answers on; what is done afterwards is said on the button. Extra buttons answer with their own names. */
export function ask(host: Host, title: string, action: string, fields: Asked[], done: (answers: Answers) => void, extra: [string, () => void][] = []): void {
  const heading = newId();
  const inputs = fields.map((it) => ({ asked: it, input: inputOf(it), note: make("p", { class: "fault", id: newId(), role: "alert" }) }));
  const form = make(
    "form",
    { method: "dialog", class: "dialog-body", novalidate: true },
    make("div", { class: "dialog-head" }, make("h2", { id: heading }, title)),
    ...inputs.map(({ asked, input, note }) => row(asked, input, note)),
    make(
      "div",
      { class: "dialog-end" },
      ...extra.map(([label, run]) => make("button", { type: "button", class: "button", "data-kind": "quiet", onclick: () => finish(run) }, label)),
      make("button", { type: "button", class: "button", onclick: () => finish(() => {}) }, host.label("cancel")),
      make("button", { type: "submit", class: "button", "data-kind": "primary" }, action),
    ),
  );
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": heading }, form);
  const finish = (act: () => void): void => {
    dialog.close();
    act();
    host.view.focus();
  };
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    finish(() => {});
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The page around must not take this for its own.
    event.stopPropagation();
    const wrong = inputs.filter(({ asked, input, note }) => {
      note.textContent = asked.fault?.(valueOf(input)) ?? "";
      input.setAttribute("aria-invalid", String(note.textContent !== ""));
      return note.textContent !== "";
    });
    if (wrong[0]) {
      wrong[0].input.focus();
      return;
    }
    finish(() => done(Object.fromEntries(inputs.map(({ asked, input }) => [asked.name, valueOf(input)]))));
  });
  host.root.append(dialog);
  dialog.showModal();
  const first = inputs[0]?.input;
  first?.focus();
  if (first instanceof HTMLInputElement && first.type === "text") {
    first.select();
  }
}

function inputOf(asked: Asked): HTMLInputElement | HTMLSelectElement {
  const id = newId();
  if (asked.kind === "choice") {
    const options = (asked.choices ?? []).map(([value, label]) => make("option", { value, selected: value === asked.value }, label));
    return make("select", { id, class: "input select" }, ...options);
  }
  if (asked.kind === "check") {
    return make("input", { id, type: "checkbox", checked: asked.value === "true" });
  }
  return make("input", { id, class: "input", type: asked.kind, value: asked.value, min: asked.min, max: asked.max, autocomplete: "off" });
}

function valueOf(input: HTMLInputElement | HTMLSelectElement): string {
  return input instanceof HTMLInputElement && input.type === "checkbox" ? String(input.checked) : input.value;
}

function row(asked: Asked, input: HTMLElement, note: HTMLElement): HTMLElement {
  const label = make("label", { for: input.id }, asked.label);
  if (asked.kind === "check") {
    return make("div", { class: "editor-check" }, input, label);
  }
  const hint = asked.hint ? make("p", { class: "hint", id: newId() }, asked.hint) : null;
  input.setAttribute("aria-describedby", [hint?.id, note.id].filter(Boolean).join(" "));
  return make("div", { class: "field" }, label, input, make("div", { class: "notes" }, ...(hint ? [hint] : []), note));
}
