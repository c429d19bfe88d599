//! One e-mail: a complete HTML document that mail programs understand, and its plain text.

use crate::html::purify::{Medium, Pure, purify};
use crate::html::{Error, Pictures, RemotePictures, Removed, from_html};
use crate::{plain, signature};

/// What a person wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content<'a> {
    /// The subject line.
    pub subject: &'a str,
    /// The body.
    pub body: Body<'a>,
    /// The signature as plain text; empty for none.
    pub signature: &'a str,
    /// The language of the text as a tag of BCP 47: `sk`, `cs`, `en`.
    pub language: &'a str,
}

/// The body in one of the two ways to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body<'a> {
    /// Plain text with paragraphs, lists and links.
    Text(&'a str),
    /// HTML: a fragment, which is put into a column, or a whole document, which keeps its own layout. What runs or loads code is taken out.
    Html(&'a str),
}

/// What leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject on one line.
    pub subject: String,
    /// The complete HTML document.
    pub html: String,
    /// The plain text alternative, its lines ended by `\n`.
    pub text: String,
    /// What of the HTML does not leave, each kind once.
    pub removed: Vec<Removed>,
}

/// Renders one e-mail.
///
/// # Errors
/// Fails with [`Error::TooLarge`] when an HTML body is larger than 32 MiB.
pub fn email(content: &Content<'_>) -> Result<Rendered, Error> {
    let subject = one_line(content.subject);
    let (pure, words, scheme) = match content.body {
        Body::Text(text) => (dressed(text), tidy(text), "light dark"),
        // The colours of the author were chosen for white paper.
        Body::Html(html) => (purify(html, Medium::Mail, as_written())?, from_html(html)?, "light"),
    };
    let page = Page { pure: &pure, subject: &subject, signature: content.signature, language: content.language, scheme };
    let html = page.html();
    let text = signature::append(&words, &tidy(content.signature));
    Ok(Rendered { subject, html, text, removed: pure.removed })
}

/// The fonts of the reader's system; Outlook on Windows takes Arial by the rule in the head.
const FONT: &str = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/// In the dark the page turns with the reader's system; Outlook's own switch is named `data-ogsc`.
const DARK: &str = "@media (prefers-color-scheme:dark){\
    .page{background-color:#1b1b1b!important}.words{color:#ececec!important}.words a{color:#8ab4f8!important}.quiet{color:#b3b3b3!important}}\
    [data-ogsc] .words{color:#ececec!important}[data-ogsc] .words a{color:#8ab4f8!important}[data-ogsc] .quiet{color:#b3b3b3!important}";

struct Page<'a> {
    pure: &'a Pure,
    subject: &'a str,
    signature: &'a str,
    language: &'a str,
    scheme: &'a str,
}

impl Page<'_> {
    fn html(&self) -> String {
        let language: String = self.language.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').collect();
        let title = plain::escape(self.subject);
        let (head, body) = (self.head(), self.body());
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"{scheme}\">\n<meta name=\"supported-color-schemes\" content=\"{scheme}\">\n\
             <meta name=\"format-detection\" content=\"telephone=no, date=no, address=no\">\n\
             <meta name=\"x-apple-disable-message-reformatting\">\n<title>{title}</title>\n{head}</head>\n{body}</html>\n",
            scheme = self.scheme,
        )
    }

    fn head(&self) -> String {
        let mut head = String::new();
        if self.scheme.contains("dark") {
            head.push_str(&format!("<style>:root{{color-scheme:light dark;supported-color-schemes:light dark}}{DARK}</style>\n"));
        }
        if !self.pure.is_document {
            head.push_str("<!--[if mso]><style>p,li,td{font-family:Arial,sans-serif!important}</style><![endif]-->\n");
        }
        if !self.pure.styles.trim().is_empty() {
            head.push_str(&format!("<style>\n{}\n</style>\n", self.pure.styles.trim()));
        }
        if !self.pure.head.is_empty() {
            head.push_str(&format!("{}\n", self.pure.head));
        }
        head
    }

    fn body(&self) -> String {
        let (words, signature) = (self.pure.body.trim(), self.signed());
        if self.pure.is_document {
            return format!("<body{}>\n{words}\n{signature}</body>\n", self.pure.attributes);
        }
        // Outlook on Windows knows no max-width: the comments give it a column of its own.
        format!(
            "<body class=\"page\" style=\"margin:0;padding:0;background-color:#ffffff;-webkit-text-size-adjust:100%\">\n\
             <table role=\"presentation\" class=\"page\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
             style=\"background-color:#ffffff\">\n<tr><td align=\"center\" style=\"padding:24px 16px\">\n\
             <!--[if mso]><table role=\"presentation\" width=\"640\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td><![endif]-->\n\
             <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"max-width:640px\">\n\
             <tr><td class=\"words\" align=\"left\" style=\"{FONT};font-size:16px;line-height:1.5;color:#1a1a1a;text-align:left;\
             word-break:break-word\">\n{words}\n{signature}</td></tr>\n</table>\n\
             <!--[if mso]></td></tr></table><![endif]-->\n</td></tr>\n</table>\n</body>\n"
        )
    }

    fn signed(&self) -> String {
        let signature = dress(&plain::to_html(self.signature.trim()));
        if signature.is_empty() {
            return String::new();
        }
        format!(
            "<div class=\"quiet\" style=\"{FONT};font-size:14px;line-height:1.5;color:#5f6368;margin-top:24px\">\n{signature}</div>\n"
        )
    }
}

fn dressed(text: &str) -> Pure {
    Pure { body: dress(&plain::to_html(text)), ..Pure::default() }
}

/// Gives the bare tags of `plain::to_html` their inline styles: mail programs differ in their defaults, and text is escaped, so that a tag
/// is always one of ours.
fn dress(html: &str) -> String {
    html.replace("<p>", "<p style=\"margin:0 0 16px\">")
        .replace("<ul>", "<ul style=\"margin:0 0 16px;padding:0 0 0 24px\">")
        .replace("<li>", "<li style=\"margin:0 0 4px\">")
        .replace("<a href=", "<a style=\"color:#0b57d0\" href=")
}

/// Pictures of a leaving mail stay as they were put in.
fn as_written() -> Pictures<'static> {
    Pictures { remote: RemotePictures::Shown, inline: &|id| Some(format!("cid:{id}")) }
}

/// A subject is a header field: line ends and other controls become blanks.
fn one_line(text: &str) -> String {
    text.split(|it: char| it.is_whitespace() || it.is_control()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Plain text with `\n` as its only line end, without controls and without blanks at the ends of lines.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> =
        text.lines().map(|line| line.trim_end().chars().filter(|it| !it.is_control() || *it == '\t').collect()).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
