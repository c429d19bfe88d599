import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test, type Caller } from "../harness/fixtures";

/** Suppresses addresses as somebody else would have done it before. */
async function suppressed(admin: Caller, targets: string): Promise<void> {
  await admin.ask("suppressions/add_suppressions", { draft: { targets, reason: "Requested", note: "telefonát" } });
}

/** A contact with one e-mail address. */
async function contact(admin: Caller, email: string): Promise<number> {
  const draft = { first_name: "Žofia", last_name: "Ďurišová", emails: [{ text: email, purpose: "General" }] };
  return admin.ask<number>("contacts/save_contact", { key: null, draft });
}

async function write(page: Page, to: string): Promise<void> {
  await page.goto("/write");
  await page.getByRole("combobox", { name: "Komu" }).fill(`${to},`);
  await page.getByRole("textbox", { name: "Predmet" }).fill("Ponuka");
  await page.getByRole("textbox", { name: "Text správy" }).fill("Dobrý deň");
  await page.getByRole("button", { name: /^Odoslať \d/ }).click();
}

test("a pasted list is suppressed; what cannot be read is named before", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/suppressions");
  await expect(page.getByRole("heading", { name: "Písať sa smie všetkým" })).toBeVisible();
  await page.getByRole("button", { name: "Pridať zákaz" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Komu už nepísať" });
  await dialog.getByLabel("Adresy, domény a čísla").fill("eva@firma.sk; jan@firma.sk\n@zle.sk, 0905 123 456, nieco");
  await expect(dialog.getByRole("status")).toHaveText("2 adresy · 1 celá doména · 1 telefónne číslo");
  await expect(dialog.getByRole("listitem")).toContainText("nieco");
  await dialog.getByLabel("Dôvod").selectOption("Sťažnosť na spam");
  await dialog.getByLabel("Poznámka").fill("Volali 3. mája");
  await dialog.getByRole("button", { name: "Zakázať" }).click();
  await expect(page.getByText("Pridané 4 zákazy. 1 položka vynechaná.")).toBeVisible();
  await expect(page.getByRole("row", { name: "@zle.sk" })).toContainText("Sťažnosť na spam");
  await expect(page.getByRole("row", { name: "+421 905 123 456" })).toContainText("SMS");
  await expect(page.getByText("4 zákazy", { exact: true })).toBeVisible();
});

test("a file is suppressed; its bad row is named by its line, and the filter finds what an import wrote", async ({ admin, page }) => {
  await suppressed(admin, "eva@firma.sk");
  await page.goto("/suppressions");
  await page.getByRole("button", { name: "Pridať zákaz" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Komu už nepísať" });
  await dialog.getByRole("radio", { name: "Zo súboru" }).check();
  const asked = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: "Vybrať súbor" }).click();
  const buffer = Buffer.from("Meno;E-mail;Telefón\nEva;eva@firma.sk;\nJán;jan@firma.sk;0905 123 456\nIva;nieco;\n");
  await (await asked).setFiles([{ name: "odhlaseni.csv", mimeType: "text/csv", buffer }]);
  await expect(dialog.getByText("V súbore sú 3 adresy, čísla a domény.")).toBeVisible();
  await expect(dialog.getByRole("listitem")).toContainText("riadok 4");
  await expect(dialog.getByLabel("Dôvod").locator("option:checked")).toHaveText("Prevzaté odinakiaľ");
  await dialog.getByRole("button", { name: "Zakázať 3 príjemcov" }).click();
  await expect(page.getByText("Pridané 2 zákazy. 1 už platil.")).toBeVisible();
  await page.goto("/suppressions?source=import");
  await expect(page.getByRole("row", { name: "jan@firma.sk" })).toBeVisible();
  await expect(page.getByRole("row", { name: "eva@firma.sk" })).toHaveCount(0);
});

test("the list is searched and narrowed, and its address leads back to the same rows", async ({ admin, page }) => {
  await suppressed(admin, "eva@firma.sk, jan@ina.sk, 0905 123 456");
  await page.goto("/suppressions");
  await page.getByRole("textbox", { name: "Hľadať medzi zakázanými" }).fill("firm");
  await expect(page.getByRole("row", { name: "jan@ina.sk" })).toHaveCount(0);
  await expect(page.getByRole("row", { name: "eva@firma.sk" })).toBeVisible();
  await page.goto("/suppressions?channel=sms");
  await expect(page.getByRole("row", { name: "+421 905 123 456" })).toBeVisible();
  await expect(page.getByRole("row", { name: "eva@firma.sk" })).toHaveCount(0);
});

test("lifting asks for a reason and keeps the history", async ({ admin, page }) => {
  await suppressed(admin, "eva@firma.sk");
  await page.goto("/suppressions");
  await page.getByRole("button", { name: "Zrušiť zákaz: eva@firma.sk" }).click();
  const dialog = page.getByRole("dialog", { name: "Znova písať: eva@firma.sk" });
  await dialog.getByRole("button", { name: "Zrušiť zákaz" }).click();
  await expect(dialog.getByLabel("Prečo sa smie znova písať")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Prečo sa smie znova písať").fill("Písomný súhlas");
  await dialog.getByRole("button", { name: "Zrušiť zákaz" }).click();
  await expect(page.getByText("Zákaz je zrušený.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Písať sa smie všetkým" })).toBeVisible();
  await page.goto("/suppressions?lifted=yes");
  await expect(page.getByRole("row", { name: "eva@firma.sk" })).toContainText("Eva Nováková: Písomný súhlas");
});

test("a suppressed contact says so, gets nothing, and can be written to again", async ({ admin, page }) => {
  const id = await contact(admin, "zofia@stastna.example");
  await page.goto(`/contacts/${id}`);
  await page.getByRole("button", { name: "Akcie s kontaktom" }).click();
  await page.getByRole("menuitem", { name: "Zakázať písanie" }).click();
  const dialog = page.getByRole("dialog", { name: "Už nepísať: Žofia Ďurišová" });
  await dialog.getByRole("radio", { name: "E-mail", exact: true }).check();
  await dialog.getByRole("button", { name: "Zakázať" }).click();
  await expect(page.getByRole("alert")).toContainText("Tomuto kontaktu sa nesmie písať");
  await expect(page.getByText("Nepísať", { exact: true })).toBeVisible();

  await write(page, "zofia@stastna.example");
  await expect(page.getByText("Nič neodišlo: všetkým príjemcom sa písať nesmie.")).toBeVisible();
  await page.getByRole("row", { name: "Ponuka" }).click();
  await page.getByRole("tab", { name: "Doručenia" }).click();
  await expect(page.getByText("Neodoslané, lebo tu platí zákaz.")).toBeVisible();

  await page.goto(`/contacts/${id}`);
  await page.getByRole("alert").getByRole("button", { name: "Zrušiť zákaz" }).click();
  const lift = page.getByRole("dialog", { name: "Znova písať: Žofia Ďurišová" });
  await lift.getByLabel("Prečo sa smie znova písať").fill("Omyl");
  await lift.getByRole("button", { name: "Zrušiť zákaz" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("the file holds what the list shows", async ({ admin, page }) => {
  await suppressed(admin, "eva@firma.sk, 0905 123 456");
  await page.goto("/suppressions?channel=email");
  await expect(page.getByRole("row", { name: "eva@firma.sk" })).toBeVisible();
  const asked = page.waitForEvent("download");
  await page.getByRole("link", { name: "Exportovať CSV" }).click();
  const download = await asked;
  expect(download.suggestedFilename()).toBe("suppressions.csv");
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("eva@firma.sk");
  expect(text).not.toContain("905");
});

test("a slip in an address is offered to be corrected", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/contacts/new");
  const email = page.getByRole("textbox", { name: "E-mail" }).first();
  await email.fill("eva@gmial.com");
  await expect(page.getByText("Nemá to byť eva@gmail.com?")).toBeVisible();
  await page.getByRole("button", { name: "Opraviť" }).click();
  await expect(email).toHaveValue("eva@gmail.com");
  await expect(page.getByText("Nemá to byť")).toHaveCount(0);
});
