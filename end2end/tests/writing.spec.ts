import type { Locator, Page } from "@playwright/test";
import { PIXEL } from "../harness/editor";
import { Findings, expect, test, type Caller } from "../harness/fixtures";

/** The page where an e-mail is written. */
class Desk {
  readonly subject: Locator;
  readonly text: Locator;
  readonly kept: Locator;
  readonly mail: ReturnType<Page["frameLocator"]>;

  constructor(readonly page: Page) {
    this.subject = page.getByRole("textbox", { name: "Predmet" });
    this.text = page.getByRole("textbox", { name: "Text správy" });
    this.kept = page.getByText("Uložené medzi rozpísané");
    this.mail = page.frameLocator("iframe.mail-frame");
  }

  static async begin(page: Page, to: string): Promise<Desk> {
    await page.goto(`/write?to=${encodeURIComponent(to)}`);
    const desk = new Desk(page);
    // The editor comes in parts of its own.
    await expect(desk.text).toBeVisible({ timeout: 30_000 });
    return desk;
  }

  /** What the editor holds. */
  async value(): Promise<string> {
    return this.page.evaluate(() => (document.querySelector("mail-editor") as unknown as { value: string }).value);
  }
}

async function eva(admin: Caller): Promise<number> {
  const draft = {
    first_name: "Eva", last_name: "Nová", gender: "Woman", language: "Sk", emails: [{ text: "eva@klient.example", purpose: "General" }],
  };
  return admin.ask<number>("contacts/save_contact", { key: null, draft });
}

/** The source of the mail with that subject, once Capture has it. */
async function captured(admin: Caller, subject: string): Promise<string> {
  let id: number | undefined;
  await expect(async () => {
    const { rows } = await admin.ask<{ rows: { id: number; subject: string }[] }>("capture/list_captured", { after: null });
    id = rows.find((it) => it.subject === subject)?.id;
    expect(id).toBeDefined();
  }).toPass({ timeout: 30_000 });
  return (await admin.ask<{ source: string }>("capture/open_captured", { id })).source;
}

test.beforeEach(({ admin }) => {
  expect(admin).toBeDefined();
});

test("a mail is formatted, gets a picture and a field, and arrives as HTML and as text", async ({ page, admin }) => {
  await eva(admin);
  const desk = await Desk.begin(page, "eva@klient.example");
  await desk.subject.click();
  await page.keyboard.type("Ponuka pre {meno a pr");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(desk.subject).toHaveValue(/^Ponuka pre \{\{ contact\.\w+ \}\}$/);

  await desk.text.click();
  await page.keyboard.type("{oslov");
  await page.keyboard.press("Enter");
  await page.keyboard.type(", posielame ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("ponuku");
  await page.keyboard.press("Control+b");
  await page.keyboard.type(".");
  await page.keyboard.press("Enter");
  await desk.text.evaluate((element, png) => {
    const bytes = Uint8Array.from(atob(png), (it) => it.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "Kôš.png", { type: "image/png" }));
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, PIXEL);
  await expect(desk.text.locator(".mail-picture img")).toHaveCount(1);
  // It stands in the text and not among the attachments.
  await expect(page.getByRole("region", { name: "Prílohy" }).getByRole("listitem")).toHaveCount(0);

  await expect(desk.mail.getByText("Vážená pani Nová, posielame ponuku.")).toBeVisible();
  await expect.poll(() => desk.mail.locator("img").evaluate((it: HTMLImageElement) => it.naturalWidth)).toBeGreaterThan(0);
  await expect(page.locator(".preview-subject")).toContainText("Ponuka pre Eva Nová");
  await expect(desk.kept).toBeVisible();
  await page.reload();
  await expect(desk.text.locator("strong")).toHaveText("ponuku");

  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  const source = await captured(admin, "Ponuka pre Eva Nová");
  expect(source).toMatch(/Content-Type: multipart\/alternative/i);
  expect(source).toContain("Content-ID: <K_c3_b4_c5_a1.png@posel>");
  expect(source).not.toContain("{{");
  await page.goto("/messages");
  await page.getByRole("row", { name: "Ponuka pre Eva Nová" }).click();
  const left = page.frameLocator("iframe.mail-frame");
  await expect(left.locator("strong")).toHaveText("ponuku");
  await expect(left.locator("img")).toHaveCount(1);
  await page.getByRole("group", { name: "Zobrazenie" }).getByRole("radio", { name: "Čistý text" }).check();
  await expect(page.locator("pre.message-text")).toContainText("Vážená pani Nová, posielame ponuku.");
});

test("a text becomes plain only after a question when it would lose its looks, and comes back", async ({ page }) => {
  const desk = await Desk.begin(page, "klient@klient.example");
  const plain = page.getByRole("textbox", { name: "Text", exact: true });
  await desk.text.click();
  await page.keyboard.type("Dobrý deň");
  await page.getByRole("tab", { name: "Čistý text" }).click();
  await expect(plain).toHaveValue("Dobrý deň");
  await page.getByRole("tab", { name: "Text", exact: true }).click();
  await expect(desk.text).toHaveText("Dobrý deň");

  await desk.text.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+b");
  await expect.poll(() => desk.value()).toContain("<strong>");
  await expect(desk.kept).toBeVisible();
  await page.getByRole("tab", { name: "Čistý text" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zmeniť na čistý text" }).click();
  await expect(plain).toHaveValue("Dobrý deň");
  await page.getByRole("button", { name: "Vrátiť formátovanie" }).click();
  await expect(desk.text.locator("strong")).toHaveText("Dobrý deň");
});

test("a field that is wrong or has no value is told before sending", async ({ page }) => {
  const desk = await Desk.begin(page, "niekto@klient.example");
  await desk.subject.fill("Vec");
  await desk.text.click();
  await page.keyboard.type("Milá {{ contact.frist_name }},");
  await page.keyboard.press("Escape");
  await expect(desk.text.locator(".finding.error")).toHaveCount(1);
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.locator(".field .fault")).toContainText("contact.first_name");

  await desk.text.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Milá {{ contact.first_name }},");
  await expect(page.getByRole("status").filter({ hasText: "nemá hodnotu" })).toBeVisible();
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByText("Pole contact.first_name nemá hodnotu.")).toBeVisible();
});

test("a picture of the library is put into the text by the keyboard alone", async ({ page, admin }) => {
  expect(admin).toBeDefined();
  await page.goto("/library");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Pridať súbory" }).first().click();
  const stored = page.waitForResponse((it) => it.request().method() === "POST" && it.url().includes("/library/files?"));
  await (await chooser).setFiles([{ name: "logo.png", mimeType: "image/png", buffer: Buffer.from(PIXEL, "base64") }]);
  await stored;
  await expect(page.getByRole("button", { name: /logo\.png/ })).toBeVisible();
  const desk = await Desk.begin(page, "klient@klient.example");
  await desk.subject.fill("Logo");
  await desk.text.click();
  await page.keyboard.press("Alt+F10");
  const button = page.getByRole("button", { name: "Obrázok", exact: true });
  while (!(await button.evaluate((it) => it === document.activeElement))) {
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /logo\.png/ }).focus();
  await page.keyboard.press("Enter");
  await expect(desk.text.locator(".mail-picture img")).toHaveCount(1);
  // A file of the message of its own, which is called by a name that no other has.
  const name = /src="cid:(logo-\d+\.png@posel)"/.exec(await desk.value())?.[1];
  expect(name).toBeDefined();
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  expect(await captured(admin, "Logo")).toContain(`Content-ID: <${name}>`);
});

test("a template brings its sender, which can be given up", async ({ page, admin }) => {
  const text = { language: "Sk", subject: "Ponuka", preheader: "Len do piatka", body: { Html: "<p>Posielame.</p>" }, plain: "Made" };
  const draft = {
    channel: "Email", record: null, name: "Ponuka dreva", description: "", hint: "", is_commercial: false, sender_name: "Obchod",
    sender_address: "obchod@firma.example", attachments: [], offered_to: [], is_active: true, keeps_diacritics: false, texts: [text],
  };
  await admin.ask("templates/save_template", { key: null, draft });
  await admin.ask("senders/vouch_domain", { domain: "firma.example" });
  await Desk.begin(page, "klient@klient.example");
  await page.getByRole("button", { name: "Z predlohy" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Ponuka dreva/ }).click();
  await expect(page.getByText("Odosielateľ podľa predlohy: Obchod <obchod@firma.example>")).toBeVisible();
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  const source = await captured(admin, "Ponuka");
  expect(source).toMatch(/^From: "?Obchod"? <obchod@firma\.example>/m);
  expect(source).toContain("Len do piatka");
});

test("the page of writing can be used by everybody, wide and narrow, by day and by night", async ({ page }) => {
  const findings = new Findings();
  const desk = await Desk.begin(page, "klient@klient.example");
  await desk.text.click();
  await page.keyboard.type("Dobrý deň {{ contact.name }}");
  await page.getByRole("tab", { name: "Premenné" }).click();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await findings.look(page, `write, ${colorScheme}, ${width} px`, { sheets: false });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, `${width} px`).toBe(0);
    }
  }
  findings.expectNone();
});
