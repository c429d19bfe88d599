import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";

/** A table as a spreadsheet of Windows-1250 times writes it: only letters that differ from ISO-8859-1 are mapped. */
function windows1250(text: string): Buffer {
  const letters: Record<string, number> = { Š: 0x8a, š: 0x9a, Ž: 0x8e, ž: 0x9e, Č: 0xc8, č: 0xe8, Ľ: 0xbc, ľ: 0xbe, ť: 0x9d, ň: 0xf2 };
  return Buffer.from([...text].map((it) => letters[it] ?? it.charCodeAt(0)));
}

const CLIENTS =
  "Meno;Priezvisko;Firma;E-mail;Telefón;Mesto\r\n" +
  "Žofia;Šťastná;Čas, s.r.o.;zofia@cas.example;0903 622 237;Žilina\r\n" +
  "Ján;Ľahký;;jan@lahky.example;;Nitra\r\n" +
  "Zlý;Riadok;;nie je adresa;;Brno\r\n";

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.goto("/contacts/import");
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Vybrať súbor" }).click();
  await (await asked).setFiles([{ name, mimeType: "text/csv", buffer }]);
}

async function next(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Ďalej" }).click();
}

test("a file of Windows-1250 times becomes a list, its wrong row is tried again, and all is taken back", async ({ admin, page }) => {
  await test.step("the file is understood", async () => {
    await upload(page, "klienti.csv", windows1250(CLIENTS));
    await expect(page.getByLabel("Kódovanie")).toHaveValue(/\d/);
    await expect(page.getByRole("region", { name: "Prvé riadky súboru" })).toContainText("Žofia");
    await expect(page.getByRole("region", { name: "Prvé riadky súboru" })).toContainText("Ľahký");
  });

  await test.step("another encoding is tried and taken back", async () => {
    await page.getByLabel("Kódovanie").selectOption("ISO-8859-2");
    await expect(page.getByRole("region", { name: "Prvé riadky súboru" })).not.toContainText("Ľahký");
    await page.getByLabel("Kódovanie").selectOption("Windows-1250");
    await expect(page.getByRole("region", { name: "Prvé riadky súboru" })).toContainText("Ľahký");
    await next(page);
  });

  await test.step("columns are known by their headings", async () => {
    await expect(page.getByLabel("Čo je stĺpec E-mail")).toBeVisible();
    await expect(page.getByLabel("Čo je stĺpec Firma").locator("option:checked")).toHaveText("firma");
    await next(page);
  });

  await test.step("they come into a new list", async () => {
    await page.getByLabel("Nový zoznam").fill("Jarný veľtrh");
    await next(page);
  });

  await test.step("the preview names the wrong row", async () => {
    await expect(page.getByText("Takto dopadne celý súbor.")).toBeVisible();
    await expect(page.getByRole("row", { name: /^4 / })).toContainText("E-mail:");
    await page.getByRole("button", { name: "Importovať" }).click();
    await expect(page.getByText("hotový")).toBeVisible();
    await expect(page.getByText("Zaradené do: Jarný veľtrh")).toBeVisible();
  });

  const import1 = page.url();
  let bad = "";
  await test.step("the wrong row comes down alone", async () => {
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Stiahnuť chybné riadky" }).click();
    bad = await readFile(await (await coming).path(), "utf8");
    expect(bad).toContain('"Zlý";"Riadok";"";"nie je adresa"');
  });

  await test.step("mended, it goes in; the columns are remembered", async () => {
    await upload(page, "chybne.csv", Buffer.from(bad.replace("nie je adresa", "zly@riadok.example")));
    await next(page);
    await expect(page.getByLabel("Čo je stĺpec E-mail").locator("option:checked")).toHaveText("e-mail");
    await next(page);
    await next(page);
    await expect(page.getByText("Takto dopadne celý súbor.")).toBeVisible();
    await page.getByRole("button", { name: "Importovať" }).click();
    await expect(page.getByText("hotový")).toBeVisible();
    const lists = await admin.ask<{ rows: { members: number }[] }>("recipient_lists/list_lists", {
      query: { words: "", sort: "Name", direction: "Up", after: null },
    });
    expect(lists.rows.map((it) => it.members)).toEqual([2]);
  });

  await test.step("the first import is taken back", async () => {
    await page.goto(import1);
    await page.getByRole("button", { name: "Vziať import späť" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Vziať import späť" }).click();
    await expect(page.getByText("Odstránených: 2, obnovených: 0.")).toBeVisible();
    await page.goto("/contacts");
    await expect(page.getByRole("row", { name: /Riadok/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /Ľahký/ })).toHaveCount(0);
  });
});

test("from a file to a list to the recipients of a message", async ({ admin, page }) => {
  test.setTimeout(120_000);
  const suppressed = { targets: "jan@lahky.example", reason: "Requested", note: "" };
  await test.step("the file comes in, and a slip of a finger is named before", async () => {
    await upload(page, "klienti.csv", windows1250(CLIENTS.replace("nie je adresa", "zly@gmial.com")));
    await next(page);
    await next(page);
    await page.getByLabel("Nový zoznam").fill("Jarný veľtrh");
    await next(page);
    await expect(page.getByText("1 podozrivá adresa")).toBeVisible();
    await expect(page.getByText("zly@gmial.com")).toBeVisible();
    await page.getByRole("button", { name: "Importovať" }).click();
    await expect(page.getByText("hotový")).toBeVisible();
  });

  await test.step("the list has them", async () => {
    await page.goto("/lists");
    await page.getByRole("row", { name: /Jarný veľtrh/ }).click();
    await expect(page.getByRole("row", { name: /Šťastná/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /Ľahký/ })).toBeVisible();
    await admin.ask("suppressions/add_suppressions", { draft: suppressed });
  });

  await test.step("the list is picked, and who must not be written to says so", async () => {
    await page.goto("/write");
    await page.getByRole("combobox", { name: "Komu" }).pressSequentially("jarny");
    await page.getByRole("option", { name: "Jarný veľtrh" }).click();
    const chips = page.getByRole("list", { name: "Komu: zadané adresy" }).getByRole("listitem");
    await expect(chips).toHaveCount(3);
    await expect(chips.filter({ hasText: "Ľahký" })).toHaveClass(/suppressed/);
    await expect(chips.filter({ hasText: "Šťastná" })).not.toHaveClass(/suppressed/);
  });

  await test.step("the list of contacts finds who must not be written to", async () => {
    await page.goto("/contacts?stop-email=yes");
    await expect(page.getByRole("row", { name: /Ľahký/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /Šťastná/ })).toHaveCount(0);
  });
});

test("a file that is no table says where and why, and leaves nothing behind", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await upload(page, "zle.xml", Buffer.from('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]>\n<a><b>&x;</b></a>'));
  await expect(page.getByRole("alert")).toContainText("Riadok 2: XML obsahuje DOCTYPE");
  await expect(page.getByRole("heading", { name: "Zatiaľ sa nič neimportovalo" })).toBeVisible();
});

test("people of a file agreed, belong to a company further down, and one wants no bulk messages", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  const people =
    "Meno;Priezvisko;Firma;IČO;E-mail;IČO nadradenej firmy;Bez hromadných správ\r\n" +
    "Eva;Nová;;;eva@alfa.example;36421928;\r\n" +
    "Ján;Tichý;;;jan@alfa.example;36421928;áno\r\n" +
    "Iva;Sama;;;iva@sama.example;11111111;\r\n" +
    ";;Alfa s.r.o.;36421928;info@alfa.example;;\r\n";
  await upload(page, "osoby.csv", Buffer.from(people));
  await next(page);
  await expect(page.getByLabel("Čo je stĺpec Bez hromadných správ").locator("option:checked")).toHaveText("bez hromadných správ (áno)");
  await next(page);
  const agreed = page.getByRole("group", { name: "Títo ľudia súhlasili" });
  await agreed.getByRole("checkbox", { name: "E-mail" }).check();
  await agreed.getByLabel("Kedy").fill("14.3.2026");
  await next(page);
  await expect(agreed).toBeVisible();
  await agreed.getByRole("textbox").last().fill("Papierové súhlasy, šanón 4");
  await next(page);
  await expect(page.getByText("Takto dopadne celý súbor.")).toBeVisible();
  await page.getByRole("button", { name: "Importovať" }).click();
  await expect(page.getByText("hotový")).toBeVisible();
  await expect(page.getByText("Firma 11111111 sa nenašla, kontakt nepatrí nikomu.")).toBeVisible();
  await page.goto("/contacts?words=tichy");
  await page.getByRole("row", { name: /Tichý/ }).click();
  await expect(page.getByText("Alfa s.r.o.").first()).toBeVisible();
});
