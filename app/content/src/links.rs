//! The links of a mail: which ones lead into the web, and led elsewhere for a while.

use std::ops::Range;

use crate::html::entities::{Place, decode};
use crate::html::purify::address;
use crate::html::tokens::{Tag, Token, Tokens};

/// Where the links of HTML lead into the web, each once in the order of their appearance. What holds merge code leads elsewhere for
/// everybody and is left out.
pub fn addresses(html: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    walk(html, 0, &mut |it, _| {
        if let Some((address, _)) = target(it, html)
            && !address.contains("{{")
            && !address.contains("{%")
            && !found.contains(&address)
        {
            found.push(address);
        }
    });
    found
}

/// Leads links elsewhere: those for whose address `to` gives another one. All else stays byte for byte.
pub fn lead(html: &str, mut to: impl FnMut(&str) -> Option<String>) -> String {
    let mut cuts: Vec<(Range<usize>, String)> = Vec::new();
    walk(html, 0, &mut |it, _| {
        if let Some((address, place)) = target(it, html)
            && let Some(other) = to(&address)
        {
            cuts.push((place, crate::plain::escape(&other)));
        }
    });
    cut(html, cuts)
}

/// Puts a picture that nobody sees at the end of a document.
pub fn with_picture(html: &str, address: &str) -> String {
    let at = html.to_ascii_lowercase().rfind("</body>").unwrap_or(html.len());
    let (before, behind) = html.split_at(at);
    let address = crate::plain::escape(address);
    format!("{before}<img src=\"{address}\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">\n{behind}")
}

/// Takes out the pictures whose addresses begin like this, each with the line end behind it.
pub fn without_pictures(html: &str, beginning: &str) -> String {
    let mut cuts: Vec<(Range<usize>, String)> = Vec::new();
    walk(html, 0, &mut |it, tag| {
        let source = it.attributes.iter().find(|it| it.name == "src");
        let is_one = it.name == "img" && source.is_some_and(|it| decode(it.value, Place::Attribute).starts_with(beginning));
        if is_one {
            let end = if html[tag.end..].starts_with('\n') { tag.end + 1 } else { tag.end };
            cuts.push((tag.start..end, String::new()));
        }
    });
    cut(html, cuts)
}

/// Goes over all start tags, also those that only Outlook reads because they stand in a comment.
fn walk(html: &str, base: usize, each: &mut dyn FnMut(&Tag<'_>, Range<usize>)) {
    let mut tokens = Tokens::of(html);
    while let Some(token) = tokens.next() {
        let range = tokens.range();
        match token {
            Token::Start(tag) => each(&tag, base + range.start..base + range.end),
            Token::Comment(inside) if inside.trim_start().starts_with("[if") => {
                let at = range.start + html[range].find(inside).unwrap_or_default();
                walk(inside, base + at, each);
            }
            _ => {}
        }
    }
}

/// Where a link leads in the web, and the bytes of the document that say so.
fn target(tag: &Tag<'_>, html: &str) -> Option<(String, Range<usize>)> {
    if !matches!(tag.name.as_str(), "a" | "area" | "v:roundrect" | "v:rect" | "v:shape") {
        return None;
    }
    let href = tag.attributes.iter().find(|it| it.name == "href")?;
    let address = address::link(&decode(href.value, Place::Attribute))?;
    let scheme = address.split_once("://")?.0.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    // The value is a part of the document itself, so its place is the distance of both.
    let start = (href.value.as_ptr() as usize).checked_sub(html.as_ptr() as usize)?;
    Some((address, start..start + href.value.len()))
}

fn cut(html: &str, cuts: Vec<(Range<usize>, String)>) -> String {
    let (mut done, mut at) = (String::with_capacity(html.len()), 0);
    for (range, with) in cuts {
        done.push_str(&html[at..range.start]);
        done.push_str(&with);
        at = range.end;
    }
    done.push_str(&html[at..]);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "<p><a href=\"https://a.sk/?x=1&amp;y=2\">A</a> <a href='mailto:b@a.sk'>B</a> <a href=\"#c\">C</a>\
        <a class=x href=https://a.sk/d>D</a><a href=\"{{ contact.web }}\">E</a><a href=\"https://a.sk/{{ contact.id }}\">F</a></p>\
        <!--[if mso]><v:roundrect href=\"https://a.sk/d\">D</v:roundrect><![endif]--><!-- <a href=\"https://a.sk/g\"> -->";

    #[test]
    fn only_what_leads_everybody_to_one_place_in_the_web_is_found() {
        assert_eq!(addresses(MAIL), ["https://a.sk/?x=1&y=2", "https://a.sk/d"]);
    }

    #[test]
    fn links_are_led_elsewhere_and_back_and_nothing_else_changes() {
        let there = lead(MAIL, |it| (!it.contains("{{")).then(|| format!("https://p.sk/{}", it.len())));
        assert_eq!(there.matches("https://p.sk/").count(), 3);
        assert!(
            there.contains("<a class=x href=https://p.sk/14>") && there.contains("roundrect href=\"https://p.sk/14\""),
            "{there}"
        );
        let back = lead(&there, |it| {
            let other = match it.strip_prefix("https://p.sk/")? {
                "14" => "https://a.sk/d",
                _ => "https://a.sk/?x=1&y=2",
            };
            Some(other.to_owned())
        });
        assert_eq!(back, MAIL);
    }

    #[test]
    fn a_picture_comes_to_the_end_and_goes_again() {
        let html = "<html><body class=\"a\">Áno</BODY></html>";
        let with = with_picture(html, "https://p.sk/open/x");
        assert!(with.contains("Áno<img src=\"https://p.sk/open/x\" ") && with.ends_with("</BODY></html>"), "{with}");
        assert_eq!(without_pictures(&with, "https://p.sk/open/"), html);
        assert_eq!(without_pictures(&with, "https://q.sk/"), with);
    }
}
