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
  await page.getByRole("group", { name: "Filtre kontaktov" }).getByRole("button", { name: filter, exact: true }).click();
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
  await row(page, "Nová001").getByRole("checkbox").check();
  await row(page, "Nová002").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Ďalšie akcie" }).click();
  await page.getByRole("menuitem", { name: "Napísať SMS" }).click();
  await page.getByRole("button", { name: "Napísať 2 príjemcom" }).click();
  await expect(page).toHaveURL(/\/write\?channel=sms/);

  await page.goto("/contacts");
  await row(page, "Nová001").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Ďalšie akcie" }).click();
  await page.getByRole("menuitem", { name: "Zmeniť druh" }).click();
  const dialog = page.getByRole("dialog", { name: "Čím pre vás vybraní sú" });
  await dialog.getByRole("combobox", { name: "Druh" }).selectOption({ label: "Zamestnanec" });
  await dialog.getByRole("button", { name: "Zmeniť pri 1 kontakte" }).click();
  await expect(page.getByText("Hotovo: 1 kontakt.")).toBeVisible();

  await page.goto("/contacts");
  await grid(page).getByRole("checkbox", { name: "Označiť všetky načítané riadky" }).check();
  await page.getByRole("button", { name: "Vybrať všetkých 110 nájdených" }).click();
  await page.getByRole("toolbar").getByRole("button", { name: "Napísať e-mail" }).click();
  await expect(page.getByText(/najviac 100 príjemcov/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Napísať \d+ príjemcom/ })).toBeHidden();
});

test("columns are chosen and a view remembers them, opens the list, and is seen by a colleague", async ({ admin, page, another }) => {
  test.setTimeout(180_000);
  await people(admin, 12);

  await test.step("a column is shown and another one hidden", async () => {
    await page.goto("/contacts");
    await page.getByRole("button", { name: "Stĺpce", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Stĺpce zoznamu" });
    const kept = page.waitForResponse((it) => {
      const columns = it.request().postData() ?? "";
      return it.url().endsWith("/views/save_columns") && columns.includes('"Created"') && !columns.includes('"Phone"');
    });
    await dialog.getByRole("checkbox", { name: "Založené" }).check();
    await dialog.getByRole("checkbox", { name: "Telefón" }).uncheck();
    await dialog.getByRole("button", { name: "Zavrieť" }).last().click();
    await expect(grid(page).getByRole("columnheader", { name: "Založené" })).toBeVisible();
    await expect(grid(page).getByRole("columnheader", { name: "Telefón" })).toHaveCount(0);
    expect((await kept).ok()).toBe(true);
    await page.reload();
    await expect(grid(page).getByRole("columnheader", { name: "Založené" })).toBeVisible();
    await expect(grid(page).getByRole("columnheader", { name: "Telefón" })).toHaveCount(0);
  });

  await test.step("filter, order and columns are saved as a view that all see", async () => {
    await choose(page, "Druh", "Partner");
    await page.getByRole("button", { name: "Pohľady" }).click();
    await page.getByRole("menuitem", { name: "Uložiť ako nový pohľad…" }).click();
    const dialog = page.getByRole("dialog", { name: "Nový pohľad" });
    await dialog.getByRole("textbox", { name: "Názov pohľadu" }).fill("Partneri");
    await dialog.getByRole("checkbox", { name: "Vidia ho všetci kolegovia" }).check();
    await dialog.getByRole("button", { name: "Uložiť" }).click();
    await expect(page.getByText("Pohľad Partneri je uložený.")).toBeVisible();
    await expect(page).toHaveURL(/view=\d+/);
  });

  await test.step("it opens the list from now on", async () => {
    await page.getByRole("button", { name: "Partneri" }).click();
    const kept = page.waitForResponse("**/views/set_default_view");
    await page.getByRole("menuitemradio", { name: "Otvárať zoznam týmto pohľadom" }).click();
    expect((await kept).ok()).toBe(true);
    await page.goto("/");
    await page.getByRole("link", { name: "Kontakty" }).first().click();
    await expect(page).toHaveURL(/view=\d+/);
    await expect(row(page, "Nová010")).toBeVisible();
    await expect(row(page, "Nová001")).toHaveCount(0);
  });

  await test.step("what is changed in it is said, and can be saved into it", async () => {
    await grid(page).getByRole("button", { name: "Mesto" }).click();
    await expect(page.getByRole("button", { name: "Partneri (zmenený)" })).toBeVisible();
    await page.getByRole("button", { name: "Partneri (zmenený)" }).click();
    await page.getByRole("menuitem", { name: "Uložiť zmeny pohľadu" }).click();
    await expect(page.getByRole("button", { name: "Partneri", exact: true })).toBeVisible();
  });

  await test.step("a colleague opens it too", async () => {
    const colleague = await another(admin);
    await colleague.goto(page.url());
    await expect(row(colleague, "Nová010")).toBeVisible();
  });
});
