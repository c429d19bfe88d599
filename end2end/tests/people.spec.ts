import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";

function textbox(page: Page, name: string) {
  return page.getByRole("textbox", { name: new RegExp(`^${name}( nepovinné)?$`) });
}

test("a company with a branch and a contact person, an own field, a consent, a password, and an erased person", async ({
  admin,
  page,
}) => {
  test.setTimeout(120_000);

  await test.step("an own field with two choices", async () => {
    await page.goto("/settings/fields");
    await page.getByRole("button", { name: "Nové pole" }).click();
    const dialog = page.getByRole("dialog");
    await textbox(page, "Názov").fill("Cenník");
    await dialog.getByRole("combobox", { name: "Druh hodnoty" }).selectOption("choice");
    await textbox(page, "Možnosť 1").fill("Základný");
    await textbox(page, "Možnosť 2").fill("Veľkoobchod");
    await dialog.getByRole("button", { name: "Uložiť" }).click();
    await expect(page.getByText("Pole Cenník je uložené.")).toBeVisible();
    await expect(page.getByText("Základný, Veľkoobchod")).toBeVisible();
  });

  await test.step("a company with addresses for purposes, tags and its own field", async () => {
    await page.goto("/contacts/new");
    await page.getByRole("radio", { name: "Firma" }).check();
    await textbox(page, "Názov firmy").fill("Drevo Orava s. r. o.");
    await textbox(page, "Hlavný e-mail").fill("info@drevo.example");
    await page.getByRole("button", { name: "Pridať e-mail" }).click();
    await textbox(page, "E-mail 2").fill("faktury@drevo.example");
    await page.getByRole("combobox", { name: "Účel: faktury@drevo.example" }).selectOption("invoices");
    await textbox(page, "DIČ").fill("2020123456");
    const tags = page.getByRole("combobox", { name: /^Štítky/ });
    await tags.fill("Stolári");
    await tags.press("Enter");
    await page.getByRole("combobox", { name: "Cenník" }).selectOption("Veľkoobchod");
    await page.getByRole("button", { name: "Uložiť kontakt" }).click();
    await expect(page.getByRole("heading", { name: "Drevo Orava s. r. o.", level: 2 })).toBeVisible();
    const detail = page.getByRole("article");
    await expect(detail.getByRole("list", { name: "Štítky" })).toHaveText("Stolári");
    await expect(detail.getByText("Veľkoobchod")).toBeVisible();
    await expect(detail.getByText("Faktúry")).toBeVisible();
  });

  await test.step("found by its tag and by the value of its own field, without diacritics", async () => {
    for (const words of ["stolari", "velkoobch"]) {
      await page.goto(`/contacts?q=${words}`);
      await expect(page.getByRole("row", { name: /Drevo Orava/ })).toBeVisible();
    }
    await page.getByRole("row", { name: /Drevo Orava/ }).click();
  });

  await test.step("a branch and a Czech contact person with a suggested vocative", async () => {
    await page.getByRole("tab", { name: "Pobočky a osoby" }).click();
    await page.getByRole("link", { name: "Pridať pobočku" }).click();
    await expect(page.getByText("Pobočka firmy")).toBeVisible();
    await textbox(page, "Názov firmy").fill("Drevo Orava, sklad Martin");
    await page.getByRole("button", { name: "Uložiť kontakt" }).click();
    await expect(page.getByRole("heading", { name: "Drevo Orava, sklad Martin", level: 2 })).toBeVisible();
    await page.getByRole("article").getByRole("link", { name: "Drevo Orava s. r. o." }).click();

    await page.getByRole("tab", { name: "Pobočky a osoby" }).click();
    await page.getByRole("link", { name: "Pridať kontaktnú osobu" }).click();
    await textbox(page, "Meno").fill("Zdeněk");
    await textbox(page, "Priezvisko").fill("Němec");
    await textbox(page, "Hlavný e-mail").fill("nemec@drevo.example");
    await page.getByRole("combobox", { name: "Jazyk správ" }).selectOption("cs");
    await expect(page.getByPlaceholder("Zdeňku")).toBeVisible();
    await expect(page.getByPlaceholder("Němče")).toBeVisible();
    await page.getByRole("button", { name: "Uložiť kontakt" }).click();
    await expect(page.getByRole("heading", { name: "Zdeněk Němec", level: 2 })).toBeVisible();
    await expect(page.getByRole("article").getByRole("link", { name: "Drevo Orava s. r. o." })).toBeVisible();
  });

  await test.step("a consent needs its proof and stands in the log", async () => {
    await page.getByRole("tab", { name: "Súhlasy" }).click();
    await page.getByRole("button", { name: "Zaznamenať súhlas" }).click();
    await page.getByRole("button", { name: "Zaznamenať súhlas" }).click();
    await expect(textbox(page, "Dôkaz")).toHaveAttribute("aria-invalid", "true");
    await textbox(page, "Dôkaz").fill("Rámcová zmluva 12/2026");
    await page.getByRole("button", { name: "Zaznamenať súhlas" }).click();
    await expect(page.getByText("Súhlas je zaznamenaný.")).toBeVisible();
    await expect(page.getByText("Rámcová zmluva 12/2026")).toBeVisible();
  });

  await test.step("the password is hidden, and showing it leaves an entry", async () => {
    await page.getByRole("button", { name: "Nastaviť heslo" }).click();
    await textbox(page, "Nové heslo").fill("krátke");
    await page.getByRole("dialog").getByRole("button", { name: "Uložiť" }).click();
    await expect(textbox(page, "Nové heslo")).toHaveAttribute("aria-invalid", "true");
    await textbox(page, "Nové heslo").fill("jaseň a javor");
    await page.getByRole("dialog").getByRole("button", { name: "Uložiť" }).click();
    await expect(page.getByText("Heslo je uložené.")).toBeVisible();
    await expect(page.getByText("jaseň a javor")).toBeHidden();
    await page.getByRole("button", { name: "Zobraziť heslo" }).click();
    await expect(page.getByText("jaseň a javor")).toBeVisible();
    await page.getByRole("button", { name: "Skryť heslo" }).click();
    await page.getByRole("tab", { name: "História" }).click();
    await expect(page.getByText("Zobrazenie hesla k prílohám")).toBeVisible();
  });

  await test.step("a change is told field by field", async () => {
    await page.getByRole("link", { name: "Upraviť" }).click();
    await textbox(page, "Pozícia alebo oddelenie").fill("skladník");
    await page.getByRole("button", { name: "Uložiť kontakt" }).click();
    await page.getByRole("tab", { name: "História" }).click();
    await expect(page.getByText("Pozícia alebo oddelenie: nič → skladník")).toBeVisible();
  });

  await test.step("everything about the person leaves in one file", async () => {
    await page.getByRole("button", { name: "Akcie s kontaktom" }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Exportovať údaje o osobe" }).click();
    expect((await coming).suggestedFilename()).toBe("person.zip");
  });

  await test.step("erased: the dialog names what is lost, and the message cannot be read any more", async () => {
    const contact = Number(new URL(page.url()).pathname.split("/").pop());
    const draft = {
      contact,
      account: null,
      to: "nemec@drevo.example",
      cc: "",
      bcc: "",
      subject: "Tajná ponuka",
      body: "Dobrý den.",
      with_signature: false,
      attachments: [],
    };
    const message = await admin.ask<number>("messages/prepare_message", { key: null, draft });
    await page.getByRole("button", { name: "Akcie s kontaktom" }).click();
    await page.getByRole("menuitem", { name: "Vymazať osobu natrvalo" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("1 správa len tejto osobe sa už nebude dať prečítať.")).toBeVisible();
    const erase = dialog.getByRole("button", { name: "Vymazať osobu natrvalo" });
    await expect(erase).toBeDisabled();
    await textbox(page, "Na potvrdenie napíšte Zdeněk Němec").fill("Zdeněk Němec");
    await erase.click();
    await expect(page.getByText("Osoba je natrvalo vymazaná.")).toBeVisible();
    await page.goto(`/messages/${message}`);
    await expect(page.getByRole("heading", { name: "Vymazaná správa" })).toBeVisible();
    await expect(page.getByText("Text a prílohy boli zničené")).toBeVisible();
    await expect(page.getByText("Tajná ponuka")).toHaveCount(0);
    await page.goto("/log");
    await expect(page.getByText("Výmaz osoby")).toBeVisible();
  });
});
