/** The HTML part of a mail as it left (RFC 2045, RFC 2046). */
export function htmlPart(source: string): string {
  const found = parts(source.replaceAll("\r\n", "\n")).find(({ head }) => /^content-type:\s*text\/html/im.test(head));
  if (!found) {
    throw new Error("the mail has no HTML part");
  }
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(found.head)?.[1]?.toLowerCase();
  switch (encoding) {
    case "base64":
      return Buffer.from(found.body, "base64").toString("utf8");
    case "quoted-printable":
      return quoted(found.body);
    default:
      return found.body;
  }
}

interface Part {
  head: string;
  body: string;
}

/** All parts without parts of their own. */
function parts(entity: string): Part[] {
  const end = entity.indexOf("\n\n");
  const head = entity.slice(0, end).replaceAll(/\n[ \t]+/g, " ");
  const body = entity.slice(end + 2);
  const boundary = /^content-type:\s*multipart\/[^]*?boundary="?([^";\n]+)/im.exec(head)?.[1];
  if (!boundary) {
    return [{ head, body }];
  }
  const pieces = `\n${body}`.split(`\n--${boundary}`).slice(1).filter((it) => !it.startsWith("--"));
  return pieces.flatMap((it) => parts(it.slice(it.indexOf("\n") + 1)));
}

function quoted(text: string): string {
  const plain = text.replaceAll(/=\n/g, "").replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(plain, "latin1").toString("utf8");
}
