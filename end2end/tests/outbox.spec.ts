import type { Page } from "@playwright/test";
import { expect, test, type Caller } from "../harness/fixtures";

const TO = "klient@klient.example";

/** Holds everything and sends a mail, so that it waits for as long as the test looks at it. */
async function waiting(admin: Caller): Promise<void> {
  await admin.ask("outbox/pause_sending", {});
  const draft = {
    contact: null, account: null, to: TO, cc: "", bcc: "", subject: "Ponuka", body: "Dobrý deň", with_signature: false, attachments: [],
  };
  await admin.ask("messages/send_message", { key: null, draft });
}

/** Opens the outbox once the time for undo is over and the message is in turn. */
async function open(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto("/outbox");
    await expect(page.getByRole("row", { name: TO }).first()).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 45_000 });
}

test("what waits is seen with its reason and leaves when everything may leave again", async ({ admin, page }) => {
  await waiting(admin);
  await open(page);
  await expect(page.getByRole("heading", { name: "Na odoslanie" })).toBeVisible();
  await expect(page.getByRole("note").filter({ hasText: "Všetko pozastavil(a)" })).toBeVisible();
  await page.getByRole("button", { name: "Obnoviť" }).click();
  // Nobody reloads: the screen hears that it left.
  await expect(page.getByRole("row", { name: TO })).toHaveCount(0, { timeout: 30_000 });
  await page.goto("/messages");
  await expect(page.getByRole("row", { name: "Ponuka" })).toContainText("Odoslaná");
});

test("a delivery that is taken out never leaves", async ({ admin, page }) => {
  await waiting(admin);
  await open(page);
  await page.getByRole("row", { name: TO }).getByRole("button", { name: "Vyradiť" }).click();
  const dialog = page.getByRole("dialog", { name: "Vyradiť z odosielania?" });
  await dialog.getByRole("button", { name: "Vyradiť" }).click();
  await expect(page.getByRole("heading", { name: "Nič tu nie je" })).toBeVisible();
  await page.goto("/messages");
  await expect(page.getByRole("row", { name: "Ponuka" })).toContainText("Zrušená");
});

test("many that wait are taken out with one question that names how many", async ({ admin, page }) => {
  for (let n = 0; n < 3; n += 1) await waiting(admin);
  await open(page);
  const rows = page.getByRole("row", { name: TO });
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText("Ponuka");
  await page.getByRole("checkbox", { name: "Označiť všetky načítané riadky" }).check();
  await page.getByRole("toolbar", { name: "Čo s vybranými" }).getByRole("button", { name: "Vyradiť 3" }).click();
  const dialog = page.getByRole("dialog", { name: "Vyradiť 3 doručenia z odosielania?" });
  await dialog.getByRole("button", { name: "Vyradiť 3" }).click();
  await expect(page.getByRole("heading", { name: "Nič tu nie je" })).toBeVisible();
  await expect(page.getByRole("toolbar", { name: "Čo s vybranými" })).toHaveCount(0);
});
