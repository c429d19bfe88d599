import { expect, test } from "../harness/fixtures";

test("the action log is read by kind and without the background", async ({ admin, page }) => {
  await admin.ask("messages/send_message", {
    key: null,
    draft: {
      contact: null, account: null, to: "klient@klient.example", cc: "", bcc: "", subject: "Ponuka", body: "Dobrý deň",
      with_signature: false, attachments: [],
    },
  });
  const log = page.getByRole("grid", { name: "Log akcií" });
  await expect(async () => {
    await page.goto("/log");
    await expect(log.getByText("Server správu prijal")).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 45_000 });
  await page.getByRole("button", { name: "Bez pozadia" }).click();
  await expect(log.getByText("Server správu prijal")).toHaveCount(0);
  await expect(log.getByText("Odoslanie správy na 1 adresu")).toBeVisible();
  await expect(page).toHaveURL(/people=1/);
  await page.getByRole("button", { name: "Druh" }).click();
  await page.getByRole("menuitemradio", { name: "Bezpečnosť" }).click();
  await expect(log.getByText("Odoslanie správy na 1 adresu")).toHaveCount(0);
  // Nobody loses the way back: the address holds what is shown.
  await page.reload();
  await expect(page.getByRole("button", { name: "Druh: Bezpečnosť" })).toBeVisible();
  await expect(log.getByText("Odoslanie správy na 1 adresu")).toHaveCount(0);
});
