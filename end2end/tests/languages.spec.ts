import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixtures";
import { furnish, placesOf, settled } from "../harness/places";
import { LANGUAGES, speak, textsIn, wordsOn, type Language } from "../harness/words";

const ALL = Object.keys(LANGUAGES) as Language[];

/** A text that was never worded: a key of the texts, or a place in a text where nothing was put in. */
const UNWORDED = /^[a-z]+([._][a-z0-9]+)+$|\{\{|\}\}|<\w+>|undefined|\bNaN\b|\[object/;

/** Words with such a look that are content: names of files, hosts and headers. */
const CONTENT = /^(smtp\.|posel\.|content-|x-|mime-|message-)|\.(sk|cz|txt|example)$|^[\w.+-]+@[\w.-]+$|@/i;

async function say(page: Page, language: Language): Promise<void> {
  await speak(page, language);
  await settled(page);
}

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

test("every page speaks one language", async ({ admin, page }) => {
  test.setTimeout(900_000);
  const texts = { sk: textsIn("sk"), cs: textsIn("cs"), en: textsIn("en") };
  const isForeign = (text: string, language: Language) =>
    !texts[language].has(text) && ALL.some((other) => other !== language && texts[other].has(text));
  const found = { unworded: new Set<string>(), foreign: new Set<string>() };
  // The samples on the page of parts speak Slovak; nobody but developers sees them.
  const places = placesOf(await furnish(admin)).filter(({ name }) => name !== "parts");
  for (const { name, path } of places) {
    await page.goto(path);
    await settled(page);
    for (const language of ALL) {
      await say(page, language);
      const words = await wordsOn(page);
      expect(words.length).toBeGreaterThan(10);
      const unworded = words.filter((text) => UNWORDED.test(text) && !CONTENT.test(text));
      unworded.forEach((text) => found.unworded.add(`${name}, ${language}: ${text}`));
      words.filter((text) => isForeign(text, language)).forEach((text) => found.foreign.add(`${name}, ${language}: ${text}`));
    }
  }
  expect.soft([...found.unworded], "texts that were never worded").toEqual([]);
  expect.soft([...found.foreign], "texts of another language").toEqual([]);
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
