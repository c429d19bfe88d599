import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";

const SUBJECT = "Výplatná páska za máj";

async function send(page: Page): Promise<void> {
  await page.goto("/write");
  await page.getByRole("combobox", { name: "Komu" }).fill("klient@klient.example,");
  await page.getByRole("textbox", { name: "Predmet" }).fill(SUBJECT);
  await page.getByRole("textbox", { name: "Text správy" }).fill("Dobrý deň");
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByRole("row", { name: SUBJECT })).toContainText("Odoslaná", { timeout: 30_000 });
}

test("a message goes into the bin and comes back; as a proof it cannot go", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await send(page);
  await page.getByRole("row", { name: SUBJECT }).click();
  await page.getByRole("button", { name: "Do koša" }).click();
  await expect(page.getByText("Táto správa leží v koši.")).toBeVisible();

  await page.goto("/bin");
  const row = page.getByRole("row", { name: SUBJECT });
  await expect(row).toContainText("klient@klient.example");
  const search = page.getByRole("textbox", { name: "Hľadať v koši" });
  await search.fill("nikto");
  await expect(page.getByRole("heading", { name: "Nič sa nenašlo" })).toBeVisible();
  await search.fill("vyplatna");
  await expect(row).toBeVisible();
  await search.fill("");
  // The list that the address says begins without ticks.
  await expect(page).toHaveURL(/\/bin$/);
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Vrátiť 1 správu" }).click();
  await expect(page.getByRole("heading", { name: "Kôš je prázdny" })).toBeVisible();

  await page.goto("/messages");
  await page.getByRole("row", { name: SUBJECT }).click();
  await page.getByRole("button", { name: "Uchovať ako dôkaz" }).click();
  await expect(page.getByText("Uchováva sa ako dôkaz: nikto ju nevymaže.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Do koša" })).toHaveCount(0);
});

test("the bin is emptied after a question that names how many messages it is about", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await send(page);
  await page.getByRole("row", { name: SUBJECT }).click();
  await page.getByRole("button", { name: "Do koša" }).click();
  await expect(page.getByText("Táto správa leží v koši.")).toBeVisible();
  await page.goto("/bin");
  await page.getByRole("button", { name: "Vyprázdniť kôš" }).click();
  await expect(page.getByText("Natrvalo zničiť 1 správu v koši?")).toBeVisible();
  await page.getByRole("button", { name: "Zničiť 1 správu" }).click();
  await expect(page.getByRole("heading", { name: "Kôš je prázdny" })).toBeVisible({ timeout: 30_000 });
});

test("periods are stored and looked at before anything may be done", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/settings/retention");
  await expect(page.getByRole("button", { name: "Robiť to každú noc" })).toHaveCount(0);
  const months = page.getByLabel("Mesiacov").first();
  await months.fill("0");
  await page.getByRole("button", { name: "Uložiť" }).click();
  await expect(months).toHaveAttribute("aria-invalid", "true");
  await months.fill("36");
  await page.getByRole("button", { name: "Uložiť" }).click();
  await expect(page.getByText("Doby sú uložené. Pozrite sa, čo by urobili.")).toBeVisible();
  await page.getByRole("button", { name: "Pozrieť, čo by sa stalo" }).click();
  await expect(page.getByText("Podľa uložených dôb nemá svoj čas za sebou žiadna správa.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Robiť to každú noc" }).click();
  await expect(page.getByRole("button", { name: "Nerobiť to každú noc" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Mesiacov").first()).toHaveValue("36");
});
