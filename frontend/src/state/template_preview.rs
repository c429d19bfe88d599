//! A template as one person will see it: merged and drawn in the browser by the code that the server uses.

use content::html::{Pictures, RemotePictures, screened};
use content::letter::{self, Letter, Unfillable};
use content::mail::{Body, Content, email};
use content::payment;
use model::{MergeField, MergeValues, TemplateBody, TemplateDraft, TemplateFault, TemplateText, UnresolvedField};

/// What the preview shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// The subject; empty for a text message.
    pub subject: String,
    /// What mail programs show behind the subject; may be empty.
    pub preheader: String,
    /// The mail as a document for the frame; nothing for a text message.
    pub page: Option<String>,
    /// The HTML that leaves.
    pub html: String,
    /// The plain text, or the text message.
    pub text: String,
    /// What the HTML and the plain text weigh together, in bytes.
    pub size: usize,
    /// The fields without a value.
    pub unresolved: Vec<UnresolvedField>,
}

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Undrawn {
    /// The merge code is wrong.
    Faults(Vec<TemplateFault>),
    /// It would be too long.
    TooLong,
}

/// How the mail is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether pictures on other machines are shown.
    pub remote: bool,
    /// Whether no picture at all is shown, as many programs do at first.
    pub no_pictures: bool,
}

/// Draws a text for the values of one recipient; `picture` gives the address under which a picture inside the mail may be shown.
///
/// # Errors
/// Lists what is wrong with the merge code, or says that the mail would be too long.
pub fn draw(
    draft: &TemplateDraft,
    text: &TemplateText,
    fields: &[MergeField],
    values: &MergeValues,
    look: Look,
    picture: &dyn Fn(&str) -> Option<String>,
) -> Result<Drawn, Undrawn> {
    let letter = Letter::compile(text, &letter::catalogue(fields)).map_err(Undrawn::Faults)?;
    let filled = letter.fill(&letter::values(values), letter::diacritics(draft)).map_err(|it| match it {
        Unfillable::TooLong | Unfillable::TooMuchWork => Undrawn::TooLong,
    })?;
    let mut drawn = Drawn {
        subject: filled.subject,
        preheader: filled.preheader,
        unresolved: once_each(filled.unresolved),
        ..Drawn::default()
    };
    if matches!(text.body, TemplateBody::Sms(_)) {
        drawn.size = filled.text.len();
        drawn.text = filled.text;
        return Ok(drawn);
    }
    let content =
        Content { subject: &drawn.subject, body: Body::Html(&filled.html), signature: "", language: text.language.code() };
    let mail = email(&content).map_err(|_| Undrawn::TooLong)?;
    drawn.page = Some(paper(&mail.html, look, picture).ok_or(Undrawn::TooLong)?);
    drawn.size = mail.html.len() + filled.text.len();
    drawn.html = mail.html;
    drawn.text = filled.text;
    Ok(drawn)
}

/// Every missing value once, however often the texts show it.
pub(super) fn once_each(all: Vec<UnresolvedField>) -> Vec<UnresolvedField> {
    let mut kept: Vec<UnresolvedField> = Vec::new();
    for it in all {
        if !kept.iter().any(|known| (&known.path, known.row, known.reason) == (&it.path, it.row, it.reason)) {
            kept.push(it);
        }
    }
    kept
}

/// The document for the frame: harmless, with what is missing marked. Nothing when the mail is too large.
pub fn paper(html: &str, look: Look, picture: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let inline = |cid: &str| if look.no_pictures { None } else { payment::shown(cid).or_else(|| picture(cid)) };
    let remote = if look.remote && !look.no_pictures { RemotePictures::Shown } else { RemotePictures::Blocked };
    let screened = screened(html, Pictures { remote, inline: &inline }).ok()?;
    Some(marked(&screened.html))
}

/// Marks what is missing where it stands in the text; in attributes it stays as it is.
fn marked(html: &str) -> String {
    const MARK: &str = "<mark style=\"background:#ffd76a;color:#3a2a00;border-radius:3px;padding:0 2px\">";
    let (head, body) = html.split_at(html.find("<body").unwrap_or(0));
    let mut marked = String::with_capacity(html.len() + 256);
    marked.push_str(head);
    let mut is_tag = false;
    for letter in body.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            '⟦' if !is_tag => marked.push_str(MARK),
            _ => {}
        }
        marked.push(letter);
        if letter == '⟧' && !is_tag {
            marked.push_str("</mark>");
        }
    }
    marked
}

#[cfg(test)]
mod tests {
    use model::{Channel, Language, MergeValue};

    use super::*;

    fn field(path: &str) -> MergeField {
        MergeField { path: path.into(), ..MergeField::default() }
    }

    fn text(subject: &str, html: &str) -> TemplateText {
        TemplateText {
            subject: subject.into(),
            body: TemplateBody::Html(html.into()),
            ..TemplateText::empty(Language::Sk, Channel::Email)
        }
    }

    fn drawn(text: &TemplateText, values: &MergeValues) -> Result<Drawn, Undrawn> {
        let fields = [field("contact.name"), field("contact.town")];
        draw(&TemplateDraft::default(), text, &fields, values, Look::default(), &|cid| Some(format!("/pictures/{cid}")))
    }

    #[test]
    fn a_mail_is_drawn_with_the_values_and_what_is_missing_is_marked() {
        let mut values = MergeValues::default();
        values.set("contact.name", MergeValue::Text("Eva <b>".into()));
        let body = "<p>{{ contact.name }} z {{ contact.town }}</p><p>{{ contact.town }}</p>";
        let it = drawn(&text("Pre {{ contact.name }}", body), &values).unwrap();
        assert_eq!(it.subject, "Pre Eva <b>");
        let page = it.page.unwrap();
        assert!(page.contains("Eva &lt;b&gt; z <mark"), "{page}");
        assert!(page.contains("⟦contact.town⟧</mark>"));
        assert!(it.text.contains("Eva <b> z ⟦contact.town⟧"));
        assert_eq!(it.unresolved.len(), 1);
    }

    #[test]
    fn a_wrong_field_is_told_instead_of_a_mail() {
        let Err(Undrawn::Faults(faults)) = drawn(&text("a", "<p>{{ contact.nme }}</p>"), &MergeValues::default()) else {
            panic!()
        };
        assert_eq!(faults[0].suggestion.as_deref(), Some("contact.name"));
    }

    #[test]
    fn pictures_inside_are_shown_from_our_own_machine_and_others_only_on_demand() {
        let html = "<p><img src=\"cid:a\" alt=\"x\"><img src=\"https://x.example/p.png\" alt=\"y\"></p>";
        let shown = |look| paper(html, look, &|cid| Some(format!("/pictures/{cid}"))).unwrap();
        assert!(shown(Look::default()).contains("/pictures/a") && !shown(Look::default()).contains("https://x.example"));
        assert!(shown(Look { remote: true, no_pictures: false }).contains("https://x.example/p.png"));
        assert!(!shown(Look { remote: true, no_pictures: true }).contains("/pictures/a"));
    }

    #[test]
    fn nothing_in_an_attribute_is_marked() {
        assert_eq!(marked("<html><body><a title=\"⟦a⟧\">⟦b⟧</a>").matches("<mark").count(), 1);
    }
}
