// Sends letters by a pool of connections: port, how many letters, how many connections.
const nodemailer = require("nodemailer");

const [port, n, connections] = process.argv.slice(1).map(Number);
const pool = nodemailer.createTransport({
  host: "127.0.0.1",
  port,
  ignoreTLS: true,
  pool: true,
  maxConnections: connections,
  maxMessages: Infinity,
});

function letter(i) {
  const name = `Žofia Šťastná ${i}`;
  let html = `<html><body><h1>Vážená pani ${name}</h1>`;
  for (let row = 0; row < 6; row++) html += `<tr><td>Položka ${row}</td><td>${i + row},50 €</td></tr>`;
  while (Buffer.byteLength(html) < 20000) {
    html += '<p style="margin:0 0 12px">Dovoľujeme si Vám ponúknuť smrekové rezivo najvyššej kvality.</p>\n'.repeat(10);
  }
  html += `<p>Číslo ponuky ${i}, platí pre ${name}.</p></body></html>`;
  return {
    from: "Firma <obchod@firma.sk>",
    to: `osoba${i}@firma${i % 5000}.sk`,
    messageId: `<sprava${i}@firma.sk>`,
    subject: `Ponuka ${i} pre Vás`,
    text: `Vážená pani ${name},\nposielame Vám ponuku číslo ${i}.`,
    html,
  };
}

// The pool is kept fed, and not flooded.
let next = 0;
async function feed() {
  while (next < n) await pool.sendMail(letter(next++));
}
Promise.all(Array.from({ length: connections * 4 }, feed)).then(() => pool.close());
