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
    await expect(page.getByRole("row", { name: TO })).toBeVisible({ timeout: 5_000 });
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
