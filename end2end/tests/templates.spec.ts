import { expect, test, type Caller } from "../harness/fixtures";

const OFFER = {
  channel: "Email",
  record: null,
  name: "Ponuka dreva",
  description: "",
  hint: "Po obhliadke.",
  is_commercial: false,
  sender_name: "",
  sender_address: "",
  attachments: [],
  offered_to: [],
  is_active: true,
  keeps_diacritics: false,
  texts: [
    {
      language: "Sk",
      subject: "Ponuka pre {{ contact.name }}",
      preheader: "",
      body: { Html: "<p>{{ contact.salutation }},</p>\n<p>posielame ponuku.</p>" },
      plain: "Made",
    },
    {
      language: "Cs",
      subject: "Nabídka pro {{ contact.name }}",
      preheader: "",
      body: { Html: "<p>{{ contact.salutation }},</p>\n<p>posíláme nabídku.</p>" },
      plain: "Made",
    },
  ],
};

async function keep(admin: Caller, key: [number, number] | null = null, change: object = {}): Promise<[number, number]> {
  return admin.ask<[number, number]>("templates/save_template", { key, draft: { ...OFFER, ...change } });
}

async function person(admin: Caller, first: string, last: string, email: string, language: string | null): Promise<number> {
  const draft = { first_name: first, last_name: last, gender: "Man", language, emails: [{ text: email, purpose: "General" }] };
  return admin.ask<number>("contacts/save_contact", { key: null, draft });
}

test("the delivered set is there, in the order of the alphabet, and is narrowed in the address", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/templates");
  await expect(page.getByRole("row", { name: /Faktúra vystavená/ })).toBeVisible();
  await page.getByRole("textbox", { name: "Hľadať predlohy" }).fill("upomien");
  await expect(page).toHaveURL(/q=upomien/);
  await expect(page.getByRole("row", { name: /Upomienka/ })).toHaveCount(3);
  await page.goto("/templates?channel=sms");
  await expect(page.getByRole("row", { name: /Heslo k prílohe/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Upomienka/ })).toHaveCount(0);
  await page.goto("/templates?q=neexistuje");
  await expect(page.getByRole("heading", { name: "Nič sa nenašlo" })).toBeVisible();
});

test("a template fills a message in the recipient's language and arrives with its fields filled", async ({ admin, page }) => {
  const [id] = await keep(admin);
  const contact = await person(admin, "Jan", "Novák", "jan@klient.example", "Cs");
  await page.goto(`/write?contact=${contact}`);
  await page.getByRole("button", { name: "Z predlohy" }).click();
  const dialog = page.getByRole("dialog", { name: "Vyberte predlohu" });
  await dialog.getByRole("textbox", { name: "Hľadať predlohy" }).fill("ponuk drev");
  await dialog.getByRole("button", { name: /^Ponuka dreva/ }).click();
  await expect(page.getByRole("textbox", { name: "Predmet" })).toHaveValue("Nabídka pro Jan Novák");
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByRole("button", { name: "Vrátiť späť" })).toBeVisible();
  await page.goto("/capture");
  await expect(page.getByText("Nabídka pro Jan Novák").first()).toBeVisible({ timeout: 30_000 });
  const rows = (await admin.ask<{ rows: { id: number; subject: string }[] }>("capture/list_captured", { after: null })).rows;
  const captured = rows.find((it) => it.subject === "Nabídka pro Jan Novák");
  const { source } = await admin.ask<{ source: string }>("capture/open_captured", { id: captured!.id });
  expect(source).not.toContain("{{");
  await page.goto(`/templates/${id}?tab=versions`);
  await expect(page.getByText("1 správa z nej vznikla")).toBeVisible();
});

test("fields without a value are told and such a message does not leave", async ({ admin, page }) => {
  await keep(admin);
  await page.goto("/write?to=niekto@klient.example");
  await page.getByRole("button", { name: "Z predlohy" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Ponuka dreva/ }).click();
  await expect(page.getByText("2 polia nemajú hodnotu.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Predmet" })).toHaveValue("Ponuka pre ⟦contact.name⟧");
  await page.getByRole("button", { name: "Odoslať 1 príjemcovi" }).click();
  await expect(page.getByText("Pole contact.name nemá hodnotu.")).toBeVisible();
});

test("an earlier version is compared and taken up again", async ({ admin, page }) => {
  const key = await keep(admin);
  const texts = OFFER.texts.map((it) => ({ ...it, body: { Html: it.body.Html.replace("ponuku", "novú ponuku") } }));
  const [id] = await keep(admin, key, { texts });
  await page.goto(`/templates/${id}?tab=versions`);
  await page.getByRole("button", { name: "Rozdiely" }).click();
  await expect(page.locator(".difference ins")).toContainText("posielame novú ponuku.");
  await expect(page.locator(".difference del")).toContainText("posielame ponuku.");
  await page.getByRole("button", { name: "Vrátiť sa k nej" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vrátiť sa k nej" }).click();
  await expect(page.getByText("návrat k verzii 1")).toBeVisible();
  await page.getByRole("tab", { name: "História" }).click();
  await expect(page.getByText("Návrat k staršej verzii predlohy")).toBeVisible();
});

test("a template is copied, switched off and deleted; a delivered one stays", async ({ admin, page }) => {
  const [id] = await keep(admin);
  await page.goto(`/templates/${id}`);
  await page.getByRole("button", { name: "Ďalšie úkony" }).click();
  await page.getByRole("menuitem", { name: "Vytvoriť kópiu" }).click();
  await expect(page.getByRole("heading", { name: "Ponuka dreva – kópia", level: 1 })).toBeVisible();
  await expect(page.getByText("Vypnutá", { exact: true })).toBeVisible();
  await page.goto("/templates?delivered=no");
  await page.getByRole("row", { name: /kópia/ }).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Zmazať 1 predlohu" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zmazať 1 predlohu" }).click();
  await expect(page.getByRole("row", { name: /kópia/ })).toHaveCount(0);
  await page.goto("/templates/1");
  await page.getByRole("button", { name: "Ďalšie úkony" }).click();
  await expect(page.getByRole("menuitem", { name: "Zmazať" })).toHaveCount(0);
});

test("all delivered texts come back at once, and what is overwritten is named before", async ({ admin, page }) => {
  const { draft, revision } = await admin.ask<{ draft: typeof OFFER; revision: number }>("templates/open_template", { id: 1 });
  const texts = draft.texts.map((it) => ({ ...it, subject: "Iný predmet" }));
  await keep(admin, [1, revision], { ...draft, texts });
  await page.goto("/templates");
  await page.getByRole("button", { name: "Ďalšie úkony" }).click();
  await page.getByRole("menuitem", { name: "Obnoviť všetky dodané texty…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(draft.name);
  await dialog.getByRole("button", { name: "Obnoviť dodaný text 1 predlohy" }).click();
  await expect(dialog).toBeHidden();
  const after = await admin.ask<{ draft: typeof OFFER }>("templates/open_template", { id: 1 });
  expect(after.draft.texts).toEqual(draft.texts);
  await page.getByRole("button", { name: "Ďalšie úkony" }).click();
  await page.getByRole("menuitem", { name: "Obnoviť všetky dodané texty…" }).click();
  await expect(page.getByText("Všetky dodané texty sú v pôvodnom znení")).toBeVisible();
});

test("a template that a campaign is made from says so and stays", async ({ admin, page }) => {
  const [id] = await keep(admin);
  await admin.ask("campaigns/save_campaign", { key: null, draft: { name: "Jarná ponuka", content: { Template: id } } });
  await page.goto(`/templates/${id}?tab=uses`);
  await expect(page.getByRole("link", { name: "Jarná ponuka" })).toBeVisible();
  await page.getByRole("button", { name: "Ďalšie úkony" }).click();
  await page.getByRole("menuitem", { name: "Zmazať" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zmazať" }).click();
  await expect(page.getByText("Predlohu používajú rozpísané správy alebo hromadné správy.")).toBeVisible();
});
