import type { Page } from "@playwright/test";
import { expect, test, type Caller } from "../harness/fixtures";

interface Line {
  text: string;
  purpose: string;
}

async function contact(admin: Caller, draft: object): Promise<number> {
  return admin.ask<number>("contacts/save_contact", { key: null, draft });
}

function line(text: string, purpose = "General"): Line {
  return { text, purpose };
}

async function list(admin: Caller, name: string, contacts: number[]): Promise<number> {
  const id = await admin.ask<number>("recipient_lists/save_list", { key: null, draft: { name, description: "", origin: "Hand" } });
  await admin.ask("recipient_lists/add_to_list", { id, chosen: { Ticked: contacts }, after: null });
  return id;
}

function items(page: Page) {
  return page.getByRole("list", { name: "Komu: zadané adresy" }).getByRole("listitem");
}

/** What the chips say, without their menus. */
function chips(page: Page) {
  return items(page).locator(".recipient-words");
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole("combobox", { name: "Komu" }).evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test.beforeEach(({ admin }) => {
  expect(admin).toBeDefined();
});

test("a company keeps the comma of its name from the field to the draft and back", async ({ admin, page }) => {
  await contact(admin, { nature: "Company", company_name: "Autoservis Praděd, a.s.", emails: [line("info@praded.cz")] });
  await page.goto("/write");
  await page.getByRole("combobox", { name: "Komu" }).pressSequentially("praded");
  await page.getByRole("option", { name: "Autoservis Praděd, a.s." }).click();
  await expect(chips(page)).toHaveText(["Autoservis Praděd, a.s."]);
  await page.getByRole("textbox", { name: "Predmet" }).fill("Ponuka");
  await expect(page.getByText("Uložené medzi rozpísané")).toBeVisible();
  await page.reload();
  await expect(chips(page)).toHaveText(["Autoservis Praděd, a.s."]);
});

test("a mixed list is pasted; what is no address is named and the rest stays", async ({ page }) => {
  await page.goto("/write");
  await paste(page, '"Nová, Eva" <eva@x.sk>; jan@x.sk,\nzle@ \n b@x.sk');
  await expect(chips(page)).toHaveText(["Nová, Eva", "jan@x.sk", "zle@", "b@x.sk"]);
  await expect(items(page).nth(2)).toHaveClass(/faulty/);
});

test("a list is picked by the keyboard and stands for its members", async ({ admin, page }) => {
  const eva = await contact(admin, { last_name: "Čapková", emails: [line("eva@example.sk")] });
  const mute = await contact(admin, { last_name: "Bezadresy" });
  await list(admin, "Jarný veľtrh", [eva, mute]);
  await page.goto("/write");
  const to = page.getByRole("combobox", { name: "Komu" });
  await to.pressSequentially("jarny");
  await expect(page.getByRole("option", { name: "Jarný veľtrh" })).toContainText("2 kontakty");
  await page.keyboard.press("Enter");
  await expect(chips(page)).toHaveText(["Čapková"]);
  await expect(page.getByText("1 kontakt nemá e-mailovú adresu")).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(to).toHaveValue(/eva@example\.sk/);
});

test("a list that is too long for one message says that a campaign is the way", async ({ admin, page }) => {
  const ids: number[] = [];
  for (let n = 0; n < 101; n += 1) {
    ids.push(await contact(admin, { last_name: `Osoba${n}`, emails: [line(`o${n}@example.sk`)] }));
  }
  await list(admin, "Všetci", ids);
  await page.goto("/write");
  await page.getByRole("combobox", { name: "Komu" }).pressSequentially("vset");
  await page.getByRole("option", { name: "Všetci" }).click();
  await expect(page.getByText("Všetci má 101 kontaktov, no jedna správa môže ísť najviac 100 príjemcom.")).toBeVisible();
  await page.getByRole("button", { name: "Odobrať Všetci" }).click();
  await expect(chips(page)).toHaveCount(0);
});

test("another address of the same contact is chosen from the chip, with its purpose", async ({ admin, page }) => {
  const emails = [line("eva@example.sk"), line("faktury@example.sk", "Invoices")];
  await contact(admin, { last_name: "Čapková", emails });
  await page.goto("/write");
  await page.getByRole("combobox", { name: "Komu" }).pressSequentially("capkov");
  await page.getByRole("option", { name: "Čapková" }).click();
  await page.getByRole("button", { name: "Možnosti: Čapková" }).click();
  await page.getByRole("menuitemradio", { name: "faktury@example.sk · faktúry" }).click();
  await expect(items(page).getByRole("button", { name: /faktury@example\.sk/ })).toBeVisible();
});

test("a suppressed address says so, and a stranger becomes a contact", async ({ admin, page }) => {
  await admin.ask("suppressions/add_suppressions", { draft: { targets: "jan@x.sk", reason: "Requested", note: "" } });
  await page.goto("/write");
  await paste(page, "jan@x.sk, Eva Nová <eva@x.sk>");
  await expect(items(page).first()).toHaveClass(/suppressed/);
  await page.getByRole("button", { name: "Možnosti: Eva Nová" }).click();
  await page.getByRole("menuitem", { name: "Založiť kontakt" }).click();
  const dialog = page.getByRole("dialog", { name: "Nový kontakt z adresy" });
  await expect(dialog.getByLabel("Priezvisko")).toHaveValue("Nová");
  await dialog.getByRole("button", { name: "Založiť kontakt" }).click();
  await expect(page.getByText("Kontakt Eva Nová je uložený.")).toBeVisible();
  await page.getByRole("button", { name: "Možnosti: Eva Nová" }).click();
  await expect(page.getByRole("menuitem", { name: "Otvoriť kontakt" })).toBeVisible();
});

test("ten thousand recipients are pasted, folded and unfolded", async ({ page }) => {
  await page.goto("/write");
  await paste(page, Array.from({ length: 10_000 }, (_, n) => `o${n}@x.sk`).join("\n"));
  await expect(page.getByRole("button", { name: /a 9\s?940 ďalších/ })).toBeVisible();
  await expect(chips(page)).toHaveCount(60);
});
