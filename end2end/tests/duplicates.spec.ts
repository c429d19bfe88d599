import { type Caller, expect, test } from "../harness/fixtures";

function save(admin: Caller, first_name: string, last_name: string, emails: string[], note = ""): Promise<number> {
  const draft = {
    nature: "Person",
    kind: "Client",
    first_name,
    last_name,
    note,
    emails: emails.map((text) => ({ text, purpose: "General" })),
    phones: [],
  };
  return admin.ask("contacts/save_contact", { key: null, draft });
}

test("contacts that are one and the same are compared and merged for ever; others are remembered as not the same", async ({
  admin,
  page,
}) => {
  const eva = await save(admin, "E.", "Nová", ["eva@klient.example"]);
  const again = await save(admin, "Eva", "Nová", ["eva@klient.example", "nova@klient.example"], "Volať po deviatej.");
  await save(admin, "Ján", "Malý", ["info@spolocny.example"]);
  await save(admin, "Iva", "Veľká", ["info@spolocny.example"]);

  await test.step("an address that somebody has already is told while it is typed", async () => {
    await page.goto("/contacts/new");
    await page.getByRole("textbox", { name: /^Hlavný e-mail/ }).fill("Eva@klient.example");
    await expect(page.getByRole("link", { name: /Eva@klient\.example – E\. Nová/i })).toBeVisible();
  });

  await test.step("side by side, the better value of each field is chosen", async () => {
    await page.goto("/contacts");
    await page.getByRole("link", { name: "Duplicity" }).click();
    const group = page.getByRole("region", { name: /eva@klient\.example/ });
    await expect(group.getByRole("listitem")).toHaveCount(2);
    await group.getByRole("button", { name: "Porovnať a zlúčiť" }).click();
    const dialog = page.getByRole("dialog", { name: "Zlúčiť dva kontakty" });
    await expect(dialog).toContainText("Späť sa to vrátiť nedá.");
    await dialog.getByRole("row", { name: /^Meno/ }).getByRole("radio", { name: "Eva" }).check();
    await expect(dialog.getByRole("row", { name: /^E-maily/ })).toContainText("nova@klient.example");
    await dialog.getByRole("button", { name: "Zlúčiť navždy" }).click();
    await expect(page.getByText("Kontakty sú zlúčené: Eva Nová.")).toBeVisible();
    await expect(group).toBeHidden();
  });

  await test.step("the old address leads to the one that stayed", async () => {
    const merged = await admin.ask<{ id: number }>("contacts/open_contact", { id: again });
    expect(merged.id).toBe(eva);
    await page.goto(`/contacts/${again}`);
    await expect(page.getByRole("heading", { name: "Eva Nová", level: 2 })).toBeVisible();
    await expect(page.getByText("Volať po deviatej.")).toBeVisible();
  });

  await test.step("what is not the same is remembered", async () => {
    await page.goto("/contacts/duplicates");
    const group = page.getByRole("region", { name: /info@spolocny\.example/ });
    await group.getByRole("button", { name: "Nie je to isté" }).click();
    await expect(group).toBeHidden();
    await page.reload();
    await expect(page.getByText("Žiadne duplicity")).toBeVisible();
  });
});
