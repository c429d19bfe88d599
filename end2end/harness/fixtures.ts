import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { Caller } from "./caller";
import { MailServer } from "./mail-server";
import { Posel, type Installation } from "./posel";
import { Watch } from "./watch";

export { expect } from "@playwright/test";
export { Findings } from "./accessibility";
export { header } from "./mail-server";
export { DEMO } from "./posel";
export { Caller, COMPANY, EVA, type Person } from "./caller";

interface Each {
  /** What is different from a fresh installation. */
  installation: Installation;
  /** A fresh installation. */
  posel: Posel;
  /** The administrator of an installation that is set up; the browser of the test is signed in as her. */
  admin: Caller;
  /** What must not happen on any page, watched in each browser of the test. */
  watch: Watch;
  /** Opens another browser, of somebody else when one is given. */
  another: (somebody?: Caller) => Promise<Page>;
}

/** Tests with a fresh installation each, and one independent mail server that it trusts. */
export const test = base.extend<Each, { mailServer: MailServer }>({
  mailServer: [
    async ({}, use) => {
      const mailServer = await MailServer.start();
      await use(mailServer);
      await mailServer.remove();
    },
    { scope: "worker" },
  ],
  installation: [{}, { option: true }],
  posel: async ({ mailServer, installation }, use, testInfo) => {
    const posel = await Posel.install({ trusts: mailServer.authority, ...installation });
    await use(posel);
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach("posel.log", { body: posel.output, contentType: "text/plain" });
    }
    await posel.remove();
  },
  baseURL: async ({ posel }, use) => use(posel.url),
  admin: async ({ posel, context }, use) => {
    const admin = await Caller.setUp(posel);
    await context.addCookies([admin.cookie]);
    await use(admin);
  },
  watch: [
    async ({ posel, context }, use) => {
      const watch = new Watch(posel.url);
      watch.follow(context);
      await use(watch);
      expect(watch.errors, "errors in the console").toEqual([]);
      expect(watch.strangers, "requests to other origins").toEqual([]);
    },
    { auto: true },
  ],
  another: async ({ posel, browser, watch }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (somebody) => {
      const context = await browser.newContext({ baseURL: posel.url, locale: "sk-SK", timezoneId: "Europe/Bratislava" });
      opened.push(context);
      watch.follow(context);
      if (somebody) {
        await context.addCookies([somebody.cookie]);
      }
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
  },
});
