import type { Page } from "@playwright/test";
import { expect, test, type Caller } from "../harness/fixtures";
import { Gateway } from "../harness/gateway";

const TEXT = "Dobrý deň, zásielka čaká.";

/** An account that captures, at any hour. */
async function capturing(admin: Caller): Promise<void> {
  const draft = {
    name: "Skúška", secrets: [], hourly_limit: 600,
    settings: { gateway: "Capture", sender: "Posel", home: "Slovakia", parts_max: 4, price: 450, warn_below: null, stop_below: null },
    pace: {
      connections: 1, messages_per_connection: 100, minute_limit: null, window: { days: 127, from: 0, until: 1440 }, ramp: null, domains: [],
    },
  };
  await admin.ask("sms/save_sms_account", { id: null, draft });
}

async function write(page: Page, text: string): Promise<void> {
  await page.goto("/write?channel=sms");
  await page.getByRole("combobox", { name: "Komu" }).fill("0903 622 237,");
  await page.getByRole("textbox", { name: "Text správy" }).fill(text);
}

test("a text message goes from the screen to the gateway and comes back as delivered", async ({ admin, page }) => {
  // The whole way, with the time for undo in it.
  test.slow();
  expect(admin).toBeDefined();
  const gateway = await Gateway.start();
  await page.goto("/settings/accounts");
  await page.getByRole("link", { name: "Nový SMS účet" }).click();
  await page.getByRole("textbox", { name: "Názov" }).fill("EuroSMS");
  await page.getByRole("textbox", { name: "Integračné ID" }).fill("1-ABCDEF");
  await page.getByLabel("Integračný kľúč", { exact: true }).fill("tajny-kluc");
  await page.getByRole("textbox", { name: "Adresa brány" }).fill(gateway.url);
  await page.getByRole("textbox", { name: "Odosielateľ" }).fill("Posel");
  await page.getByRole("checkbox", { name: "Len v určené dni a hodiny" }).uncheck();
  await page.getByRole("button", { name: "Vyskúšať bránu" }).click();
  await expect(page.getByText("Brána odpovedala. Kredit: 42,5")).toBeVisible();
  await page.getByRole("button", { name: "Pridať účet" }).click();
  const callback = await page.getByText("/callback/sms/").textContent();

  await write(page, TEXT);
  await expect(page.getByText("1 časť", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  const row = page.getByRole("row", { name: "Dobry den, zasielka caka." });
  await expect(row).toContainText("Odoslaná", { timeout: 30_000 });
  expect(gateway.taken.map(({ text, number, sender }) => ({ text, number, sender }))).toEqual([
    { text: "Dobry den, zasielka caka.", number: 421903622237, sender: "Posel" },
  ]);
  await row.click();
  await page.getByRole("tab", { name: "Doručenia" }).click();
  await expect(page.getByRole("list", { name: "Časti správy" })).toContainText("u brány");
  // The gateway calls, and is asked whether it is true.
  gateway.arrived = true;
  const answer = await fetch(`${callback}?sms_uuid=${gateway.taken[0]?.id}&delivery_result=DELIVRD`);
  expect(await answer.text()).toBe(`ok|${gateway.taken[0]?.id}`);
  await expect(page.getByRole("list", { name: "Časti správy" })).toContainText("doručená", { timeout: 30_000 });
  await gateway.stop();
});

test("diacritics make a text dear, and the screen says so before it is sent", async ({ admin, page }) => {
  await capturing(admin);
  await write(page, `${TEXT} ${"x".repeat(60)}`);
  await expect(page.getByText("1 časť", { exact: true })).toBeVisible();
  await expect(page.getByText("Odhad ceny: 0,045")).toBeVisible();
  await page.getByRole("switch", { name: "Ponechať diakritiku" }).check();
  await expect(page.getByText("2 časti", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Znaky, ktoré predražujú správu" })).toContainText("č");
  await expect(page.getByText("Odhad ceny: 0,09")).toBeVisible();
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByRole("row", { name: "Dobrý deň, zásielka čaká." })).toContainText("Odoslaná", { timeout: 30_000 });
  await page.goto("/capture");
  await page.getByRole("row", { name: "+421903622237" }).click();
  await expect(page.getByRole("figure")).toContainText("Dobrý deň, zásielka čaká.");
});

test("from a contact with a number one writes a text message, and the switch leads back to the e-mail", async ({ admin, page }) => {
  await capturing(admin);
  const draft = {
    last_name: "Nováková", first_name: "Eva",
    emails: [{ text: "eva@klient.example", purpose: "General" }], phones: [{ text: "0905 123 456", purpose: "General" }],
  };
  const contact = await admin.ask<number>("contacts/save_contact", { key: null, draft });
  await page.goto(`/contacts/${contact}`);
  await page.getByRole("link", { name: "Napísať SMS" }).click();
  await expect(page.getByRole("button", { name: "Odobrať Eva Nováková" })).toBeVisible();
  await page.getByRole("radio", { name: "E-mail" }).check();
  await expect(page.getByRole("textbox", { name: "Predmet" })).toBeVisible();
});

test("a list is picked for a text message: its members' numbers take its place, a closed one says so", async ({ admin, page }) => {
  await capturing(admin);
  const contact = (last_name: string, phone: string): Promise<number> =>
    admin.ask<number>("contacts/save_contact", { key: null, draft: { last_name, phones: [{ text: phone, purpose: "General" }] } });
  const members = [await contact("Nováková", "0905 123 456"), await contact("Zakázaná", "0903 622 237"), await contact("Tichá", "")];
  const id = await admin.ask<number>("recipient_lists/save_list", { key: null, draft: { name: "Jarný veľtrh", description: "", origin: "Hand" } });
  await admin.ask("recipient_lists/add_to_list", { id, chosen: { Ticked: members }, after: null });
  await admin.ask("suppressions/add_suppressions", { draft: { targets: "0903 622 237", reason: "Requested", note: "" } });
  await page.goto("/write?channel=sms");
  const to = page.getByRole("combobox", { name: "Komu" });
  await to.pressSequentially("jarny");
  await expect(page.getByRole("option", { name: "Jarný veľtrh" })).toContainText("3 kontakty");
  await to.press("Enter");
  await expect(page.getByText("Jarný veľtrh: 1 kontakt nemá číslo")).toBeVisible();
  const chips = page.getByRole("list", { name: "Čísla" }).locator(".recipient-words");
  await expect(chips).toHaveText(["Nováková", "Zakázaná"]);
  await expect(chips.nth(1)).toHaveAccessibleName(/na toto číslo sa nesmie písať/);
  await expect(page.getByRole("button", { name: "Odoslať 2 príjemcom" })).toBeVisible();
});

test("a template is measured over a list: the longest text, the parts together, and what they cost", async ({ admin, page }) => {
  await capturing(admin);
  const people = [["Nová", "0903 622 237"], ["Kľučiarová", "0903 622 238"], ["Tichá", ""]];
  const members: number[] = [];
  for (const [last_name, phone] of people) {
    const phones = phone ? [{ text: phone, purpose: "General" }] : [];
    const emails = [{ text: `x${members.length}@klient.example`, purpose: "General" }];
    members.push(await admin.ask<number>("contacts/save_contact", { key: null, draft: { last_name, emails, phones } }));
  }
  const list = await admin.ask<number>("recipient_lists/save_list", { key: null, draft: { name: "Odberatelia", description: "", origin: "Hand" } });
  await admin.ask("recipient_lists/add_to_list", { id: list, chosen: { Ticked: members }, after: null });
  const words = { language: "Sk", subject: "", preheader: "", body: { Sms: `${"x".repeat(151)}{{ contact.last_name }}` }, plain: "Made" };
  const template = { channel: "Sms", name: "Zber", texts: [words], is_active: true };
  const [id] = await admin.ask<[number, number]>("templates/save_template", { key: null, draft: template });
  await page.goto(`/templates/${id}/edit`);
  await expect(page.getByText(/^Odhad ceny jednej takejto správy: 0,/)).toBeVisible();
  await page.getByRole("combobox", { name: /Dĺžka pre zoznam alebo segment/ }).fill("odber");
  await page.getByRole("option", { name: /Odberatelia/ }).click();
  await page.getByRole("button", { name: "Zmerať pre všetkých" }).click();
  const outcome = page.locator(".sms-survey-outcome");
  await expect(outcome).toContainText("Najviac 2 časti: Kľučiarová, 161 znakov");
  await expect(outcome).toContainText("2 ľudia, spolu 3 časti. Odhad ceny: 0,135.");
  await expect(outcome).toContainText("1 človek nemá telefónne číslo.");
  const text = page.getByRole("textbox", { name: "Text správy" });
  await text.press("End");
  await text.pressSequentially("!");
  await expect(page.getByText("Text sa od merania zmenil.")).toBeVisible();
  await page.getByRole("button", { name: "Zmerať znova" }).click();
  await expect(outcome).toContainText("162 znakov");
});
