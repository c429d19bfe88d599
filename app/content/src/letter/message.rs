//! A message that is being written, as a text that is filled like those of templates.

use model::{Channel, Language, MessageBody, MessageDraft, PlainText, TemplateBody, TemplateText};

use crate::plain;

/// What an e-mail says in the language in which it is filled.
pub fn of_message(draft: &MessageDraft, language: Language) -> TemplateText {
    let (body, plain) = match &draft.body {
        MessageBody::Html(html) => (html.clone(), PlainText::Made),
        MessageBody::Text(text) => (String::new(), PlainText::Own(text.clone())),
    };
    TemplateText {
        subject: draft.subject.clone(),
        preheader: draft.preheader.clone(),
        body: TemplateBody::Html(body),
        plain,
        ..TemplateText::empty(language, Channel::Email)
    }
}

/// Plain text with merge code as HTML that says the same: made as `plain::to_html` does, with the code as it stands.
pub fn as_html(text: &str) -> String {
    let text: String = text.chars().filter(|it| !matches!(*it, OPEN | CLOSE)).collect();
    let (mut masked, mut codes, mut rest) = (String::with_capacity(text.len()), Vec::new(), text.as_str());
    while let Some((start, end)) = code(rest) {
        masked.push_str(&rest[..start]);
        masked.push_str(&format!("{OPEN}{}{CLOSE}", codes.len()));
        codes.push(&rest[start..end]);
        rest = &rest[end..];
    }
    masked.push_str(rest);
    let mut html = plain::to_html(&masked);
    for (n, code) in codes.iter().enumerate() {
        html = html.replace(&format!("{OPEN}{n}{CLOSE}"), code);
    }
    html
}

/// Letters for private use, which stand around the number of a piece of code while the text is turned.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// The next piece of merge code.
fn code(text: &str) -> Option<(usize, usize)> {
    let start =
        text.match_indices('{').map(|it| it.0).find(|at| text[*at..].starts_with("{{") || text[*at..].starts_with("{%"))?;
    let end = if text[start..].starts_with("{{") { "}}" } else { "%}" };
    Some((start, start + text[start..].find(end)? + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_as_it_is_when_a_text_becomes_html() {
        let text = "{{ contact.name | fallback(\"<priateľ>\") }},\n\n- <b>\n{% if x %} {{ a";
        let html =
            "<p>{{ contact.name | fallback(\"<priateľ>\") }},</p>\n<ul>\n<li>&lt;b&gt;</li>\n</ul>\n<p>{% if x %} {{ a</p>\n";
        assert_eq!(as_html(text), html);
        assert_eq!(as_html("a\u{e000}0\u{e001}{{ b }}"), "<p>a0{{ b }}</p>\n");
    }
}
