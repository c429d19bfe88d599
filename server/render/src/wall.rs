//! The second reader: what our own reading let through is read once more by a parser that nobody here wrote, and by a list of what is
//! never shown. If the two ever read a trick differently, one of them still takes it out.

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};

use crate::Error;

/// Elements that run, load, ask or redirect.
const NEVER: [&str; 24] = [
    "applet", "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "input", "link", "math", "noscript",
    "object", "option", "portal", "script", "select", "source", "svg", "template", "textarea", "track", "video",
];

/// Attributes whose value is an address that a click or the page itself goes to.
const ADDRESSES: [&str; 9] = ["action", "background", "cite", "data", "formaction", "href", "poster", "src", "xlink:href"];

/// Takes out of screened HTML what may never be in it.
///
/// # Errors
/// Fails with [`Error::TooLarge`] when the second reader runs out of its memory.
pub(crate) fn read_again(html: &str) -> Result<String, Error> {
    let settings = RewriteStrSettings::new().append_element_content_handler(element!("*", |it| {
        judge(it);
        Ok(())
    }));
    rewrite_str(html, settings).map_err(|_| Error::TooLarge)
}

fn judge(element: &mut Element<'_, '_>) {
    let name = element.tag_name();
    // The head of our own page names its charset and says that no address is passed on.
    let redirects = name == "meta" && element.has_attribute("http-equiv");
    if NEVER.contains(&name.as_str()) || redirects {
        element.remove();
        return;
    }
    let harmful: Vec<String> =
        element.attributes().iter().filter(|it| is_harmful(&it.name(), &it.value())).map(|it| it.name()).collect();
    for name in harmful {
        element.remove_attribute(&name);
    }
}

/// Event handlers, whole documents in an attribute, and addresses that run code.
fn is_harmful(name: &str, value: &str) -> bool {
    name.starts_with("on") || matches!(name, "srcdoc" | "ping" | "srcset") || (ADDRESSES.contains(&name) && runs(value))
}

/// Whether an address runs code: browsers skip white space and control characters before and inside the scheme.
fn runs(address: &str) -> bool {
    let plain: String = address.chars().filter(|it| !it.is_whitespace() && !it.is_control()).take(24).collect();
    let plain = plain.to_ascii_lowercase();
    let is_picture = plain.starts_with("data:image/") && !plain.starts_with("data:image/svg");
    ["javascript:", "vbscript:", "data:"].iter().any(|it| plain.starts_with(it)) && !is_picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_first_reader_may_have_missed_is_taken_out() {
        for (html, left) in [
            ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
            ("<p onclick=\"x()\" title=\"y\">a</p>", "<p title=\"y\">a</p>"),
            ("<a href=\"java\tscript:x()\">a</a>", "<a>a</a>"),
            ("<img src=\"data:text/html,x\">", "<img>"),
            ("<meta http-equiv=\"refresh\" content=\"0\">a", "a"),
            ("<svg><a>x</a></svg><form>y</form>z", "z"),
        ] {
            assert_eq!(read_again(html).unwrap(), left, "{html}");
        }
    }

    #[test]
    fn what_is_harmless_stays_byte_for_byte() {
        let html = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><style>p{color:red}</style></head>\
                    <body><p class=\"a\">Dobrý <a href=\"https://firma.sk\" target=\"_blank\">deň</a>\
                    <img src=\"data:image/png;base64,AA==\" alt=\"\"></p></body></html>\n";
        assert_eq!(read_again(html).unwrap(), html);
    }
}
