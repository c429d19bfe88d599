import { readFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";
import { choose } from "../harness/files";

const SUBJECT = "Skúška nanečisto: ľščťžýáíé";
const FILE = { name: "Dodací list č. 7.bin", mimeType: "application/octet-stream", buffer: randomBytes(20_017) };

/** Writes an e-mail and waits until it would have left. */
async function write(page: Page): Promise<void> {
  await page.goto("/write");
  await page.getByRole("combobox", { name: "Komu" }).fill("klient@klient.example,");
  await page.getByRole("textbox", { name: "Predmet" }).fill(SUBJECT);
  await page.getByRole("textbox", { name: "Text správy" }).fill("Dobrý deň,\n\ntoto nikam **neodíde** <b>a značky sú len text</b>.");
  await choose(page, [FILE]);
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByRole("row", { name: SUBJECT })).toContainText("Odoslaná", { timeout: 30_000 });
}

test.beforeEach(async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await write(page);
});

test("without an account a mail is captured, and its mailbox shows it like a mail program", async ({ page }) => {
  await page.getByRole("note").getByRole("link", { name: "Zachytená pošta" }).click();
  await page.getByRole("row", { name: SUBJECT }).click();
  await expect(page.getByRole("heading", { name: SUBJECT })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "klient@klient.example" })).toHaveCount(2);

  const frame = page.locator(`iframe[title="E-mail ${SUBJECT} v podobe HTML"]`);
  expect((await frame.getAttribute("sandbox"))?.split(" ")).not.toContain("allow-scripts");
  expect((await frame.getAttribute("sandbox"))?.split(" ")).not.toContain("allow-same-origin");
  await expect(frame.contentFrame().getByText("toto nikam **neodíde** <b>a značky sú len text</b>.")).toBeVisible();

  await page.getByRole("tab", { name: "Text" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("toto nikam **neodíde**");

  await page.getByRole("tab", { name: "Hlavičky" }).click();
  await expect(page.getByRole("row", { name: "Subject" })).toContainText(SUBJECT);
  await expect(page.getByRole("row", { name: "Message-ID" })).toContainText(/<[\w-]+@[\w.]+>/);

  await page.getByRole("tab", { name: "Zdroj" }).click();
  const source = page.getByRole("tabpanel");
  await expect(source).toContainText("Subject: =?utf-8?");
  await expect(source).toContainText("Content-Type: multipart/mixed");

  await page.getByRole("tab", { name: "Súbory" }).click();
  const asked = page.waitForEvent("download");
  await page.getByRole("link", { name: FILE.name }).click();
  const download = await asked;
  expect(download.suggestedFilename()).toBe(FILE.name);
  expect((await readFile(await download.path())).equals(FILE.buffer)).toBe(true);
});

test("a captured mail leads to its message and leaves traces in the log", async ({ page }) => {
  await page.goto("/capture");
  await expect(page.getByRole("row", { name: SUBJECT })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: SUBJECT })).toBeVisible();
  await page.getByRole("link", { name: "Otvoriť v komunikácii" }).click();
  await expect(page.getByRole("heading", { name: SUBJECT })).toBeVisible();
  await expect(page.getByRole("tab", { name: "Doručenia" })).toBeVisible();
  await page.goto("/log");
  await expect(page.getByRole("row", { name: "Otvorenie zachyteného e-mailu" })).toBeVisible();
});

test("emptying the captured mailbox names the number and keeps the messages", async ({ page }) => {
  await page.goto("/capture");
  await page.getByRole("button", { name: "Vyprázdniť" }).click();
  const question = page.getByRole("dialog", { name: "Zmazať 1 zachytený e-mail?" });
  await question.getByRole("button", { name: "Zmazať 1 e-mail" }).click();
  await expect(page.getByText("Zmazaný 1 zachytený e-mail.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Zachytená pošta je prázdna" })).toBeVisible();
  await page.goto("/messages");
  await expect(page.getByRole("row", { name: SUBJECT })).toContainText("Odoslaná");
});
