import "./dom";
import assert from "node:assert/strict";
import { test } from "node:test";
import { isSafeAddress, isSafePicture, readAddress } from "../src/html/address";
import { read } from "../src/html/read";
import { codeEnd, scan } from "../src/html/scan";
import { write } from "../src/html/write";
import { readField, writeField } from "../src/field";

/** The kinds of the document's blocks. */
function kinds(html: string): string[] {
  const found: string[] = [];
  read(html).forEach((it) => found.push(it.type.name));
  return found;
}

/** Foreign HTML that must come back byte for byte. */
const FOREIGN = [
  '<!DOCTYPE html>\r\n<html>\n<head><style>p{color:red}</style></head>\r\n<body><p>Dobrý deň {{ contact.name }}</p></body></html>\n',
  '<!--[if mso]><table><tr><td width="600"><![endif]--><div style="max-width:600px">x</div><!--[if mso]></td></tr></table><![endif]-->',
  '<table><tr><td><table><tr><td>vnorené</td></tr></table></td></tr></table>',
  '<p class="lead">s triedou</p>',
  "<p>nedokončené",
  "<div><p>zle</div></p>",
  "<p>a<div>b</div></p>",
  "  \n<center>medzery okolo</center>\n\n",
  '<p style="margin:0 0 20px">vlastný odstup</p>',
  '<a href="javascript:alert(1)">x</a>',
  '<p>x<br/><a href="https://a.sk"><table><tr><td>y</td></tr></table></a></p>',
  '<img src="x.png">',
  "<mjml><mj-body><mj-text>Ahoj</mj-text></mj-body></mjml>",
  "<p onclick='x'>y</p>",
  "<script>if (a < b) {}</script>",
  "</p>",
];

for (const html of FOREIGN) {
  test(`stays byte for byte: ${JSON.stringify(html)}`, () => {
    assert.equal(write(read(html)), html);
  });
}

test("only what is foreign becomes an island, with everything between", () => {
  const island = '<div class="x">1</div>\n\n<!-- medzi -->\n<div>2</div>';
  const html = `<p>pred</p>\n${island}\n<h2>za</h2>`;
  assert.deepEqual(kinds(html), ["paragraph", "island", "heading"]);
  assert.equal(read(html).child(1).attrs.html, island);
  assert.equal(write(read(html)), html);
});

test("plain text is a paragraph, nothing is an empty one", () => {
  assert.equal(write(read("Dobrý deň & dovidenia")), "<p>Dobrý deň &amp; dovidenia</p>");
  assert.equal(write(read("")), "");
  assert.equal(write(read(" \n ")), "");
});

test("a loop around rows stays around its rows", () => {
  const html =
    '<table border="1"><tbody><tr><th>Tovar</th></tr>{% for item in record.items %}<tr><td>{{ item.name }}</td></tr>{% endfor %}</tbody></table>';
  const table = read(html).firstChild!;
  assert.deepEqual([table.child(1).attrs.before, table.child(1).attrs.after], ["{% for item in record.items %}", "{% endfor %}"]);
  assert.equal(write(read(html)), html);
});

test("conditions between blocks stay between blocks, those inside a line inside the line", () => {
  const html = '{% if contact.vip %}\n<p>Vážený {% if a < b %}klient{% else %}pán{% endif %}</p>\n{% endif %}';
  assert.deepEqual(kinds(html), ["merge_block", "paragraph", "merge_block"]);
  assert.equal(write(read(html)), html);
});

test("fields are read however they are spaced and written one way", () => {
  const field = { path: "record.due", filter: 'date("d. M. yyyy") | upper', fallback: 'nie "je"' };
  assert.deepEqual(readField(String.raw`{{record.due|date("d. M. yyyy")|upper|fallback('nie "je"')}}`), field);
  assert.deepEqual(readField(writeField(field)), field);
  for (const code of ["{{ 1 + 2 }}", "{% if x %}", "{{ a b }}", "{{ a | b( }}", "{{ a || b }}", "{{- a -}}"]) {
    assert.equal(readField(code), null, code);
  }
});

test("braces around an element are no merge code", () => {
  assert.equal(codeEnd("{{ <b>a</b> }}", 0), undefined);
  assert.equal(codeEnd("{{ 'a > b' }}", 0), 13);
  assert.equal(codeEnd("{{ nekoniec", 0), undefined);
});

test("tokens cover the text without gaps", () => {
  const html = '<!doctype html><p title="{{ a | f("b>c") }}" x=y>Text &amp; {{ a }}<br/><!-- x --></p><style>a>b{}</style>{% x %}<3';
  let at = 0;
  for (const { from, to } of scan(html)) {
    assert.equal(from, at);
    at = to;
  }
  assert.equal(at, html.length);
});

test("a text full of beginnings is read in time", () => {
  for (const begin of ["{{", "<", "<a ", "<!--", "{% '", '<a b="{{', "<style>"]) {
    const html = begin.repeat(20_000);
    assert.equal(write(read(html)).replaceAll(/&lt;/g, "<").replace(/^<p>|<\/p>$/g, ""), html);
  }
});

test("links lead only where a mail may lead", () => {
  for (const good of ["https://a.sk", "HTTP://A.SK", "mailto:a@b.sk", "tel:+421", "#dolu", "{{ links.web }}"]) {
    assert.ok(isSafeAddress(good), good);
  }
  for (const bad of ["javascript:x", "java\nscript:x", "\u0001javascript:x", "data:text/html,x", "vbscript:x", "file:///etc", "relative", "//a.sk", ""]) {
    assert.ok(!isSafeAddress(bad), bad);
  }
  assert.ok(isSafePicture("cid:a@b") && isSafePicture("data:image/png;base64,AA") && !isSafePicture("data:image/svg+xml;base64,AA"));
});

test("a typed address is completed", () => {
  const cases: [string, string | null][] = [
    ["www.firma.sk", "https://www.firma.sk"],
    ["firma.sk/akcia?a=1", "https://firma.sk/akcia?a=1"],
    ["eva@firma.sk", "mailto:eva@firma.sk"],
    ["+421 905 123 456", "tel:+421905123456"],
    ["https://a.sk", "https://a.sk"],
    ["{{ links.web }}", "{{ links.web }}"],
    ["firma.sk:8080/a", "https://firma.sk:8080/a"],
    ["javascript:alert(1)", null],
    ["dve slová", null],
    ["", null],
  ];
  for (const [typed, address] of cases) {
    assert.equal(readAddress(typed), address, typed);
  }
});
