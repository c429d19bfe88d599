/** Which addresses links and pictures of a mail may have. */

const LINKS = new Set(["http:", "https:", "mailto:", "tel:", "sms:"]);
const PICTURES = new Set(["http:", "https:", "cid:"]);
const DATA_PICTURE = /^data:image\/(png|jpe?g|gif|webp);base64,/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const HAS_CODE = /\{\{|\{%/;

/** Takes away what browsers overlook inside an address (WHATWG URL §4.4). */
function tidy(address: string): string {
  return address.replaceAll(/[\u0000-\u001f\u007f\u00a0\u200b-\u200f\u2028-\u202e\ufeff]/g, "").trim();
}

/** Whether a link of a mail may lead there. An address that begins with merge code is checked when its value is known. */
export function isSafeAddress(address: string): boolean {
  const text = tidy(address);
  const scheme = SCHEME.exec(text)?.[0].toLowerCase();
  return scheme === undefined ? text.startsWith("#") || HAS_CODE.test(text.slice(0, 2)) : LINKS.has(scheme);
}

/** Whether a picture of a mail may come from there. */
export function isSafePicture(address: string): boolean {
  const text = tidy(address);
  const scheme = SCHEME.exec(text)?.[0].toLowerCase();
  return scheme === undefined ? HAS_CODE.test(text.slice(0, 2)) : PICTURES.has(scheme) || DATA_PICTURE.test(text);
}

/** Makes an address out of what somebody typed; nothing when no link may lead there. */
export function readAddress(typed: string): string | null {
  const text = tidy(typed);
  if (text === "") {
    return null;
  }
  if (SCHEME.test(text) && !/^[\w.-]+\.[a-z]{2,}:\d+/i.test(text)) {
    return isSafeAddress(text) ? text : null;
  }
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) {
    return `mailto:${text}`;
  }
  if (/^(\+|00)\d[\d\s()/-]{5,}$/.test(text)) {
    return `tel:${text.replaceAll(/[^\d+]/g, "")}`;
  }
  if (/^([\p{L}\p{N}-]+\.)+\p{L}{2,}([/:?#]|$)/u.test(text)) {
    return `https://${text}`;
  }
  return isSafeAddress(text) ? text : null;
}
