import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { Caller, expect, test } from "../harness/fixtures";

async function person(admin: Caller, first: string, last: string, email: string): Promise<number> {
  const draft = { first_name: first, last_name: last, kind: "Client", emails: [{ text: email, purpose: "General" }] };
  return admin.ask<number>("contacts/save_contact", { key: null, draft });
}

/** A colleague in a delivered role, signed in. */
async function invited(admin: Caller, delivered: string): Promise<Caller> {
  const roles = await admin.ask<{ id: number; delivered: string | null }[]>("users/list_roles");
  const role = roles.find((it) => it.delivered === delivered)?.id ?? 0;
  const draft = { name: "Peter Schvaľovač", email: "peter@novak.example", roles: [role], language: "Sk" };
  const [, link] = await admin.ask<[number, { url: string }]>("users/invite_user", { draft });
  return Caller.accept(link.url, "dlhé heslo na skúšku");
}

/** Types into the editor of the text. */
async function write(page: Page, words: string): Promise<void> {
  const editor = page.locator("mail-editor .ProseMirror").first();
  await editor.click();
  await page.keyboard.type(words);
}

async function captured(admin: Caller): Promise<{ recipient: string; text: string }[]> {
  const { rows } = await admin.ask<{ rows: { id: number; recipient: string }[] }>("capture/list_captured", { after: null });
  return Promise.all(
    rows.map(async ({ id, recipient }) => {
      const { text } = await admin.ask<{ text: string }>("capture/open_captured", { id });
      return { recipient, text };
    }),
  );
}

test("from ticked contacts to the report, with a colleague who approves, and the unsubscribing of one of them", async ({
  admin,
  page,
  another,
}) => {
  test.setTimeout(240_000);
  await person(admin, "Eva", "Čapková", "eva@klient.example");
  await person(admin, "Ján", "Ďurica", "jan@klient.example");
  await person(admin, "Iný", "Človek", "");
  const colleague = await invited(admin, "Manager");

  await test.step("the company wants every campaign approved", async () => {
    await page.goto("/settings/campaigns");
    await page.getByRole("radio", { name: "Vždy" }).check();
    await page.getByRole("button", { name: "Uložiť" }).click();
    await expect(page.getByText("Pravidlo schvaľovania je uložené.")).toBeVisible();
  });

  await test.step("the contacts are ticked and begin a campaign", async () => {
    await page.goto("/contacts");
    for (const name of ["Eva Čapková", "Ján Ďurica", "Iný Človek"]) {
      await page.getByRole("row", { name }).getByRole("checkbox").check();
    }
    await page.getByRole("button", { name: "Hromadná správa", exact: true }).click();
    await expect(page.getByText("Vybraní: 3 príjemcovia")).toBeVisible();
    await page.getByRole("textbox", { name: "Názov" }).fill("Jarné novinky");
    await page.getByRole("button", { name: "Ďalej" }).click();
  });

  await test.step("it is written here", async () => {
    await expect(page).toHaveURL(/\/campaigns\/\d+\/edit\?step=content/);
    await page.getByLabel("Predmet").first().click();
    await page.keyboard.type("Nový nábytok na terasu");
    await write(page, "Dobrý deň, máme pre Vás novinky.");
    await expect(page.getByText("Uložené", { exact: true })).toBeVisible({ timeout: 15_000 });
    await page.getByRole("button", { name: "Ďalej" }).click();
  });

  await test.step("who has no address is left out and named", async () => {
    await expect(page.getByRole("tab", { name: /^Dostanú/ })).toHaveText(/2/, { timeout: 30_000 });
    await page.getByRole("tab", { name: /^Bez adresy/ }).click();
    await expect(page.getByRole("row", { name: "Iný Človek" })).toBeVisible();
    await page.getByRole("button", { name: "Ďalej" }).click();
  });

  await test.step("going back keeps everything, and the summary says what will happen", async () => {
    await page.getByRole("button", { name: "Späť" }).click();
    await page.getByRole("button", { name: "Komu" }).click();
    await expect(page.getByRole("textbox", { name: "Názov" })).toHaveValue("Jarné novinky");
    await page.getByRole("button", { name: "Zhrnutie" }).click();
    await expect(page.getByText(/Komu: 2 príjemcovia\. Čo: „Nový nábytok na terasu“/)).toBeVisible();
    await page.getByRole("button", { name: "Vygenerovať 2 správy" }).click();
  });

  const address = await test.step("each message is looked at", async () => {
    await expect(page).toHaveURL(/\/campaigns\/\d+$/);
    await page.getByRole("button", { name: "Prezrieť správy" }).click({ timeout: 30_000 });
    await expect(page.getByText("1 z 2", { exact: true })).toBeVisible();
    await expect(page.frameLocator("iframe.mail-frame").getByText("máme pre Vás novinky")).toBeVisible();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByText("2 z 2", { exact: true })).toBeVisible();
    await expect(page.getByText("prezreté 2 z 2")).toBeVisible();
    return page.url().replace(/\?.*/, "");
  });

  await test.step("none of them can be sent past the review", async () => {
    const campaign = Number(new URL(address).pathname.split("/").pop());
    const span = { kind: "Made", since: 0, until: null };
    const query = { campaign, span, after: null };
    const { rows } = await admin.ask<{ rows: { id: number }[] }>("campaigns/list_run_messages", { query });
    await page.goto(`/messages/${rows[0]?.id}`);
    await expect(page.getByText(/Odíde, až keď bude uvoľnená hromadná správa „Jarné novinky“/)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Odoslať/ })).toHaveCount(0);
    await page.getByRole("link", { name: "Otvoriť hromadnú správu" }).click();
    await expect(page).toHaveURL(address);
  });

  await test.step("without a colleague's approval it cannot be released", async () => {
    await page.getByRole("tab", { name: "Stav" }).click();
    await expect(page.getByRole("button", { name: "Uvoľniť 2 správy" })).toBeDisabled();
    await expect(page.getByText("Ešte ju nikto neschválil.")).toBeVisible();
    await page.getByRole("textbox", { name: "Komentár" }).fill("Prosím o pohľad.");
    await page.getByRole("button", { name: "Požiadať o schválenie" }).click();
    const theirs = await another(colleague);
    await theirs.goto(address);
    await expect(theirs.getByText("Prosím o pohľad.")).toBeVisible();
    await theirs.getByRole("button", { name: "Schváliť" }).click();
    await expect(theirs.getByText("Schválená", { exact: true })).toBeVisible();
  });

  await test.step("it is released, leaves, and the report says so", async () => {
    await page.getByRole("button", { name: "Uvoľniť 2 správy" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Uvoľniť", exact: true }).click();
    await expect(page.getByText("dokončená").first()).toBeVisible({ timeout: 60_000 });
    await page.getByRole("tab", { name: "Výsledok" }).click();
    await expect(page.getByText("Všetko došlo")).toBeVisible();
  });

  await test.step("its time line opens to the messages that were made and that left", async () => {
    await page.getByRole("tab", { name: "História" }).click();
    await page.getByRole("button", { name: "Odoslané správy: 2" }).click();
    const runs = page.locator(".timeline-runs");
    await expect(runs.getByRole("link", { name: "Eva Čapková" })).toBeVisible();
    await page.getByRole("button", { name: "Odoslané správy: 2" }).click();
    await expect(runs.getByRole("link")).toHaveCount(0);
    await page.getByRole("button", { name: "Vygenerované správy: 2" }).click();
    await runs.getByRole("link", { name: "Ján Ďurica" }).click();
    await expect(page).toHaveURL(/\/messages\/\d+/);
    await page.goBack();
  });

  await test.step("its messages stand together in the history", async () => {
    await page.getByRole("tab", { name: "Stav" }).click();
    await page.getByRole("link", { name: "Správy v Komunikácii" }).click();
    await expect(page).toHaveURL(/\/messages\?campaign=\d+/);
    await expect(page.getByRole("row", { name: /Eva Čapková/ })).toBeVisible();
    await expect(page.getByRole("row", { name: /Ján Ďurica/ })).toBeVisible();
  });

  await test.step("a recipient unsubscribes by the link in the mail", async () => {
    const mails = await captured(admin);
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual(["eva@klient.example", "jan@klient.example"]);
    const eva = mails.find(({ recipient }) => recipient === "eva@klient.example");
    const link = /https?:\/\/\S+\/unsubscribe\/[\w-]+/.exec(eva?.text ?? "")?.[0] ?? "";
    const client = await another();
    await client.goto(link);
    await client.getByRole("button", { name: "Odhlásiť sa z e-mailov" }).click();
    await expect(client.getByRole("heading", { name: "Ste odhlásení z e-mailov" })).toBeVisible();
    await page.goto("/suppressions");
    await expect(page.getByRole("row", { name: /eva@klient\.example/ })).toBeVisible();
  });
});

/** A service notice to typed addresses, made without the screens. */
async function notice(admin: Caller, name: string, more: object): Promise<number> {
  const text = { language: "Sk", subject: "Zmena sídla", preheader: "", body: { Html: "<p>Dobrý deň, sídlime inde.</p>" }, plain: "Made" };
  const draft = { name, channel: "Email", kind: "Service", content: { Own: [text] }, ...more };
  const [id] = await admin.ask<[number, number]>("campaigns/save_campaign", { key: null, draft });
  return id;
}

async function state(admin: Caller, id: number): Promise<string> {
  const { state, work } = await admin.ask<{ state: string; work: object | null }>("campaigns/open_campaign", { id });
  return work === null ? state : "working";
}

test("a campaign leaves as a file, comes in as a draft, and what is not here must be decided", async ({ admin, page }) => {
  test.setTimeout(120_000);
  const id = await notice(admin, "Zmena sídla", { audience: { typed: "eva@klient.example" }, classification: "Oznamy" });
  await page.goto(`/campaigns/${id}`);
  await expect(page.getByRole("heading", { name: "Zmena sídla" })).toBeVisible();
  const exported = await test.step("it is taken out from its page", async () => {
    await page.getByRole("button", { name: "Ďalšie", exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Exportovať do XML" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("Zmena sídla.xml");
    const xml = await readFile(await file.path(), "utf8");
    expect(xml).toContain('<campaign name="Zmena sídla" channel="email" kind="service" classification="Oznamy">');
    return xml;
  });

  await page.goto("/campaigns");
  await page.getByRole("button", { name: "Ďalšie možnosti" }).click();
  await page.getByRole("menuitem", { name: "Prevziať zo súboru XML" }).click();
  const dialog = page.getByRole("dialog");
  const choose = async (xml: string): Promise<void> => {
    const asked = page.waitForEvent("filechooser");
    await dialog.getByRole("button", { name: "Vybrať súbor" }).click();
    await (await asked).setFiles([{ name: "kampane.xml", mimeType: "text/xml", buffer: Buffer.from(xml) }]);
  };

  await test.step("a file that is not right is refused with the place", async () => {
    await choose(exported.replace('kind="service"', 'kind="gift"'));
    await expect(dialog.getByText(/3.*„kind“ nemôže mať hodnotu „gift“\./)).toBeVisible();
    await choose(exported.replace("?>", "?><!DOCTYPE campaigns>"));
    await expect(dialog.getByText(/DOCTYPE/)).toBeVisible();
  });

  await test.step("a right one becomes a draft, and the list that is not here is named", async () => {
    const renamed = exported.replace('name="Zmena sídla"', 'name="Prevzatá"');
    await choose(renamed.replace("<audience>", "<audience><exclude><list>Nepísať</list></exclude>"));
    await expect(dialog.getByText("Prevzatá 1 kampaň.")).toBeVisible();
    await expect(dialog.getByText("Zoznam „Nepísať“ – mali byť vynechaní")).toBeVisible();
    await dialog.getByRole("link", { name: "Prevzatá" }).click();
  });

  await test.step("it is prepared only once somebody has decided to go on without it", async () => {
    await expect(page.getByRole("textbox", { name: "Názov" })).toHaveValue("Prevzatá");
    await page.getByRole("button", { name: "Zhrnutie" }).click();
    await expect(page.getByText("Rozhodnite najprv o tom, čo v súbore bolo a tu nie je.")).toBeVisible();
    await page.getByRole("button", { name: "Pokračovať bez toho" }).click();
    await expect(page.getByRole("button", { name: "Vygenerovať správy" })).toBeVisible();
  });
});

test("a campaign that is held is reworded, made anew and goes on", async ({ admin, page }) => {
  test.setTimeout(180_000);
  const pace = { per_hour: 60, window: null };
  const id = await notice(admin, "Nové sídlo", { audience: { typed: "eva@klient.example, jan@klient.example" }, pace });
  await admin.ask("campaigns/prepare_campaign", { id });
  await expect.poll(() => state(admin, id), { timeout: 30_000 }).toBe("Prepared");
  await admin.ask("campaigns/release_campaign", { id, at: null });
  await expect.poll(async () => (await captured(admin)).length, { timeout: 30_000 }).toBe(1);
  await page.goto(`/campaigns/${id}`);
  await page.getByRole("button", { name: "Pozastaviť", exact: true }).click();
  await expect(page.getByText("Pozastavené: 1 správa čaká.")).toBeVisible();

  await test.step("its text is changed, and nothing prepared changes by that", async () => {
    await page.getByRole("link", { name: "Upraviť" }).click();
    await expect(page.getByText(/Kampaň je pozastavená\./)).toBeVisible();
    await page.getByRole("button", { name: "Obsah" }).click();
    await expect(page).toHaveURL(/step=content/);
    await page.getByLabel("Predmet").first().click();
    await page.keyboard.press("End");
    await page.keyboard.type(" od mája");
    await page.getByRole("button", { name: "Ďalej" }).click();
    await expect(page.getByText("Správy sú už vygenerované.", { exact: false })).toBeVisible();
    await page.goto(`/campaigns/${id}`);
  });

  await test.step("what has not left is made anew", async () => {
    await page.getByRole("button", { name: "Vygenerovať neodoslané nanovo" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText("Zmena sídla od mája")).toBeVisible();
    await dialog.getByRole("button", { name: "Vygenerovať neodoslané nanovo" }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => state(admin, id), { timeout: 30_000 }).toBe("Paused");
    await expect(page.getByText("Text, odosielateľ alebo účet sa zmenil", { exact: false })).toHaveCount(0);
  });

  await test.step("it goes on, and the rest says the new words", async () => {
    await admin.ask("campaigns/pace_campaign", { id, pace: { per_hour: null, window: null } });
    await page.getByRole("button", { name: "Pokračovať v odosielaní" }).click();
    await expect(page.getByText("dokončená").first()).toBeVisible({ timeout: 60_000 });
    const { rows } = await admin.ask<{ rows: { subject: string }[] }>("capture/list_captured", { after: null });
    expect(rows.map(({ subject }) => subject).sort()).toEqual(["Zmena sídla", "Zmena sídla od mája"]);
  });
});
