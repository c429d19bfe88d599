import type { Page } from "@playwright/test";
import { PNG } from "pngjs";
import { expect, test, type Caller } from "../harness/fixtures";

const LANGUAGES = ["Sk", "Cs", "En"] as const;
const WIDTHS = [360, 800];

interface Row {
  id: number;
  name: string;
}

/** The mails that come with the program, as they leave filled with the samples: the messages by name. */
async function sent(admin: Caller, language: (typeof LANGUAGES)[number]): Promise<Map<string, number>> {
  const filter = { words: "", channel: "Email", record: null, language: null, active: null, delivered: true };
  const { rows } = await admin.ask<{ rows: Row[] }>("templates/list_templates", { query: { filter, sort: "Name", direction: "Up", after: null } });
  const messages = new Map<string, number>();
  for (const { id, name } of rows) {
    const { draft } = await admin.ask<{ draft: object }>("templates/open_template", { id });
    const order = { template: id, draft, language, contact: null, to: "klient@klient.example" };
    const { message } = await admin.ask<{ message: number }>("templates/test_template", { order });
    messages.set(name, message);
  }
  return messages;
}

/** What is wrong with how a mail lies in the frame. */
async function flaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (clientWidth < scrollWidth) {
      found.push(`${scrollWidth - clientWidth} px wider than the frame`);
    }
    for (const it of document.querySelectorAll("img")) {
      if (!it.hasAttribute("alt")) {
        found.push(`a picture without a description: ${it.src.slice(0, 60)}`);
      }
      if (it.naturalWidth === 0) {
        found.push(`a picture that is not there: ${it.alt}`);
      }
    }
    const text = document.body.innerText;
    if (/\{\{|\}\}|\{%|⟦|undefined|null/.test(text)) {
      found.push(`a field without a value: ${text.slice(0, 200)}`);
    }
    if (text.trim().length < 40) {
      found.push("hardly a word");
    }
    for (const it of document.querySelectorAll<HTMLElement>("p, td, li, h1, h2, a")) {
      const { fontSize, color } = getComputedStyle(it);
      if (it.innerText.trim() && parseFloat(fontSize) < 11 && color !== "rgb(255, 255, 255)") {
        found.push(`letters of ${fontSize}: ${it.innerText.slice(0, 40)}`);
      }
    }
    return found;
  });
}

/** What is wrong with how a mail looks: letters that the edge cuts off, or hardly any ink. */
function stains(shot: Buffer): string[] {
  const { data, width, height } = PNG.sync.read(shot);
  const light = (x: number, y: number): number => {
    const at = (y * width + x) * 4;
    return (data[at]! * 3 + data[at + 1]! * 6 + data[at + 2]!) / 10;
  };
  const rows = Array.from({ length: height }, (_, y) => y);
  const cut = rows.filter((y) => [0, width - 1].some((x) => 60 < Math.abs(light(x, y) - light(x === 0 ? 2 : x - 2, y))));
  const inked = rows.filter((y) => Array.from({ length: width }, (_, x) => light(x, y)).some((it) => it < 140));
  const found: string[] = [];
  if (2 < cut.length) {
    found.push(`something reaches over the edge in ${cut.length} rows, first in row ${cut[0]}`);
  }
  if (inked.length < 40) {
    found.push(`ink in ${inked.length} of ${height} rows`);
  }
  return found;
}

for (const language of LANGUAGES) {
  test(`every delivered mail lies well and looks well at two widths, ${language}`, async ({ admin, page }, info) => {
    test.setTimeout(300_000);
    const messages = await sent(admin, language);
    expect(messages.size).toBeGreaterThan(15);
    const found: Record<string, string[]> = {};
    for (const [name, id] of messages) {
      await page.goto(`/messages/${id}/html`);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const shot = await page.screenshot({ fullPage: true, animations: "disabled" });
        const here = [...(await flaws(page)), ...stains(shot)];
        if (0 < here.length) {
          found[`${name}, ${width} px`] = here;
          await info.attach(`${name}, ${width} px`, { body: shot, contentType: "image/png" });
        }
      }
    }
    expect(found).toEqual({});
  });
}
