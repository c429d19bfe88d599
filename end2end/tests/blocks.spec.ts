import type { Locator, Page } from "@playwright/test";
import { Findings } from "../harness/accessibility";
import { type Caller, expect, test } from "../harness/fixtures";
import { readCode, readPayBySquare } from "../harness/payment";

interface Block {
  id: number;
  is: unknown;
}

/** A template of a mail in blocks, saved. */
async function template(admin: Caller, blocks: Block[], record: string | null = null): Promise<number> {
  const [id] = await admin.ask<[number, number]>("templates/save_template", { key: null, draft: draft(blocks, record) });
  return id;
}

function draft(blocks: Block[], record: string | null) {
  const body = { Blocks: JSON.stringify({ version: 1, blocks }) };
  const text = { language: "Sk", subject: "Skúška blokov", preheader: "", body, plain: "Made" };
  return { channel: "Email", name: "Bloky", record, texts: [text], is_active: true };
}

function text(id: number, words: string): Block {
  return { id, is: { text: { html: `<p>${words}</p>` } } };
}

/** The kinds and words of the blocks from top to bottom. */
async function order(page: Page): Promise<string[]> {
  return (await page.locator(".block-says").allInnerTexts()).map((it) => it.trim());
}

const head = (page: Page, words: string) => page.locator(".block-open").filter({ hasText: words });

/** Presses a key on a block once the keyboard is there: after each change it comes back a moment later. */
async function press(page: Page, block: Locator, key: string): Promise<void> {
  await expect(block).toBeFocused();
  await page.keyboard.press(key);
}

test("blocks are arranged by keys alone, and what happened is said", async ({ admin, page }) => {
  const columns = { id: 4, is: { columns: { columns: [[], []] } } };
  const id = await template(admin, [text(1, "prvý"), text(2, "druhý"), text(3, "tretí"), columns, text(5, "piaty")]);
  await page.goto(`/templates/${id}/edit`);
  await head(page, "tretí").focus();
  await press(page, head(page, "tretí"), "Alt+ArrowUp");
  await expect.poll(() => order(page)).toEqual(["prvý", "tretí", "druhý", "", "piaty"]);
  await expect(head(page, "tretí")).toBeFocused();
  const said = page.locator(".blocks > [role=status]");
  await expect(said).toHaveText("Text: presunuté, 2. z 5.");

  await head(page, "druhý").focus();
  await press(page, head(page, "druhý"), "Alt+ArrowRight");
  await expect(said).toHaveText("Text: presunuté, 1. z 1. 1. stĺpec.");
  await press(page, head(page, "druhý"), "Alt+ArrowRight");
  await expect(page.getByRole("list", { name: "2. stĺpec" })).toContainText("druhý");
  await press(page, head(page, "druhý"), "Alt+d");
  await expect(said).toHaveText("Text: skopírované, 2. z 2. 2. stĺpec.");
  await press(page, head(page, "druhý").last(), "Alt+Delete");
  await expect(said).toHaveText("Text: odstránené.");
  await press(page, head(page, "druhý"), "Alt+ArrowLeft");
  await expect(page.getByRole("list", { name: "1. stĺpec" })).toContainText("druhý");
  await press(page, head(page, "druhý"), "Alt+ArrowLeft");
  await expect.poll(() => order(page)).toEqual(["prvý", "tretí", "", "druhý", "piaty"]);

  for (let n = 0; n < 7; n += 1) {
    await page.getByRole("button", { name: "Späť", exact: true }).click();
  }
  await expect.poll(() => order(page)).toEqual(["prvý", "druhý", "tretí", "", "piaty"]);
  const findings = new Findings();
  await findings.look(page, "blocks");
  findings.expectNone();
});

test("blocks are arranged by dragging, and new ones are dragged in", async ({ admin, page }) => {
  const columns = { id: 3, is: { columns: { columns: [[], []] } } };
  const id = await template(admin, [text(1, "prvý"), text(2, "druhý"), columns]);
  await page.goto(`/templates/${id}/edit`);
  const grip = (words: string) => page.locator(".block-card").filter({ hasText: words }).last().locator(".block-grip");
  const drag = async (from: ReturnType<Page["locator"]>, to: ReturnType<Page["locator"]>, y: number) => {
    await to.scrollIntoViewIfNeeded();
    await from.hover();
    await page.mouse.down();
    const box = (await to.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + y, { steps: 8 });
    await page.mouse.up();
  };
  await drag(grip("druhý"), head(page, "prvý"), 4);
  await expect.poll(() => order(page)).toEqual(["druhý", "prvý", ""]);
  await drag(grip("prvý"), page.locator(".block-column").nth(1), 30);
  await expect(page.getByRole("list", { name: "2. stĺpec" })).toContainText("prvý");
  await drag(page.locator(".blocks-piece[data-sort=divider]"), head(page, "druhý"), 4);
  await expect(page.locator(".block-card").first()).toHaveAttribute("data-sort", "divider");
});

test("the items of a record and a payment code reach the reader, and a bank reads the code", async ({ admin, page }) => {
  const column = (heading: string, field: string, align = "left") => ({ heading, field, align });
  const items = { list: "invoice.items", columns: [column("Názov", "name"), column("Spolu", "total", "right")], empty: "" };
  const payment = {
    account: "{{ invoice.iban }}",
    amount: "invoice.remaining",
    due: "invoice.due",
    variable: "{{ invoice.symbol }}",
    message: "Faktúra {{ invoice.number }}",
    payee: "{{ company.name }}",
    caption: "Zaplaťte mobilom",
  };
  const czech = { ...payment, standard: "spayd", account: "CZ65 0800 0000 1920 0014 5399", caption: "QR Platba" };
  const blocks = [{ id: 1, is: { items } }, { id: 2, is: { payment } }, { id: 3, is: { payment: czech } }];
  const order = { template: null, draft: draft(blocks, "invoice"), language: "Sk", contact: null, to: "skuska@novak.example" };
  await admin.ask("templates/test_template", { order });
  await page.goto("/capture");
  await expect(page.getByRole("row", { name: "Skúška blokov" })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("row", { name: "Skúška blokov" }).click();
  const frame = page.locator("iframe[title^='E-mail']").contentFrame();
  await expect(frame.getByRole("cell", { name: "Stolička Javor" })).toBeVisible();
  await expect(frame.getByRole("columnheader", { name: "Spolu" })).toBeVisible();

  const pictures = frame.getByRole("img");
  await expect(pictures).toHaveCount(2);
  const codes = [];
  for (const picture of await pictures.all()) {
    const source = (await picture.getAttribute("src")) ?? "";
    codes.push(readCode(Buffer.from(source.split(",")[1] ?? "", "base64")));
  }
  expect(readPayBySquare(codes[0])).toMatchObject({
    amount: 1144,
    currencyCode: "EUR",
    paymentDueDate: "20260528",
    variableSymbol: "20260231",
    paymentNote: "Faktura 20260231",
    bankAccounts: [{ iban: "SK3112000000198742637541" }],
    beneficiary: { name: "Novak a synovia, s. r. o." },
  });
  expect(codes[1]).toBe(
    "SPD*1.0*ACC:CZ6508000000192000145399*AM:1144.00*CC:EUR*RN:NOVAK A SYNOVIA, S. R. O.*DT:20260528*MSG:FAKTURA 20260231*X-VS:20260231",
  );
});

test("blocks become MJML and HTML only when that is wanted, and it can be taken back", async ({ admin, page }) => {
  const id = await template(admin, [text(1, "Dobrý deň, {{ contact.salutation }}")]);
  await page.goto(`/templates/${id}/edit`);
  await page.getByRole("tab", { name: "MJML" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Premeniť" }).click();
  const source = page.locator(".cm-content");
  await expect(source).toContainText("<mjml lang=\"sk\">");
  await source.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("<mj-chyba>");
  await expect(page.locator(".cm-lintRange-error").first()).toBeVisible();
  await page.getByRole("button", { name: "Vrátiť späť" }).click();
  await expect(head(page, "Dobrý deň")).toBeVisible();
});

test("a text message says how many parts it takes and what makes it dear", async ({ admin, page }) => {
  const sms = { language: "Sk", subject: "", preheader: "", body: { Sms: `Dobrý deň ${"x".repeat(60)}` }, plain: "Made" };
  const draft = { channel: "Sms", name: "SMS", texts: [sms], is_active: true };
  const [id] = await admin.ask<[number, number]>("templates/save_template", { key: null, draft });
  await page.goto(`/templates/${id}/edit`);
  const counter = page.locator(".sms-counter");
  await expect(counter).toContainText("1 časť");
  await expect(counter).toContainText("GSM");
  await page.getByRole("switch", { name: "Ponechať diakritiku" }).check();
  await expect(counter).toContainText("Unicode");
  await expect(counter).toContainText("1 časť");
  const words = page.getByRole("textbox", { name: "Text správy" });
  await words.press("End");
  await words.pressSequentially("y");
  await expect(counter).toContainText("2 časti");
  await page.getByRole("button", { name: "Nahradiť všetky" }).click();
  await expect(counter).toContainText("GSM");
  await expect(words).toHaveValue(`Dobry den ${"x".repeat(60)}y`);
  await words.press("End");
  await words.pressSequentially(" {{ contact.nam }}");
  await expect(page.locator(".sms-text .fault")).toBeVisible();
});
