import { readFile } from "node:fs/promises";
import { expect, test, type Caller } from "../harness/fixtures";

async function person(admin: Caller, name: string, email: string, kind = "Client"): Promise<number> {
  const emails = email ? [{ text: email, purpose: "General" }] : [];
  return admin.ask<number>("contacts/save_contact", { key: null, draft: { first_name: "Eva", last_name: name, kind, emails } });
}

async function list(admin: Caller, name: string, contacts: number[] = []): Promise<number> {
  const draft = { name, description: "", origin: "Hand" };
  const id = await admin.ask<number>("recipient_lists/save_list", { key: null, draft });
  await admin.ask("recipient_lists/add_to_list", { id, chosen: { Ticked: contacts }, after: null });
  return id;
}

test("a list is made, filled by hand, emptied and deleted; its contacts stay", async ({ admin, page }) => {
  await person(admin, "Čapková", "eva@example.sk");
  await page.goto("/lists");
  await expect(page.getByRole("heading", { name: "Zatiaľ žiadny zoznam" })).toBeVisible();
  await page.getByRole("button", { name: "Nový zoznam" }).first().click();
  const making = page.getByRole("dialog", { name: "Nový zoznam príjemcov" });
  await making.getByLabel("Názov").fill("Jarný veľtrh");
  await making.getByRole("button", { name: "Založiť zoznam" }).click();
  await expect(page.getByRole("heading", { name: "Zoznam je prázdny" })).toBeVisible();
  await page.getByRole("button", { name: "Pridať kontakty" }).first().click();
  const adding = page.getByRole("dialog", { name: "Pridať kontakty do zoznamu" });
  await adding.getByRole("textbox", { name: "Nájsť kontakt" }).fill("capk");
  await adding.getByRole("button", { name: "Pridať", exact: true }).click();
  await expect(adding.getByRole("button", { name: "V zozname" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 kontakt · ručne")).toBeVisible();
  await page.getByRole("row", { name: "Eva Čapková" }).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Odobrať zo zoznamu" }).click();
  await expect(page.getByRole("heading", { name: "Zoznam je prázdny" })).toBeVisible();
  await page.getByRole("button", { name: "Ďalšie akcie" }).click();
  await page.getByRole("menuitem", { name: "Zmazať zoznam" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zmazať zoznam" }).click();
  await expect(page.getByRole("heading", { name: "Zatiaľ žiadny zoznam" })).toBeVisible();
  await page.goto("/contacts");
  await expect(page.getByRole("row", { name: "Eva Čapková" })).toBeVisible();
});

test("employees are taken over by kind", async ({ admin, page }) => {
  await person(admin, "Nová", "nova@example.sk", "Employee");
  await person(admin, "Stará", "", "Employee");
  await person(admin, "Klientka", "klientka@example.sk");
  const id = await list(admin, "Zamestnanci");
  await page.goto(`/lists/${id}`);
  await page.getByRole("button", { name: "Prevziať podľa druhu" }).click();
  const dialog = page.getByRole("dialog", { name: "Prevziať kontakty do zoznamu" });
  await dialog.getByRole("checkbox", { name: "Zamestnanec" }).check();
  await dialog.getByRole("radio", { name: "e-mail", exact: true }).check();
  await dialog.getByRole("button", { name: "Prevziať do zoznamu" }).click();
  await expect(page.getByText("Do zoznamu pribudlo: 1 kontakt.")).toBeVisible();
  await expect(page.getByRole("row", { name: "Eva Nová" })).toBeVisible();
  await expect(page.getByRole("row", { name: "Eva Stará" })).toHaveCount(0);
});

test("a contact shows its lists and leaves one", async ({ admin, page }) => {
  const eva = await person(admin, "Čapková", "eva@example.sk");
  await list(admin, "Veľtrh", [eva]);
  await page.goto(`/contacts/${eva}`);
  await expect(page.getByRole("link", { name: "Veľtrh" })).toBeVisible();
  await page.getByRole("button", { name: "Odobrať zo zoznamu Veľtrh" }).click();
  await expect(page.getByRole("link", { name: "Veľtrh" })).toHaveCount(0);
});

test("two lists do not get the same name", async ({ admin, page }) => {
  await list(admin, "Jarný veľtrh");
  await page.goto("/lists");
  await page.getByRole("button", { name: "Nový zoznam" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Názov").fill("jarny VELTRH");
  await dialog.getByRole("button", { name: "Založiť zoznam" }).click();
  await expect(dialog.getByLabel("Názov")).toHaveAttribute("aria-invalid", "true");
});

test("a list leaves as a file in which formulas do nothing, and the log knows", async ({ admin, page }) => {
  const ids = [await person(admin, "=1+1", "eva@example.sk"), await person(admin, "Nová", "nova@example.sk")];
  const id = await list(admin, "Veľtrh", ids);
  await page.goto(`/lists/${id}`);
  const file = async (form: string) => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Exportovať" }).click();
    await page.getByRole("menuitem", { name: form }).click();
    const came = await download;
    return [came.suggestedFilename(), await readFile(await came.path(), "utf8")];
  };
  const [name, table] = await file("Tabuľka CSV");
  expect(name).toBe("Veľtrh.csv");
  expect(table).toContain("Priezvisko");
  expect(table).toContain("'=1+1");
  const [, addresses] = await file("Iba e-mailové adresy (TXT)");
  expect(addresses.trim()).toBe("eva@example.sk; nova@example.sk");
  await page.goto("/log");
  await expect(page.getByText("Export 2 kontaktov do súboru TXT")).toBeVisible();
});
