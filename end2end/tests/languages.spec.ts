import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";
import { LANGUAGES, say, type Language } from "../harness/words";

const ALL = Object.keys(LANGUAGES) as Language[];

test("switching the language changes all texts at once, without a reload, and is kept", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/contacts/new");
  await page.getByLabel("Priezvisko").fill("Ďurišová");
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  for (const [language, heading, save] of [
    ["cs", "Nový kontakt", "Uložit kontakt"],
    ["en", "New contact", "Save contact"],
    ["sk", "Nový kontakt", "Uložiť kontakt"],
    ["cs", "Nový kontakt", "Uložit kontakt"],
  ] as const) {
    await say(page, language);
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: save })).toBeVisible();
    await expect(page).toHaveTitle(`${heading} · Posel`);
  }
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  await expect(page.getByLabel("Příjmení")).toHaveValue("Ďurišová");
  await page.reload();
  await expect(page.getByRole("button", { name: "Uložit kontakt" })).toBeVisible();
});

test("whoever is not signed in chooses a language too, and the browser's own one comes first", async ({ admin, browser, posel }) => {
  expect(admin).toBeDefined();
  const context = await browser.newContext({ baseURL: posel.url, locale: "cs-CZ" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await expect(page.getByRole("heading", { name: "Přihlášení" })).toBeVisible();
  await page.getByRole("button", { name: "Čeština" }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await context.close();
});

test("the button of sending counts people as each language does", async ({ admin, page }) => {
  expect(admin).toBeDefined();
  await page.goto("/write");
  const counted: Record<string, string[]> = { sk: [], cs: [], en: [] };
  for (const [typed, n] of [
    ["a@klient.example,", 1],
    ["b@klient.example,", 2],
    ["c@klient.example; d@klient.example; e@klient.example,", 5],
  ] as const) {
    await page.getByRole("combobox", { name: /^(Komu|To)$/ }).fill(typed);
    for (const language of ALL) {
      await say(page, language);
      const button = page.getByRole("button", { name: new RegExp(`\\b${n} (príjemc|příjemc|person|people)`) });
      await expect(button).toBeVisible();
      counted[language].push((await button.innerText()).trim());
    }
  }
  expect(counted).toEqual({
    sk: ["Odoslať 1 príjemcovi", "Odoslať 2 príjemcom", "Odoslať 5 príjemcom"],
    cs: ["Odeslat 1 příjemci", "Odeslat 2 příjemcům", "Odeslat 5 příjemcům"],
    en: ["Send to 1 person", "Send to 2 people", "Send to 5 people"],
  });
});

test("lists count one, a few and many things as each language does", async ({ admin, page }) => {
  const nouns = { sk: ["kontakt", "kontakty", "kontaktov"], cs: ["kontakt", "kontakty", "kontaktů"], en: ["contact", "contacts", "contacts"] };
  let made = 0;
  for (const [place, n] of [1, 2, 5].entries()) {
    for (; made < n; made += 1) {
      await admin.ask("contacts/save_contact", { key: null, draft: { ...NOBODY, last_name: `Klient${made}` } });
    }
    await page.goto("/contacts");
    for (const language of ALL) {
      await say(page, language);
      await expect(page.getByRole("main").getByText(`${n} ${nouns[language][place]}`, { exact: true })).toBeVisible();
    }
  }
});

test("dates and times are written as each language does", async ({ admin, page }) => {
  const letter = { contact: null, account: null, to: "a@klient.example", cc: "", bcc: "", subject: "Dátum", body: "Text" };
  const draft = { ...letter, with_signature: false, attachments: [] };
  await admin.ask("messages/prepare_message", { key: null, draft });
  await page.goto("/messages");
  const time = page.getByRole("row", { name: "Dátum" }).locator("time");
  const today = { sk: "dnes", cs: "dnes", en: "today" };
  for (const language of ALL) {
    await say(page, language);
    await expect(time).toHaveText(new RegExp(`^${today[language]} \\d{1,2}:\\d{2}$`));
    const options = { timeZone: "Europe/Bratislava", day: "numeric", month: "long" } as const;
    const tag = language === "en" ? "en-GB" : language;
    const day = new Intl.DateTimeFormat(tag, options).format(new Date());
    await expect(time).toHaveAttribute("title", new RegExp(day.replaceAll(".", "\\.")));
  }
});

const NOBODY = {
  nature: "Person",
  kind: "Client",
  first_name: "",
  last_name: "",
  company_name: "",
  position: "",
  salutation: "",
  language: null,
  emails: [],
  phones: [],
  registration_number: "",
  note: "",
};
