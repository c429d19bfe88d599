/** Gives Node what the editor asks of a browser. Imported before everything else. */

import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><title>Test</title>", { pretendToBeVisual: true });
for (const name of ["window", "document", "DOMParser", "Node", "NodeFilter", "Element", "HTMLElement", "MutationObserver", "File"] as const) {
  Object.defineProperty(globalThis, name, { value: name === "window" ? window : window[name], configurable: true });
}
