import type { Page } from "@playwright/test";
import { type Caller, expect, test } from "../harness/fixtures";

const TOWNS = ["Žilina", "Martin", "Košice"];

/** People with towns in turn; every tenth one is a partner. */
async function people(admin: Caller, n: number): Promise<void> {
  const save = (i: number) => {
    const number = String(i).padStart(3, "0");
    const draft = {
      nature: "Person",
      kind: i % 10 === 0 ? "Partner" : "Client",
      first_name: "Eva",
      last_name: `Nová${number}`,
      emails: [{ text: `eva${number}@klient.example`, purpose: "General" }],
      phones: [{ text: `+421905${String(100_000 + i)}`, purpose: "General" }],
      billing: { street: "", city: TOWNS[i % TOWNS.length], postcode: "", country: "" },
    };
    return admin.ask("contacts/save_contact", { key: null, draft });
  };
  for (let begin = 0; begin < n; begin += 20) {
    await Promise.all(Array.from({ length: Math.min(20, n - begin) }, (_, i) => save(begin + i)));
  }
}

function grid(page: Page) {
  return page.getByRole("grid", { name: "Kontakty" });
}

function row(page: Page, name: string) {
  return grid(page).getByRole("row", { name: new RegExp(name) });
}

async function choose(page: Page, filter: string, value: string): Promise<void> {
  await page.getByRole("group", { name: "Filtre" }).getByRole("button", { name: filter, exact: true }).click();
  await page.getByRole("menuitemradio", { name: value, exact: true }).click();
}

test("a long list is narrowed by its address, tagged as a whole less one, and thinned by a range", async ({ admin, page, another }) => {
  test.setTimeout(180_000);
  await people(admin, 150);

  await test.step("only the rows in sight are drawn", async () => {
    await page.goto("/contacts");
    await expect(page.getByText("150 kontaktov")).toBeVisible();
    await expect(row(page, "Nová000")).toBeVisible();
    await expect(grid(page)).toContainText("+421 905 100 000");
    expect(await grid(page).locator(".table-body [role=row]").count()).toBeLessThan(100);
  });

  await test.step("filters stand in the address, and the address leads to the same list", async () => {
    await choose(page, "Druh", "Partner");
    await expect(page).toHaveURL(/kind=partner/);
    await expect(page.getByText("15 kontaktov")).toBeVisible();
    await grid(page).getByRole("button", { name: "Mesto" }).click();
    await expect(page).toHaveURL(/sort=town/);
    const colleague = await another(admin);
    await colleague.goto(page.url());
    await expect(colleague.getByText("15 kontaktov")).toBeVisible();
    await expect(row(colleague, "Nová020")).toBeVisible();
    await page.getByRole("button", { name: "Zrušiť filter Druh" }).click();
    await page.goto("/contacts");
  });

  await test.step("all that match less one get a tag, with the number before and after", async () => {
    await grid(page).getByRole("checkbox", { name: "Označiť všetky načítané riadky" }).check();
    await page.getByRole("button", { name: "Vybrať všetkých 150 nájdených" }).click();
    await expect(page.getByText("Vybraných je všetkých 150 nájdených kontaktov.")).toBeVisible();
    await row(page, "Nová000").getByRole("checkbox").uncheck();
    const bar = page.getByRole("toolbar", { name: "Akcie s vybranými kontaktmi" });
    await expect(bar).toContainText("Vybraných 149 kontaktov");
    await bar.getByRole("button", { name: "Pridať štítok" }).click();
    await page.getByRole("combobox", { name: "Štítok" }).fill("Jeseň");
    await page.getByRole("button", { name: "Pridať 149 kontaktom" }).click();
    await expect(page.getByText("Hotovo: 149 kontaktov.")).toBeVisible();
    await page.getByRole("button", { name: "Zavrieť" }).last().click();
  });

  await test.step("a range is ticked with Shift and deleted by its number", async () => {
    await row(page, "Nová001").getByRole("checkbox").click();
    await row(page, "Nová003").getByRole("checkbox").click({ modifiers: ["Shift"] });
    await page.getByRole("button", { name: "Ďalšie akcie" }).click();
    await page.getByRole("menuitem", { name: "Zmazať" }).click();
    await expect(page.getByRole("heading", { name: "Zmazať 3 kontakty?" })).toBeVisible();
    await page.getByRole("button", { name: "Zmazať 3 kontakty" }).click();
    await expect(page.getByText("Hotovo: 3 kontakty.")).toBeVisible();
    await expect(page.getByText("147 kontaktov")).toBeVisible();
    await page.getByRole("button", { name: "Zavrieť" }).last().click();
  });
});

test("a few chosen contacts are written to; more than a message may have lead to a campaign", async ({ admin, page }) => {
  test.setTimeout(120_000);
  await people(admin, 110);
  await page.goto("/contacts");
  await row(page, "Nová001").getByRole("checkbox").check();
  await row(page, "Nová002").getByRole("checkbox").check();
  await page.getByRole("toolbar").getByRole("button", { name: "Napísať e-mail" }).click();
  await page.getByRole("button", { name: "Napísať 2 príjemcom" }).click();
  await expect(page).toHaveURL(/\/write/);
  await expect(page.getByRole("list", { name: /Komu|Príjemcovia/ })).toContainText("Nová002");

  await page.goto("/contacts");
  await grid(page).getByRole("checkbox", { name: "Označiť všetky načítané riadky" }).check();
  await page.getByRole("button", { name: "Vybrať všetkých 110 nájdených" }).click();
  await page.getByRole("toolbar").getByRole("button", { name: "Napísať e-mail" }).click();
  await expect(page.getByText(/najviac 100 príjemcov/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Napísať \d+ príjemcom/ })).toBeHidden();
});
