import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Findings } from "../harness/accessibility";
import { CLIPBOARDS, PIXEL, expect, test } from "../harness/editor";

test("what is typed is stored, letters get their looks by keys, and all can be taken back", async ({ desk, page }) => {
  await desk.open();
  await desk.text.click();
  await page.keyboard.type("Vážený pán ");
  await page.keyboard.press("Control+b");
  await expect(desk.button("Tučné")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.type("Novák");
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- ");
  await page.keyboard.type("prvá");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("vnorená");
  const html = "<p>Vážený pán <strong>Novák</strong></p>\n<ul><li>prvá<ul><li>vnorená</li></ul></li></ul>";
  expect(await desk.value()).toBe(html);
  for (let n = 0; n < 20 && (await desk.value()) !== ""; n += 1) {
    await page.keyboard.press("Control+z");
  }
  expect(await desk.value()).toBe("");
  for (let n = 0; n < 20 && (await desk.value()) !== html; n += 1) {
    await page.keyboard.press("Control+y");
  }
  expect(await desk.value()).toBe(html);
});

test("a field is a chip that is whole or not there", async ({ desk, page }) => {
  await desk.open();
  await desk.text.click();
  await page.keyboard.type("Dobrý deň {pri");
  await expect(page.getByRole("option", { name: "Priezvisko" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await page.keyboard.type(", suma {{ record.total | money }} a {{ record.wrong }}");
  await page.keyboard.press("Escape");
  expect(await desk.value()).toBe("<p>Dobrý deň {{ contact.last_name }}, suma {{ record.total | money }} a {{ record.wrong }}</p>");
  const chips = desk.text.locator(".merge-field");
  await expect(chips).toHaveText(["Priezvisko", "Sumamoney", "record.wrong"]);
  await expect(chips.nth(2)).toHaveClass(/unknown/);

  await chips.nth(1).click();
  expect(await desk.seen("field-click")).toEqual([{ path: "record.total", filter: "money", fallback: null, isKnown: true }]);
  await desk.call("setField", { path: "record.total", filter: "", fallback: "nula" });
  expect(await desk.value()).toContain('{{ record.total | fallback("nula") }}');

  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await expect(chips).toHaveCount(2);
  expect(await desk.value()).toMatch(/ a<\/p>$/);
  await page.keyboard.press("Control+z");
  await expect(chips).toHaveCount(3);
});

test("the palette finds a field without its diacritics and by keys alone", async ({ desk, page }) => {
  await desk.open();
  await desk.text.click();
  await page.keyboard.type("Dlh: ");
  await page.keyboard.press("Alt+F10");
  await expect(desk.button("Späť")).toBeFocused();
  await page.keyboard.press("End");
  await expect(desk.button("Premenná")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Hľadať premennú" }).fill("faktura");
  await page.keyboard.press("Enter");
  expect(await desk.value()).toBe("<p>Dlh: {{ record.total }}</p>");
  await expect(desk.text).toBeFocused();
});

test("letters that are composed of several keys arrive once", async ({ desk, page }) => {
  await desk.open("<p>Vec</p>");
  await desk.text.click();
  await page.keyboard.press("End");
  const session = await page.context().newCDPSession(page);
  for (const text of [" m", " ma", " mač"]) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await session.send("Input.insertText", { text: " mačka" });
  await page.keyboard.type("!");
  expect(await desk.value()).toBe("<p>Vec mačka!</p>");
  await expect(desk.text).toHaveAttribute("lang", "sk");
  await expect(desk.text).toHaveAttribute("spellcheck", "true");
});

for (const name of readdirSync(CLIPBOARDS).filter((it) => it.endsWith(".html") && !it.endsWith(".expected.html"))) {
  test(`what is pasted from ${name} comes out clean in a browser`, async ({ desk }) => {
    await desk.open();
    await desk.text.click();
    await desk.paste({ html: readFileSync(join(CLIPBOARDS, name), "utf8"), text: "text" });
    const expected = readFileSync(join(CLIPBOARDS, name.replace(".html", ".expected.html")), "utf8").trimEnd();
    expect(await desk.value()).toBe(expected);
  });
}

test("plain text with fields becomes paragraphs with chips", async ({ desk }) => {
  await desk.open();
  await desk.text.click();
  await desk.paste({ text: "Dobrý deň {{ contact.first_name }},\n\nďakujeme <b>pekne</b>." });
  expect(await desk.value()).toBe("<p>Dobrý deň {{ contact.first_name }},</p>\n<p>ďakujeme &lt;b&gt;pekne&lt;/b&gt;.</p>");
  await expect(desk.text.locator(".merge-field")).toHaveText(["Meno"]);
});

test("what is copied inside the editor comes back whole", async ({ desk, page }) => {
  const html = '<p><span style="color:#c00000;font-size:24px;font-family:Georgia, serif">Veľké</span> {{ record.total | money }}</p>';
  await desk.open(html);
  await desk.text.click();
  await page.keyboard.press("Control+a");
  const copied = await desk.text.evaluate((element) => {
    const data = new DataTransfer();
    element.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
    return { html: data.getData("text/html"), text: data.getData("text/plain") };
  });
  expect(copied.text).toBe("Veľké {{ record.total | money }}");
  await page.keyboard.press("Delete");
  expect(await desk.value()).toBe("");
  await desk.paste(copied);
  expect(await desk.value()).toBe(html);
});

test("a table is put in, walked through and changed", async ({ desk, page }) => {
  await desk.open();
  await desk.text.click();
  await desk.button("Tabuľka").click();
  await page.getByRole("spinbutton", { name: "Riadky" }).fill("2");
  await page.getByRole("spinbutton", { name: "Stĺpce" }).fill("2");
  await page.getByRole("button", { name: "Vložiť", exact: true }).click();
  await page.keyboard.type("Tovar");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Cena");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Stôl");
  await desk.button("Tabuľka").click();
  await page.getByRole("menuitem", { name: "Stĺpec vpravo" }).click();
  await expect(desk.text.locator("tr").first().locator("th,td")).toHaveCount(3);
  const html = await desk.value();
  expect(html).toContain('<table width="100%" border="1" cellpadding="6" cellspacing="0" style="width:100%;border-collapse:collapse">');
  expect(html).toContain('<th style="border:1px solid #bfbfbf">Tovar</th>');
  await desk.button("Tabuľka").click();
  await page.getByRole("menuitem", { name: "Odstrániť tabuľku" }).click();
  await expect(desk.text.locator("table")).toHaveCount(0);
});

test("a dropped picture is given out and stands where it was dropped", async ({ desk, page }) => {
  await desk.open("<p>Pozrite:</p>");
  await desk.text.evaluate((element, base64) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))], "stôl.png", { type: "image/png" }));
    data.items.add(new File(["MZ"], "virus.exe", { type: "application/octet-stream" }));
    const { right, top, height } = element.querySelector("p")!.getBoundingClientRect();
    const place = { clientX: right - 2, clientY: top + height / 2 };
    element.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, ...place }));
  }, PIXEL);
  await expect(desk.text.getByText("Nahráva sa obrázok: stôl.png")).toBeVisible();
  expect(await desk.seen("fault")).toEqual([{ code: "picture-refused", name: "virus.exe" }]);
  expect(await desk.value()).toBe("<p>Pozrite:</p>");
  await page.evaluate(() => {
    const { upload } = window as unknown as { upload: { file: File; done: (src: string, options: object) => void } };
    upload.done("cid:stol@posel", { width: 320 });
  });
  expect(await desk.value()).toBe('<p>Pozrite:<img src="cid:stol@posel" alt="" width="320" style="max-width:100%;height:auto"></p>');

  await desk.text.locator(".mail-picture").dblclick();
  await page.getByRole("textbox", { name: "Popis obrázka" }).fill("Dubový stôl");
  await page.getByRole("button", { name: "Použiť" }).click();
  expect(await desk.value()).toContain('alt="Dubový stôl"');
});

test("a picture inside what is pasted is given out like a file", async ({ desk, page }) => {
  await desk.open();
  await desk.text.click();
  await desk.paste({ html: `<p>Pred <img src="data:image/png;base64,${PIXEL}" alt="x"> za</p>`, text: "Pred za" });
  await expect(desk.text.getByText("Nahráva sa obrázok: picture.png")).toBeVisible();
  await page.evaluate(() => {
    const { upload } = window as unknown as { upload: { fail: (reason: string) => void } };
    upload.fail("príliš veľký");
  });
  expect(await desk.seen("fault")).toEqual([{ code: "upload-failed", name: "picture.png", reason: "príliš veľký" }]);
  expect(await desk.value()).toBe("<p>Pred &nbsp;za</p>");
});

test("a link is asked for, completed and refused when it may not be", async ({ desk, page }) => {
  await desk.open("<p>Kontakt</p>");
  await desk.text.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+k");
  const address = page.getByRole("textbox", { name: "Adresa odkazu" });
  await address.fill("javascript:alert(1)");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Na takúto adresu odkaz nemôže viesť.")).toBeVisible();
  await address.fill("www.firma.sk");
  await page.keyboard.press("Enter");
  expect(await desk.value()).toBe('<p><a href="https://www.firma.sk">Kontakt</a></p>');
  await page.keyboard.press("Control+k");
  await page.getByRole("button", { name: "Zrušiť odkaz" }).click();
  expect(await desk.value()).toBe("<p>Kontakt</p>");
});

const DESIGN = `<!DOCTYPE html>\r\n<html><head><style>.lead { color: rgb(1, 2, 3) }</style></head>\r\n<body style="background:#eee">
<img src="https://zle.example/a.gif"><div class="lead" style="font-size:20px;background:url(https://zle.example/b.gif)">Ahoj {{ contact.first_name }}</div><script>alert(1)</script></body></html>\n`;

test("a design of another hand is shown as it is and comes back byte for byte", async ({ desk, page }) => {
  await desk.open(DESIGN);
  const lead = page.frameLocator(".mail-island iframe").locator(".lead");
  await expect(lead).toHaveCSS("font-size", "20px");
  await expect(lead).toHaveCSS("color", "rgb(1, 2, 3)");
  expect(await desk.value()).toBe(DESIGN);
  await desk.call("open", "source");
  expect(await desk.value()).toBe(DESIGN);
  await desk.call("open", "text");
  expect(await desk.value()).toBe(DESIGN);

  await page.getByRole("button", { name: "Previesť na upraviteľný text" }).click();
  expect(await desk.value()).toBe('<p><img src="https://zle.example/a.gif" alt=""></p>\n<p>Ahoj {{ contact.first_name }}</p>');
  await desk.text.click();
  await page.keyboard.press("Control+z");
  expect(await desk.value()).toBe(DESIGN);
});

test("the source of a design that is pasted as text is kept as it is", async ({ desk }) => {
  await desk.open();
  await desk.text.click();
  await desk.paste({ text: DESIGN.replaceAll("\r\n", "\n"), html: "<pre>farebný kód</pre>" });
  expect(await desk.value()).toBe(DESIGN.replaceAll("\r\n", "\n"));
});

test("views are switched without loss, and the source tells what is wrong with it", async ({ desk, page }) => {
  const html = '<p>Dobrý deň {{ contact.first_name }}</p>\n<div class="x">cudzie</div>\n<p>&nbsp;</p>';
  await desk.open(html);
  await page.evaluate(() => {
    const found = { line: 2, column: 6, length: 5, severity: "warning", message: "Outlook to nepozná" };
    (document.querySelector("mail-editor") as unknown as { diagnostics: object[] }).diagnostics = [found];
  });
  await desk.call("open", "source");
  const source = page.getByRole("textbox", { name: "Zdrojový kód správy" });
  await expect(source).toBeVisible();
  await expect(page.locator(".cm-lintRange-warning")).toHaveText("class");
  await expect(page.locator(".cm-merge")).toHaveText("{{ contact.first_name }}");
  expect(await desk.value()).toBe(html);

  await source.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("<h1>Nadpis");
  await desk.call("open", "text");
  await expect(desk.text.getByRole("heading", { name: "Nadpis" })).toBeVisible();
  const changed = await desk.value();
  expect(changed).toBe(`<h1>Nadpis</h1>${html}`);

  await desk.text.getByRole("heading").click();
  await page.keyboard.press("Control+z");
  expect(await desk.value()).toBe(html);
});

test("a source that cannot be fetched is told, and the text stays", async ({ desk, page }) => {
  await desk.open("<p>Text</p>");
  await page.route("**/source.js", (route) => route.abort());
  await desk.call("open", "source");
  expect(await desk.seen("fault")).toEqual([{ code: "source-unreachable" }]);
  await expect(desk.text).toBeVisible();
});

test("a text that may only be read cannot be changed", async ({ desk, page }) => {
  await desk.open("<p>Hotovo</p>");
  await page.evaluate(() => {
    (document.querySelector("mail-editor") as unknown as { readonly: boolean }).readonly = true;
  });
  await expect(desk.text).toHaveAttribute("contenteditable", "false");
  await expect(desk.button("Tučné")).toHaveAttribute("aria-disabled", "true");
  await desk.call("exec", "bold");
  expect(await desk.call("insertField", "record.total")).toBe(false);
  expect(await desk.value()).toBe("<p>Hotovo</p>");
});

/** axe-core copies imported sheets and those of shadow roots into style elements, which the policy stops. */
const SHEETS = { sheets: false };

for (const colorScheme of ["light", "dark"] as const) {
  test(`the editor is accessible and fits a phone, ${colorScheme}`, async ({ desk, page }) => {
    await page.emulateMedia({ colorScheme });
    const findings = new Findings();
    await desk.open(
      '<h2>Ponuka</h2>\n<p>Dobrý deň {{ contact.first_name }}, {{ record.wrong }}</p>\n<ul><li>jedna</li></ul>\n<div class="x">cudzie</div>\n<table border="1"><tbody><tr><td bgcolor="#ffc000" style="background-color:#ffc000">a</td><td>b</td></tr></tbody></table>',
    );
    await findings.look(page, "text", SHEETS);
    await desk.button("Farba písma").click();
    await findings.look(page, "colours", SHEETS);
    await page.keyboard.press("Escape");
    await desk.button("Premenná").click();
    await findings.look(page, "fields", SHEETS);
    await page.keyboard.press("Escape");
    await desk.text.getByText("Ponuka").click();
    await desk.button("Odkaz").click();
    await findings.look(page, "link", SHEETS);
    await page.keyboard.press("Escape");
    await desk.call("open", "source");
    await findings.look(page, "source", SHEETS);
    findings.expectNone();
    await desk.call("open", "text");
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}
