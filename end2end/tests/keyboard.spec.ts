import type { Page } from "@playwright/test";
import { expect, test, type Caller } from "../harness/fixtures";
import { settled } from "../harness/places";

const NAMES = ["Anna Adamcová", "Božena Bieliková", "Cyril Cibuľka"];

async function contacts(admin: Caller): Promise<void> {
  for (const name of NAMES) {
    const [first_name, last_name] = name.split(" ");
    const draft = { ...EMPTY, first_name, last_name, emails: [{ text: `${last_name.length}@klient.example`, purpose: "General" }] };
    await admin.ask("contacts/save_contact", { key: null, draft });
  }
}

const EMPTY = {
  nature: "Person",
  kind: "Client",
  first_name: "",
  last_name: "",
  company_name: "",
  position: "",
  salutation: "",
  language: null,
  emails: [] as object[],
  phones: [],
  registration_number: "",
  note: "",
};

/** How the focused element is outlined, or nothing when one cannot see it. */
async function outline(page: Page): Promise<{ tag: string; visible: boolean }> {
  return page.evaluate(() => {
    const it = document.activeElement ?? document.body;
    // A composed control shows the ring around itself while the keyboard is in its inner field.
    const shows = (element: Element | null): boolean => {
      if (!element || element === document.body) {
        return false;
      }
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none" || (element === it && shows(it.parentElement));
    };
    return { tag: `${it.tagName} ${it.className} ${it.textContent?.trim().slice(0, 30)}`, visible: shows(it) };
  });
}

test.beforeEach(async ({ admin, page }) => {
  await contacts(admin);
  await page.goto("/contacts");
  await settled(page);
  await expect(page.getByRole("row", { name: NAMES[2] })).toBeVisible();
});

test("the slash leads to the search of the page, Escape empties it and then leaves it", async ({ page }) => {
  const search = page.getByRole("textbox", { name: "Hľadať v kontaktoch" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("bielikova");
  await expect(page.getByRole("row", { name: NAMES[0] })).toHaveCount(0);
  await expect(page.getByRole("row", { name: NAMES[1] })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await expect(page.getByRole("row", { name: NAMES[0] })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(search).not.toBeFocused();
});

test("n begins what the page is for", async ({ page }) => {
  await page.keyboard.press("n");
  await expect(page.getByRole("heading", { name: "Nový kontakt" })).toBeVisible();
  await page.goto("/messages");
  await settled(page);
  await page.keyboard.press("n");
  await expect(page.getByRole("combobox", { name: "Komu" })).toBeVisible();
});

test("keys that are typed into a field only type", async ({ page }) => {
  await page.getByRole("textbox", { name: "Hľadať v kontaktoch" }).focus();
  await page.keyboard.type("n?/w");
  await expect(page.getByRole("textbox", { name: "Hľadať v kontaktoch" })).toHaveValue("n?/w");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Kontakty", level: 1 })).toBeVisible();
});

test("the question mark shows all shortcuts and Escape closes them", async ({ page }) => {
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Klávesové skratky" });
  await expect(help).toBeVisible();
  await expect(help).toContainText("Ďalší a predchádzajúci riadok");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});

test("the palette goes to a page, finds a contact without diacritics and hands words to a search", async ({ page }) => {
  const palette = page.getByRole("dialog", { name: "Hľadať alebo prejsť" });
  const field = palette.getByRole("combobox");
  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await field.fill("prehlad");
  await expect(palette.getByRole("option", { selected: true })).toHaveText(/^Prehľad/);
  await page.keyboard.press("Enter");
  await expect(palette).toBeHidden();
  await expect(page).toHaveURL("/");

  await page.keyboard.press("Control+k");
  const person = palette.getByRole("option", { name: NAMES[2] }).first();
  // What has just been made is found a moment later.
  await expect(async () => {
    await field.fill("");
    await field.fill("cibulka");
    await expect(person).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await person.click();
  await expect(page.getByRole("heading", { name: NAMES[2] })).toBeVisible();

  await page.keyboard.press("Control+k");
  await field.fill("výpoveď");
  await palette.getByRole("option", { name: "Hľadať „výpoveď“ v komunikácii" }).click();
  await expect(page.getByRole("textbox", { name: "Hľadať v správach" })).toHaveValue("výpoveď");

  await page.keyboard.press("Control+k");
  await expect(palette).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
});

test("j and k walk through a list, Enter opens a row and x ticks it", async ({ page }) => {
  const row = (name: string) => page.getByRole("row", { name });
  await page.keyboard.press("j");
  await expect(row(NAMES[0])).toBeFocused();
  await page.keyboard.press("j");
  await expect(row(NAMES[1])).toBeFocused();
  await page.keyboard.press("k");
  await expect(row(NAMES[0])).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: NAMES[0] })).toBeVisible();
});

test("x ticks a row and Shift with x all rows up to there", async ({ admin, page }) => {
  for (const subject of ["prvá", "druhá", "tretia"]) {
    const draft = { contact: null, account: null, to: "a@klient.example", cc: "", bcc: "", subject, body: "Text", with_signature: false };
    await admin.ask("messages/prepare_message", { key: null, draft: { ...draft, attachments: [] } });
  }
  await page.goto("/messages");
  await expect(page.getByRole("row", { name: "prvá" })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("toolbar")).toContainText("1 označená");
  // Three keys at once: whoever types fast is ahead of the focus, and still means the row that the keys led to.
  await page.evaluate(() => {
    for (const key of ["j", "j", "X"]) {
      const event = new KeyboardEvent("keydown", { key, shiftKey: key === "X", bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    }
  });
  await expect(page.getByRole("toolbar")).toContainText("3 označené");
  await expect(page.getByRole("button", { name: "Odoslať 3 správy 3 príjemcom" })).toBeVisible();
});

test("two keys lead to each page", async ({ page }) => {
  for (const [key, heading] of [
    ["m", "Komunikácia"],
    ["c", "Kontakty"],
    ["z", "Zachytená pošta"],
    ["l", "Log akcií"],
    ["s", "Môj profil"],
  ]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
  }
});

test("Tab begins with a link that skips the menu", async ({ page }) => {
  await page.goto("/messages");
  await settled(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Prejsť na obsah" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.querySelector("main")?.contains(document.activeElement));
  expect(inside).toBe(true);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`one always sees where the keyboard is, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const path of ["/contacts", "/contacts/new", "/write", "/settings/profile"]) {
      await page.goto(path);
      await settled(page);
      for (let n = 0; n < 25; n += 1) {
        await page.keyboard.press("Tab");
        const { tag, visible } = await outline(page);
        expect(visible || tag.startsWith("BODY"), `${path}: ${tag}`).toBe(true);
      }
    }
  });
}
