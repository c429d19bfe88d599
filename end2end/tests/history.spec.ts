import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";

const SUBJECT = "Ponuka dubových dosiek";

function grid(page: Page) {
  return page.getByRole("grid", { name: "Komunikácia" });
}

test("the list of messages is laid out and kept as a view; a message becomes a template; what is said stays in the time line", async ({ admin, page }) => {
  test.setTimeout(180_000);
  const contact = await admin.ask<number>("contacts/save_contact", {
    key: null,
    draft: { nature: "Person", first_name: "Eva", last_name: "Nová", emails: [{ text: "eva@klient.example", purpose: "General" }] },
  });

  await test.step("a message is sent", async () => {
    await page.goto(`/write?contact=${contact}`);
    await page.getByRole("textbox", { name: "Predmet" }).fill(SUBJECT);
    await page.getByRole("textbox", { name: "Text správy" }).fill("Dobrý deň,\n\nposielame ponuku.");
    await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
    await expect(page.getByRole("row", { name: SUBJECT })).toContainText("Odoslaná", { timeout: 60_000 });
  });

  await test.step("a column is shown, and what the list shows is saved as a view", async () => {
    await page.goto("/messages?channel=email");
    await page.getByRole("button", { name: "Stĺpce", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Stĺpce zoznamu" });
    await dialog.getByRole("checkbox", { name: "Kanál" }).check();
    await dialog.getByRole("button", { name: "Zavrieť" }).last().click();
    await expect(grid(page).getByRole("columnheader", { name: "Kanál" })).toBeVisible();
    await page.getByRole("button", { name: "Pohľady" }).click();
    await page.getByRole("menuitem", { name: "Uložiť ako nový pohľad…" }).click();
    const view = page.getByRole("dialog", { name: "Nový pohľad" });
    await view.getByRole("textbox", { name: "Názov pohľadu" }).fill("E-maily");
    await view.getByRole("button", { name: "Uložiť" }).click();
    await expect(page).toHaveURL(/view=\d+/);
    await page.goto("/messages");
    await expect(grid(page).getByRole("row", { name: SUBJECT })).toBeVisible();
    await page.getByRole("button", { name: "Pohľady" }).click();
    await page.getByRole("menuitemradio", { name: "E-maily" }).click();
    await expect(page).toHaveURL(/channel=email/);
    await expect(grid(page).getByRole("columnheader", { name: "Kanál" })).toBeVisible();
  });

  await test.step("the message becomes a template", async () => {
    await grid(page).getByRole("row", { name: SUBJECT }).click();
    await expect(page.getByRole("button", { name: "Vytlačiť" })).toBeVisible();
    await page.getByRole("button", { name: "Ďalšie úkony" }).click();
    await page.getByRole("menuitem", { name: "Uložiť ako predlohu…" }).click();
    const dialog = page.getByRole("dialog", { name: "Uložiť ako predlohu" });
    await dialog.getByRole("textbox", { name: "Názov predlohy" }).fill("Ponuka dosiek");
    await dialog.getByRole("button", { name: "Uložiť predlohu" }).click();
    await expect(page.getByText("Predloha Ponuka dosiek je uložená.")).toBeVisible();
  });

  await test.step("a comment stands in the time line, is changed and deleted", async () => {
    await page.goto(`/contacts/${contact}?tab=history`);
    await page.getByRole("textbox", { name: "Komentár" }).fill("Volala, čaká na ponuku.");
    await page.getByRole("button", { name: "Pridať komentár" }).click();
    await expect(page.getByText("Volala, čaká na ponuku.")).toBeVisible();
    await page.getByRole("button", { name: "Upraviť komentár" }).click();
    await page.getByRole("textbox", { name: "Upraviť komentár" }).fill("Vybavené.");
    await page.getByRole("button", { name: "Uložiť", exact: true }).click();
    await expect(page.getByText("Vybavené.")).toBeVisible();
    await page.getByRole("button", { name: "Zmazať komentár" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Zmazať komentár" }).click();
    await expect(page.getByText("Vybavené.")).toHaveCount(0);
  });

  await test.step("the log tells what a change was from and to", async () => {
    const company = await admin.ask<Record<string, unknown>>("settings/open_company");
    await admin.ask("settings/save_company", { company: { ...company, city: "Banská Štiavnica" } });
    await page.goto("/log");
    await page.getByRole("row", { name: "údajov firmy" }).getByRole("button", { name: "1 zmena" }).click();
    await expect(page.getByRole("dialog", { name: "Čo sa zmenilo" })).toContainText("Banská Štiavnica");
  });

  await test.step("the public key stands in the settings", async () => {
    await page.goto("/settings/proof");
    await expect(page.getByRole("heading", { name: "Kľúč dokladov o odoslaní" })).toBeVisible();
  });
});
