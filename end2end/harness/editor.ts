import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base, type Locator, type Page } from "@playwright/test";
import { Watch } from "./watch";

export { expect } from "@playwright/test";

const ORIGIN = "http://editor.localhost";
const ROOT = new URL("../../", import.meta.url);

const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".woff2": "font/woff2" };

/** Where the files of the test page lie. */
const FOLDERS: Record<string, string> = {
  editor: "frontend/assets/editor",
  locales: "frontend/locales",
  style: "style",
};

/** A one-pixel picture. */
export const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const PAGE = `<!doctype html><html lang="sk"><head><meta charset="utf-8"><title>Editor</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style/main.css"></head>
<body><main><h1>Správa</h1><mail-editor></mail-editor></main><script type="module" src="/page.js"></script></body></html>`;

const SCRIPT = `
import "/editor/editor.js";
const editor = document.querySelector("mail-editor");
window.seen = [];
for (const name of ["change", "upload", "field-click", "fault"]) {
  editor.addEventListener(name, ({ detail }) => window.seen.push([name, JSON.parse(JSON.stringify(detail ?? null))]));
}
editor.addEventListener("upload", ({ detail }) => { window.upload = detail; });
editor.resolve = (src) => src.startsWith("cid:") ? "data:image/png;base64,${PIXEL}" : null;
editor.fields = [
  { path: "contact.first_name", label: "Meno", group: "Kontakt", sample: "Eva" },
  { path: "contact.last_name", label: "Priezvisko", group: "Kontakt", sample: "Nováková" },
  { path: "record.total", label: "Suma", group: "Faktúra", sample: "120,50 €" },
];
editor.language = "sk";
editor.labels = await (await fetch("/locales/sk/editor.json")).json();
editor.sourceUrl = "/editor/source.js";
editor.styleUrl = "/editor/editor.css";
await customElements.whenDefined("mail-editor");
document.body.dataset.ready = "true";
`;

/** The policy that Posel sets on its pages. */
function policy(): string {
  const source = readFileSync(new URL("server/src/http/guards.rs", ROOT), "utf8");
  const found = /const POLICY: HeaderValue = HeaderValue::from_static\(\s*"([^]*?)",\s*\);/.exec(source)?.[1];
  if (!found) {
    throw new Error("the policy was not found in guards.rs");
  }
  return found.replaceAll(/\\\s+/g, "");
}

function answer(path: string): { body: Buffer | string; contentType: string } | null {
  if (path === "/") {
    return { body: PAGE, contentType: "text/html" };
  }
  if (path === "/page.js") {
    return { body: SCRIPT, contentType: "text/javascript" };
  }
  const [, folder = "", ...rest] = path.split("/");
  const contentType = TYPES[extname(path)];
  if (!FOLDERS[folder] || !contentType || rest.includes("..")) {
    return null;
  }
  try {
    return { body: readFileSync(new URL(`${FOLDERS[folder]}/${rest.join("/")}`, ROOT)), contentType };
  } catch {
    return null;
  }
}

/** What the clipboard holds. */
export interface Clipboard {
  html?: string;
  text?: string;
  files?: { name: string; type: string; base64: string }[];
}

/** A page with nothing but the editor, under the policy of Posel. */
export class Desk {
  readonly text: Locator;

  constructor(readonly page: Page) {
    this.text = page.getByRole("textbox", { name: "Text správy" });
  }

  async open(value = ""): Promise<void> {
    const headers = { "content-security-policy": policy() };
    await this.page.route(`${ORIGIN}/**`, async (route) => {
      const found = answer(new URL(route.request().url()).pathname);
      await (found ? route.fulfill({ ...found, headers }) : route.fulfill({ status: 404 }));
    });
    await this.page.goto(`${ORIGIN}/`);
    await this.page.locator("body[data-ready]").waitFor();
    await this.set(value);
  }

  async set(value: string): Promise<void> {
    await this.page.evaluate((value) => {
      (document.querySelector("mail-editor") as unknown as { value: string }).value = value;
    }, value);
  }

  async value(): Promise<string> {
    return this.page.evaluate(() => (document.querySelector("mail-editor") as unknown as { value: string }).value);
  }

  async call(name: string, ...given: unknown[]): Promise<unknown> {
    return this.page.evaluate(
      ({ name, given }) => (document.querySelector("mail-editor") as unknown as Record<string, (...given: unknown[]) => unknown>)[name]!(...given),
      { name, given },
    );
  }

  /** The events of one name that the page got, the latest last. */
  async seen(name: string): Promise<unknown[]> {
    const all = await this.page.evaluate(() => (window as unknown as { seen: [string, unknown][] }).seen);
    return all.filter((it) => it[0] === name).map((it) => it[1]);
  }

  /** Pastes into the text as the browser does after Ctrl+V. */
  async paste(clipboard: Clipboard): Promise<void> {
    await this.text.evaluate((element, { html, text, files }) => {
      const data = new DataTransfer();
      if (html !== undefined) {
        data.setData("text/html", html);
      }
      if (text !== undefined) {
        data.setData("text/plain", text);
      }
      for (const { name, type, base64 } of files ?? []) {
        data.items.add(new File([Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))], name, { type }));
      }
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, clipboard);
  }

  button(name: string): Locator {
    return this.page.getByRole("toolbar").getByRole("button", { name, exact: true });
  }
}

/** Tests with the editor alone; nothing may be complained of in the console. */
export const test = base.extend<{ desk: Desk; watch: Watch }>({
  watch: [
    async ({ context }, use) => {
      const watch = new Watch(ORIGIN);
      watch.follow(context);
      await use(watch);
      base.expect(watch.errors, "errors in the console").toEqual([]);
      base.expect(watch.strangers, "requests to other origins").toEqual([]);
    },
    { auto: true },
  ],
  desk: async ({ page }, use) => use(new Desk(page)),
});

/** Where the HTML of other programs' clipboards lies. */
export const CLIPBOARDS = fileURLToPath(new URL("frontend/editor/tests/clipboard/", ROOT));
