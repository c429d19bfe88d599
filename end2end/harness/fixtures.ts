import { test as base } from "@playwright/test";
import { MailServer } from "./mail-server";
import { Posel } from "./posel";

export { expect } from "@playwright/test";
export { expectAccessible } from "./accessibility";

/** Tests with a fresh installation each, and one independent mail server that it trusts. */
export const test = base.extend<{ posel: Posel }, { mailServer: MailServer }>({
  mailServer: [
    async ({}, use) => {
      const mailServer = await MailServer.start();
      await use(mailServer);
      await mailServer.remove();
    },
    { scope: "worker" },
  ],
  posel: async ({ mailServer }, use, testInfo) => {
    const posel = await Posel.start({ trusts: mailServer.authority });
    await use(posel);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("posel.log", { body: posel.output, contentType: "text/plain" });
    }
    await posel.remove();
  },
  baseURL: async ({ posel }, use) => use(posel.url),
});
