/** What opens below a button of the bar. */

import { make, newId } from "../dom";

/** Opens a box below a button; the browser closes it by Escape or a click elsewhere. */
export function openBelow(root: HTMLElement, button: HTMLElement, box: HTMLElement, closed: () => void): void {
  box.popover = "auto";
  box.id ||= newId();
  root.append(box);
  button.setAttribute("aria-controls", box.id);
  let hadFocus = false;
  box.addEventListener("beforetoggle", () => {
    hadFocus = box.contains(document.activeElement);
  });
  box.addEventListener("toggle", (event) => {
    const isOpen = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      box.remove();
      // Whoever clicked elsewhere wants to be there.
      if (hadFocus) {
        closed();
      }
    }
  });
  box.showPopover();
  const { left, bottom, top } = button.getBoundingClientRect();
  const isBelow = bottom + box.offsetHeight + 8 < window.innerHeight || top < box.offsetHeight + 8;
  box.style.left = `${Math.max(8, Math.min(left, window.innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${isBelow ? bottom + 4 : top - box.offsetHeight - 4}px`;
}

/** A choice in a menu; null draws a line. */
export type Choice = { label: string; run: () => void; isOff?: boolean; isOn?: boolean } | null;

/** Opens a menu below a button. */
export function openMenu(root: HTMLElement, button: HTMLElement, label: string, choices: Choice[], closed: () => void): void {
  const box = make("div", { class: "menu editor-menu", role: "menu", "aria-label": label });
  const items = choices.map((choice) => {
    if (!choice) {
      return make("div", { class: "menu-line", role: "separator" });
    }
    const role = choice.isOn === undefined ? "menuitem" : "menuitemcheckbox";
    const item = make("button", { type: "button", class: "menu-item", role, tabindex: "-1", disabled: choice.isOff }, choice.label);
    if (choice.isOn !== undefined) {
      item.setAttribute("aria-checked", String(choice.isOn));
    }
    item.addEventListener("click", () => {
      box.hidePopover();
      choice.run();
    });
    return item;
  });
  box.append(...items);
  steer(box, "menu-item");
  openBelow(root, button, box, closed);
  box.querySelector<HTMLElement>(".menu-item:enabled")?.focus();
}

/** Lets the arrows walk over the buttons of a box. */
export function steer(box: HTMLElement, className: string): void {
  box.addEventListener("keydown", (event) => {
    const buttons = Array.from(box.querySelectorAll<HTMLElement>(`.${className}:enabled`));
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const next = steps[event.key];
    if (next !== undefined && 0 < buttons.length) {
      event.preventDefault();
      buttons.at(next % buttons.length)?.focus();
    }
  });
}
