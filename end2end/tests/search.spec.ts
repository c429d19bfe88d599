import { expect, test, type Caller } from "../harness/fixtures";

const CHAIRS = "Objednávka stoličiek";
const TABLE = "Objednávka stola";
const CONTRACT = "Zmluva o dielo";

/** Makes the three messages, of which the one about the table is stopped, and waits until the full text has them. */
async function written(admin: Caller, contact: number | null = null): Promise<void> {
  for (const subject of [CHAIRS, TABLE, CONTRACT]) {
    const draft = { contact, account: null, to: "a@klient.example", cc: "", bcc: "", subject, body: "Text", with_signature: false };
    const id = await admin.ask<number>("messages/prepare_message", { key: null, draft: { ...draft, attachments: [] } });
    if (subject === TABLE) {
      await admin.ask("messages/cancel_messages", { ids: [id] });
    }
  }
  const filter = { words: "text", states: [], origin: null, account: null, contact: null, campaign: null, author: null, unknown: false };
  const rest = { channel: null, template: null, files: null, since: null, until: null };
  await expect.poll(() => admin.ask("history/count_messages", { filter: { ...filter, ...rest } }), { timeout: 30_000 }).toBe(3);
}

test("what was found is narrowed by its facets, by words of the query and widened by similar words", async ({ admin, page }) => {
  await written(admin);
  const row = (name: string) => page.getByRole("row", { name });
  await page.goto("/messages?q=objednavky");
  await expect(row(CHAIRS)).toBeVisible();
  await expect(row(TABLE)).toBeVisible();
  await expect(row(CONTRACT)).toBeHidden();
  const facets = page.getByRole("group", { name: "Čo sa našlo" });
  await facets.getByRole("button", { name: /^Zrušená/ }).click();
  await expect(row(CHAIRS)).toBeHidden();
  await expect(row(TABLE)).toBeVisible();
  await expect(page).toHaveURL(/state=cancelled/);
  await facets.getByRole("button", { name: /^Zrušená/ }).click();
  await expect(row(CHAIRS)).toBeVisible();

  const field = page.getByRole("textbox", { name: "Hľadať v správach" });
  await field.fill("objednávka stav:pripravená");
  await expect(row(TABLE)).toBeHidden();
  await expect(row(CHAIRS)).toBeVisible();

  await field.fill("objendavka");
  await expect(page.getByText("Za nimi nasledujú správy s podobnými slovami.")).toBeVisible();
  await expect(row(CHAIRS)).toBeVisible();
  await expect(row(TABLE)).toBeVisible();

  await field.fill("objednávka stav:modrá");
  await expect(page.getByText("Znak 12, „stav:modrá“: taký stav nie je")).toBeVisible();
  await page.getByRole("button", { name: "Ako hľadať" }).click();
  await page.getByRole("dialog", { name: "Ako hľadať" }).getByRole("button", { name: "fakt*" }).click();
  await expect(field).toHaveValue("objednávka stav:modrá fakt*");
});

test("what the messages of a contact are narrowed by is still there after one of them was read", async ({ admin, page }) => {
  const draft = { last_name: "Nováková", first_name: "Eva", emails: [{ text: "a@klient.example", purpose: "General" }], phones: [] };
  const contact = await admin.ask<number>("contacts/save_contact", { key: null, draft });
  await written(admin, contact);
  const row = (name: string) => page.getByRole("row", { name });
  await page.goto(`/contacts/${contact}`);
  const field = page.getByRole("textbox", { name: "Hľadať v správach" });
  await field.fill("zmluva");
  await expect(row(CHAIRS)).toBeHidden();
  await row(CONTRACT).click();
  await expect(page).toHaveURL(/\/messages\/\d+/);
  await page.goBack();
  await expect(field).toHaveValue("zmluva");
  await expect(row(CONTRACT)).toBeVisible();
  await expect(row(CHAIRS)).toBeHidden();
});

test("the palette finds things of every kind by keys alone", async ({ admin, page }) => {
  await written(admin);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Hľadať alebo prejsť" });
  await palette.getByRole("combobox").fill("zmluvy");
  await expect(palette.getByRole("option", { name: CONTRACT })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/messages\/\d+/);

  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill("vlastne polia");
  await palette.getByRole("option", { name: /Nastavenia$/ }).first().click();
  await expect(page).toHaveURL(/\/settings\/fields/);
});
