import type { Page } from "@playwright/test";
import { expect, test, type Caller } from "../harness/fixtures";
import { mails, type Mail } from "../harness/mails";
import { htmlPart } from "../harness/parts";

/** How much of the picture may differ: letters are smoothed anew where a line moves by a part of a point. */
const DIFFERENT_MAX = 0.01;

function draft(html: string) {
  return {
    channel: "Email",
    record: null,
    name: "Cudzia predloha",
    description: "",
    hint: "",
    is_commercial: false,
    sender_name: "",
    sender_address: "",
    attachments: [],
    offered_to: [],
    is_active: true,
    keeps_diacritics: false,
    // Merge code of other systems means nothing here.
    texts: [{ language: "Sk", subject: "Cudzia predloha", preheader: "", body: { Html: html.includes("{{") ? `{% raw %}${html}{% endraw %}` : html }, plain: "Made" }],
  };
}

/** The HTML that left for a mail. */
async function sent(admin: Caller, html: string): Promise<string> {
  const order = { template: null, draft: draft(html), language: "Sk", contact: null, to: "klient@klient.example" };
  const { message } = await admin.ask<{ message: number }>("templates/test_template", { order });
  let id: number | undefined;
  await expect(async () => {
    const page = await admin.ask<{ rows: { id: number; message: number }[] }>("capture/list_captured", { after: null });
    id = page.rows.find((it) => it.message === message)?.id;
    expect(id).toBeDefined();
  }).toPass({ timeout: 30_000 });
  const { source } = await admin.ask<{ source: string }>("capture/open_captured", { id });
  return htmlPart(source);
}

/** What a reader sees and can press: words in their order, links, pictures, and how it is built. */
interface Seen {
  words: string;
  links: string[];
  pictures: string[];
  tables: number;
  cells: number;
}

async function seen(page: Page, html: string): Promise<Seen> {
  // What has no doctype is sent with one, of which the author is told; so it is drawn by the same rules here.
  await page.setContent(/<!doctype/i.test(html) ? html : `<!DOCTYPE html>${html}`, { waitUntil: "domcontentloaded" });
  return page.evaluate(() => {
    const all = <T extends Element>(selector: string) => Array.from(document.body.querySelectorAll<T & HTMLElement>(selector));
    return {
      words: document.body.innerText.replaceAll(/\s+/g, " ").trim(),
      // What leads nowhere does not leave, and the author is told.
      links: all<HTMLAnchorElement>("a[href]").map((it) => it.getAttribute("href")!.trim()).filter((it) => /^(https?:|mailto:|tel:|sms:|#|\/\/)/i.test(it)),
      pictures: all<HTMLImageElement>("img").map((it) => it.getAttribute("alt") ?? ""),
      tables: all("table").length,
      cells: all("td, th").length,
    };
  });
}

/** The share of points that differ visibly between two pictures of one size. */
async function difference(page: Page, one: Buffer, two: Buffer): Promise<number> {
  const shots = [one, two].map((it) => `data:image/png;base64,${it.toString("base64")}`);
  return page.evaluate(async (shots) => {
    const [one, two] = await Promise.all(
      shots.map(async (src) => {
        const image = new Image();
        image.src = src;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d")!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height);
      }),
    );
    if (one!.width !== two!.width || Math.abs(one!.height - two!.height) > 2) {
      return 1;
    }
    const n = Math.min(one!.data.length, two!.data.length);
    let different = 0;
    for (let at = 0; at < n; at += 4) {
      const far = [0, 1, 2].some((channel) => Math.abs(one!.data[at + channel]! - two!.data[at + channel]!) > 48);
      different += far ? 1 : 0;
    }
    return different / (n / 4);
  }, shots);
}

/** A page on which nothing runs and nothing is fetched. */
async function paper(page: Page): Promise<Page> {
  const context = await page.context().browser()!.newContext({ javaScriptEnabled: false, viewport: { width: 700, height: 900 } });
  await context.route("**", (route) => route.abort());
  return context.newPage();
}

test("mails of others reach the reader as they were made", async ({ admin, page }) => {
  test.setTimeout(300_000);
  const before = await paper(page);
  const after = await paper(page);
  const judge = async ({ name, html, isDocument }: Mail) => {
    const left = await sent(admin, html);
    const [made, got] = [await seen(before, html), await seen(after, left)];
    if (isDocument) {
      expect(got, name).toEqual(made);
      const shots = await Promise.all([before, after].map((it) => it.screenshot({ fullPage: true })));
      expect(await difference(page, shots[0]!, shots[1]!), `${name} looks different`).toBeLessThan(DIFFERENT_MAX);
    } else {
      // A piece is put into our own column, which is two tables more.
      expect({ ...got, tables: made.tables, cells: made.cells }, name).toEqual(made);
    }
  };
  for (const mail of mails()) {
    await judge(mail);
  }
  await before.context().close();
  await after.context().close();
});

test("mails of others are kept in a template byte for byte", async ({ admin }) => {
  for (const [n, { name, html }] of mails().entries()) {
    const made = draft(html);
    const [id] = await admin.ask<[number, number]>("templates/save_template", { key: null, draft: { ...made, name: `Cudzia ${n}` } });
    const { draft: kept } = await admin.ask<{ draft: typeof made }>("templates/open_template", { id });
    expect(kept.texts[0]!.body.Html, name).toBe(made.texts[0]!.body.Html);
  }
});
