//! An e-mail that is being written, as its first recipient will see it: filled and drawn in the browser by the code that the server uses.

use content::letter::{self, Letter};
use content::mail::{Body, Content, email};
use content::merge::Diacritics;
use model::{MergeField, MessageDraft, MessageValues};

use super::template_preview::{Drawn, Look, Undrawn, once_each, paper};

/// Draws a message for the values of its first recipient; `picture` gives the address under which a picture inside it may be shown.
///
/// # Errors
/// Lists what is wrong with the merge code, or says that the mail would be too long.
pub fn draw(
    draft: &MessageDraft,
    signature: &str,
    fields: &[MergeField],
    known: &MessageValues,
    picture: &dyn Fn(&str) -> Option<String>,
) -> Result<Drawn, Undrawn> {
    let text = letter::of_message(draft, known.language);
    let compiled = Letter::compile(&text, &letter::catalogue(fields)).map_err(Undrawn::Faults)?;
    let filled = compiled.fill(&letter::values(&known.values), Diacritics::Keep).map_err(|_| Undrawn::TooLong)?;
    let body = if draft.body.html().is_some() { Body::Html(&filled.html) } else { Body::Text(&filled.text) };
    let content = Content { subject: &filled.subject, body, signature, language: known.language.code() };
    let mail = email(&content).map_err(|_| Undrawn::TooLong)?;
    Ok(Drawn {
        page: Some(paper(&mail.html, Look::default(), picture).ok_or(Undrawn::TooLong)?),
        size: mail.html.len() + mail.text.len(),
        subject: filled.subject,
        preheader: filled.preheader,
        html: mail.html,
        text: mail.text,
        unresolved: once_each(filled.unresolved),
    })
}

#[cfg(test)]
mod tests {
    use model::{Language, MergeValues, MessageBody};

    use super::*;

    fn drawn(body: MessageBody) -> Result<Drawn, Undrawn> {
        let fields = ["contact.name", "contact.town"].map(|it| MergeField { path: it.into(), ..MergeField::default() });
        let mut values = MergeValues::default();
        values.text("contact.name", "Eva <Nová>");
        let draft = MessageDraft { subject: "Pre {{ contact.name }}".into(), body, ..MessageDraft::default() };
        draw(&draft, "Adam", &fields, &MessageValues { language: Language::Sk, values }, &|_| None)
    }

    #[test]
    fn both_ways_of_writing_are_filled_and_signed() {
        for body in ["{{ contact.name }} <b>".into(), MessageBody::Html("<p>{{ contact.name }} &lt;b&gt;</p>".into())] {
            let it = drawn(body).unwrap();
            assert_eq!(it.subject, "Pre Eva <Nová>");
            let page = it.page.unwrap();
            assert!(page.contains("Eva &lt;Nová&gt; &lt;b&gt;") && page.contains("Adam"), "{page}");
        }
    }

    #[test]
    fn what_is_missing_is_marked_and_what_is_wrong_is_told() {
        let it = drawn("{{ contact.town }}".into()).unwrap();
        assert!(it.page.unwrap().contains("⟦contact.town⟧</mark>") && it.unresolved.len() == 1);
        assert!(matches!(drawn("{{ contact.x }}".into()), Err(Undrawn::Faults(_))));
    }
}
