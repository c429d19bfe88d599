import type { Locator, Page } from "@playwright/test";
import { PIXEL } from "../harness/editor";
import { Findings, expect, test, type Caller } from "../harness/fixtures";

/** The page where a template is written. */
class Bench {
  readonly name: Locator;
  readonly subject: Locator;
  readonly text: Locator;
  readonly source: Locator;
  readonly save: Locator;
  readonly saved: Locator;
  readonly mail: ReturnType<Page["frameLocator"]>;

  constructor(readonly page: Page) {
    this.name = page.getByRole("textbox", { name: "Názov" });
    this.subject = page.getByRole("textbox", { name: "Predmet" });
    this.text = page.getByRole("textbox", { name: "Text správy" });
    this.source = page.getByRole("textbox", { name: "Zdrojový kód správy" });
    this.save = page.getByRole("button", { name: "Uložiť predlohu" });
    this.saved = page.getByText("Všetko je uložené");
    this.mail = page.frameLocator("iframe.mail-frame");
  }

  /** Begins a new template with a name and a subject. */
  static async begin(page: Page, name: string, subject: string): Promise<Bench> {
    await page.goto("/templates/new");
    const bench = new Bench(page);
    await bench.name.fill(name);
    await bench.subject.fill(subject);
    await bench.text.click();
    return bench;
  }

  /** What the editor holds. */
  async value(): Promise<string> {
    return this.page.evaluate(() => (document.querySelector("mail-editor") as unknown as { value: string }).value);
  }
}

/** Keeps a template as another person or another tab would. */
async function keep(admin: Caller, key: [number, number] | null, name: string, html: string): Promise<[number, number]> {
  const text = { language: "Sk", subject: "Vec", preheader: "", body: { Html: html }, plain: "Made" };
  const draft = {
    channel: "Email", record: null, name, description: "", hint: "", is_commercial: false, sender_name: "", sender_address: "",
    attachments: [], offered_to: [], is_active: true, keeps_diacritics: false, texts: [text],
  };
  return admin.ask<[number, number]>("templates/save_template", { key, draft });
}

test.beforeEach(({ admin }) => {
  expect(admin).toBeDefined();
});

test("a template is written with a field and seen beside as its reader will get it", async ({ page, admin }) => {
  const bench = await Bench.begin(page, "Ponuka", "Ponuka pre vás");
  await page.keyboard.type("Dobrý deň, píše vám ");
  await page.getByRole("tab", { name: "Premenné" }).click();
  await page.getByRole("textbox", { name: "Hľadať premennú" }).fill("nasa firma");
  await page.getByRole("button", { name: /^Vložiť: / }).first().click();
  await expect(bench.text.locator(".merge-field")).toHaveCount(1);
  await page.keyboard.type(".");
  await page.getByRole("tab", { name: "Náhľad" }).click();
  await expect(bench.mail.getByText("Dobrý deň, píše vám ")).toBeVisible();
  await bench.save.click();
  await expect(bench.saved).toBeVisible();
  await expect(page).toHaveURL(/\/templates\/\d+\/edit$/);
  await page.reload();
  await expect(bench.text).toContainText("Dobrý deň, píše vám");
  const [row] = (await admin.ask<{ rows: { name: string }[] }>("templates/list_templates", {
    query: { filter: { words: "", channel: null, record: null, language: null, active: null, delivered: false }, sort: "Name", direction: "Up", after: null },
  })).rows;
  expect(row.name).toBe("Ponuka");
});

test("a wrong field is underlined in the text and in the source, stops saving, and is mended by a click", async ({ page }) => {
  const bench = await Bench.begin(page, "Zlá premenná", "Vec");
  await page.keyboard.type("Milý {{ contact.frist_name }},");
  await page.keyboard.press("Escape");
  await expect(bench.text.locator(".finding.error")).toHaveCount(1);
  const problems = page.locator("#template-problems");
  await expect(problems).toContainText("1 chyba bráni uloženiu");
  await expect(problems).toContainText("contact.frist_name");
  await expect(problems).toContainText("riadok 1");
  await bench.save.click();
  await expect(problems).toBeFocused();
  await expect(bench.saved).toBeHidden();

  await problems.getByRole("button", { name: "Ukázať miesto" }).click();
  await expect(bench.source).toBeVisible();
  await expect(page.locator("mail-editor .cm-lintRange-error")).toHaveCount(1);

  await problems.getByRole("button", { name: /^Opraviť na „contact\.first_name“/ }).click();
  await expect(problems).not.toContainText("bráni uloženiu");
  await bench.save.click();
  await expect(bench.saved).toBeVisible();
});

test("views are switched without the loss of a byte", async ({ page, admin }) => {
  const html = "<!DOCTYPE html>\n<html><body style='margin:0'>\n<table><tr><td>Ahoj&nbsp;<b>svet</b></td></tr></table>\n<!-- koniec --></body></html>\n";
  const [id] = await keep(admin, null, "Cudzia", html);
  await page.goto(`/templates/${id}/edit`);
  const bench = new Bench(page);
  await page.getByRole("tab", { name: "Zdroj HTML" }).click();
  await expect(bench.source).toBeVisible();
  await page.getByRole("tab", { name: "Text", exact: true }).click();
  await expect(bench.text).toBeVisible();
  expect(await bench.value()).toBe(html);
  await expect(bench.saved).toBeVisible();
});

test("a dropped picture stands in the text, in the preview, and inside the mail", async ({ page, admin }) => {
  const bench = await Bench.begin(page, "S obrázkom", "Obrázok");
  await page.keyboard.type("Pozrite: ");
  await bench.text.evaluate((element, base64) => {
    const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "stôl.png", { type: "image/png" }));
    const { right, top, height } = element.querySelector("p")!.getBoundingClientRect();
    const place = { clientX: right - 2, clientY: top + height / 2 };
    element.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, ...place }));
  }, PIXEL);
  const picture = bench.text.locator("img[src^='/pictures/']");
  await expect(picture).toHaveCount(1);
  expect(await bench.value()).toContain('src="cid:st_c3_b4l.png@posel"');
  await expect(bench.mail.locator("img[src^='/pictures/']")).toHaveCount(1);
  await bench.save.click();
  await expect(bench.saved).toBeVisible();

  await page.getByRole("button", { name: "Skúšobná správa…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "E-mailové adresy" }).fill("klient@klient.example");
  await dialog.getByRole("button", { name: "Poslať skúšku" }).click();
  await expect(dialog.getByRole("link", { name: "Otvoriť správu" })).toBeVisible();
  await dialog.getByRole("button", { name: "Poslať skúšku znova" }).click();
  await expect(async () => {
    const { rows } = await admin.ask<{ rows: { id: number }[] }>("capture/list_captured", { after: null });
    expect(rows).toHaveLength(2);
    const { source } = await admin.ask<{ source: string }>("capture/open_captured", { id: rows[0].id });
    expect(source).toContain("Content-ID: <st_c3_b4l.png@posel>");
  }).toPass({ timeout: 30_000 });
});

test("what was not saved is offered when one comes back", async ({ page, admin }) => {
  const [id] = await keep(admin, null, "Rozpísaná", "<p>Pôvodný text</p>");
  await page.goto(`/templates/${id}/edit`);
  const bench = new Bench(page);
  await bench.text.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" a niečo navyše");
  await expect(page.getByText("Neuložené zmeny")).toBeVisible();
  await page.reload();
  await expect(bench.text).toHaveText("Pôvodný text");
  await page.getByRole("button", { name: "Pokračovať" }).click();
  await expect(bench.text).toHaveText("Pôvodný text a niečo navyše");
  await bench.save.click();
  await expect(bench.saved).toBeVisible();
  await page.reload();
  await expect(bench.text).toHaveText("Pôvodný text a niečo navyše");
  await expect(page.getByRole("button", { name: "Pokračovať" })).toBeHidden();
});

test("two people in one template: nothing is overwritten, both versions are there", async ({ page, admin }) => {
  const [id, revision] = await keep(admin, null, "Spoločná", "<p>Spoločný začiatok</p>");
  await page.goto(`/templates/${id}/edit`);
  const bench = new Bench(page);
  await bench.text.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(", môj koniec");
  await keep(admin, [id, revision], "Spoločná", "<p>Ich text</p>");
  await expect(page.getByText("Nič sa neprepísalo")).toBeVisible();
  await page.getByRole("button", { name: "Ukázať ich verziu" }).click();
  await expect(page.getByRole("dialog")).toContainText("<p>Ich text</p>");
  await page.getByRole("dialog").getByRole("button", { name: "Zavrieť" }).click();
  await page.getByRole("button", { name: "Uložiť moju" }).click();
  await expect(bench.saved).toBeVisible();
  const { draft } = await admin.ask<{ draft: { texts: { body: { Html: string } }[] } }>("templates/open_template", { id });
  expect(draft.texts[0].body.Html).toBe("<p>Spoločný začiatok, môj koniec</p>");
  const theirs = await admin.ask<{ texts: { body: { Html: string } }[] }>("templates/open_template_version", { id, version: 2 });
  expect(theirs.texts[0].body.Html).toBe("<p>Ich text</p>");
});

test("a language without a text says what its readers get, and begins as a copy", async ({ page, admin }) => {
  const [id] = await keep(admin, null, "Preklad", "<p>Dobrý deň</p>");
  await page.goto(`/templates/${id}/edit`);
  await page.getByRole("tab", { name: /^Čeština/ }).click();
  await expect(page.getByText("použije sa Slovenčina")).toBeVisible();
  await page.getByRole("button", { name: "Kópia: Slovenčina" }).click();
  const bench = new Bench(page);
  await expect(bench.text).toHaveText("Dobrý deň");
  await expect(bench.text).toHaveAttribute("lang", "cs");
});

for (const theme of ["light", "dark"] as const) {
  test(`the page of a template has no serious fault for readers (${theme}), also on a phone`, async ({ page, admin }) => {
    const [id] = await keep(admin, null, "Prístupná", "<p>Dobrý deň</p>");
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(`/templates/${id}/edit`);
    const bench = new Bench(page);
    await expect(bench.text).toHaveText("Dobrý deň");
    const findings = new Findings();
    await findings.look(page, "template", { sheets: false });
    await page.setViewportSize({ width: 360, height: 740 });
    await findings.look(page, "template on a phone", { sheets: false });
    findings.expectNone();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test("the keyboard leaves the editor after Escape", async ({ page }) => {
  const bench = await Bench.begin(page, "Klávesnica", "Vec");
  await page.keyboard.type("Text");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(bench.text).not.toBeFocused();
});
