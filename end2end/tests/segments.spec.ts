import { expect, test, type Caller } from "../harness/fixtures";

async function person(admin: Caller, name: string, city: string, kind = "Client"): Promise<number> {
  const draft = { first_name: "Eva", last_name: name, kind, billing: { street: "", city, postcode: "", country: "" } };
  return admin.ask<number>("contacts/save_contact", { key: null, draft });
}

test("a segment is built, counts while it is built, reads as a sentence and narrows the contacts", async ({ admin, page }) => {
  await person(admin, "Čapková", "Žilina");
  await person(admin, "Nová", "Brno");
  await person(admin, "Kolegyňa", "Žilina", "Employee");
  await page.goto("/segments");
  await expect(page.getByRole("heading", { name: "Zatiaľ žiadny segment" })).toBeVisible();
  await page.getByRole("link", { name: "Nový segment" }).first().click();
  await expect(page.getByRole("status").getByText("3 kontakty")).toBeVisible();
  await page.getByRole("textbox", { name: "Názov" }).fill("Klienti zo Žiliny");
  await page.getByRole("button", { name: "Pridať podmienku" }).click();
  await expect(page.getByRole("status").getByText("2 kontakty")).toBeVisible();
  await page.getByRole("button", { name: "Pridať podmienku" }).click();
  await page.getByRole("combobox", { name: "Na čo sa pýtame" }).nth(1).selectOption("Mesto");
  await expect(page.getByText("Doplňte označenú podmienku.")).toBeVisible();
  await page.getByRole("textbox", { name: "Hodnota" }).fill("zilina");
  await expect(page.getByRole("status").getByText("1 kontakt", { exact: true })).toBeVisible();
  await expect(page.getByText("Kontakty, pre ktoré platí: druh je klient a zároveň mesto je zilina.")).toBeVisible();
  await page.getByRole("button", { name: "Uložiť segment" }).click();
  await expect(page.getByText("Segment Klienti zo Žiliny je uložený.")).toBeVisible();
  await expect(page).toHaveURL(/\/segments\/\d+$/);
  await page.getByRole("button", { name: "Ďalšie akcie" }).click();
  await page.getByRole("menuitem", { name: "Otvoriť v kontaktoch" }).click();
  await expect(page.getByRole("row", { name: "Eva Čapková" })).toBeVisible();
  await expect(page.getByRole("row", { name: "Eva Nová" })).toHaveCount(0);
});

test("groups lie in one another, are turned around, copied and taken away by the keyboard", async ({ admin, page }) => {
  await person(admin, "Čapková", "Žilina");
  await person(admin, "Partnerka", "Brno", "Partner");
  await page.goto("/segments/new");
  await page.getByRole("button", { name: "Pridať skupinu" }).click();
  await expect(page.getByRole("status").getByText("1 kontakt", { exact: true })).toBeVisible();
  const inner = page.getByRole("group", { name: "Podmienky" }).nth(1);
  await inner.getByRole("button", { name: "platí", exact: true }).first().click();
  await expect(page.getByText("neplatí, že druh je klient")).toBeVisible();
  const condition = inner.getByRole("combobox", { name: "Na čo sa pýtame" });
  await condition.focus();
  await page.keyboard.press("Alt+d");
  await expect(condition).toHaveCount(2);
  await page.keyboard.press("Alt+Delete");
  await expect(condition).toHaveCount(1);
});

test("why somebody is in is said at each condition", async ({ admin, page }) => {
  await person(admin, "Čapková", "Brno");
  const rule = { All: [{ Is: { Kind: ["Client"] } }, { Is: { Town: { Is: "Žilina" } } }] };
  const id = await admin.ask<number>("segments/save_segment", { key: null, draft: { name: "Žilina", description: "", rule } });
  await page.goto(`/segments/${id}`);
  await page.getByRole("textbox", { name: "Prečo tu niekto je alebo nie je" }).fill("capk");
  await page.getByRole("button", { name: "Eva Čapková" }).click();
  await expect(page.getByText("Eva Čapková do segmentu nepatrí.")).toBeVisible();
  await expect(page.locator(".rule-condition .rule-holds")).toHaveText(["platí", "neplatí"]);
});

test("a segment that asks about a list keeps it from being deleted", async ({ admin, page }) => {
  const draft = { name: "Veľtrh", description: "", origin: "Hand" };
  const list = await admin.ask<number>("recipient_lists/save_list", { key: null, draft });
  const rule = { All: [{ Is: { List: [list] } }] };
  await admin.ask("segments/save_segment", { key: null, draft: { name: "Z veľtrhu", description: "", rule } });
  await page.goto("/segments");
  await expect(page.getByRole("row", { name: "Z veľtrhu" })).toContainText("je v zozname Veľtrh");
  await page.goto(`/lists/${list}`);
  await page.getByRole("button", { name: "Ďalšie akcie" }).click();
  await page.getByRole("menuitem", { name: "Zmazať zoznam" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zmazať zoznam" }).click();
  await expect(page.getByText("Zoznam používa niektorý segment.")).toBeVisible();
});
