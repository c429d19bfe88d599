//! The ways in which the body of a mail is written, and how one becomes another.

use content::blocks::{self, Block, Document, Kind, Text};
use content::mjml;
use model::{Language, TemplateBody};

use super::shown::Shown;

/// A way to write the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Like in a word processor.
    Text,
    /// As blocks.
    Blocks,
    /// As HTML.
    Source,
    /// As MJML.
    Mjml,
}

impl Way {
    /// All ways, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Text, Self::Blocks, Self::Source, Self::Mjml];

    /// The way in which a body is written now.
    pub fn of(body: &TemplateBody, shown: Shown) -> Self {
        match body {
            TemplateBody::Blocks(_) => Self::Blocks,
            TemplateBody::Mjml(_) => Self::Mjml,
            TemplateBody::Html(_) | TemplateBody::Sms(_) => match shown {
                Shown::Text => Self::Text,
                Shown::Source => Self::Source,
            },
        }
    }

    /// Its name in the page.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Source => "source",
            Self::Blocks => "blocks",
            Self::Mjml => "mjml",
        }
    }

    /// The way of that name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    /// The view of the editor, for the ways that are views of the same HTML.
    pub fn shown(self) -> Option<Shown> {
        match self {
            Self::Text => Some(Shown::Text),
            Self::Source => Some(Shown::Source),
            Self::Blocks | Self::Mjml => None,
        }
    }
}

/// The body in another way, written in a language; nothing when what stands in it is too wrong for that, or there is no way.
///
/// Text becomes a block of text, and one of MJML; blocks become MJML, and both become HTML. There is no way from MJML to blocks.
pub fn convert(body: &TemplateBody, to: Way, language: Language) -> Option<TemplateBody> {
    let language = language.into();
    if body.source().trim().is_empty() {
        return Some(match to {
            Way::Text | Way::Source => TemplateBody::Html(String::new()),
            Way::Blocks => TemplateBody::Blocks(String::new()),
            Way::Mjml => blocks::to_mjml(&of_text(String::new()), language).ok().map(|it| TemplateBody::Mjml(it.source))?,
        });
    }
    Some(match (body, to) {
        (TemplateBody::Html(html), Way::Text | Way::Source) => TemplateBody::Html(html.clone()),
        (TemplateBody::Html(html), _) if is_page(html) => return None,
        (TemplateBody::Html(html), Way::Blocks) => {
            let document = of_text(html.clone());
            let is_right = blocks::check(&document).is_empty();
            is_right.then(|| TemplateBody::Blocks(blocks::write(&document)))?
        }
        (TemplateBody::Html(html), Way::Mjml) => {
            TemplateBody::Mjml(blocks::to_mjml(&of_text(html.clone()), language).ok()?.source)
        }
        (TemplateBody::Blocks(json), Way::Mjml) => {
            TemplateBody::Mjml(blocks::to_mjml(&blocks::read(json).ok()?, language).ok()?.source)
        }
        (TemplateBody::Blocks(json), Way::Text | Way::Source) => {
            TemplateBody::Html(blocks::to_html(&blocks::read(json).ok()?, language).ok()?.1.html)
        }
        (TemplateBody::Mjml(source), Way::Text | Way::Source) => TemplateBody::Html(mjml::to_html(source).ok()?.html),
        (TemplateBody::Blocks(_), Way::Blocks) | (TemplateBody::Mjml(_), Way::Mjml) => body.clone(),
        (TemplateBody::Mjml(_), Way::Blocks) | (TemplateBody::Sms(_), _) => return None,
    })
}

/// A document with one block of text.
fn of_text(html: String) -> Document {
    let block = Block { id: 1, is: Kind::Text(Text { html }) };
    Document { blocks: vec![block], ..Document::default() }
}

/// Whether HTML is a whole page, whose layout is its own.
fn is_page(html: &str) -> bool {
    let small = html.to_ascii_lowercase();
    ["<html", "<body", "<!doctype"].iter().any(|it| small.contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(body: &TemplateBody, to: Way) -> Option<TemplateBody> {
        convert(body, to, Language::Sk)
    }

    #[test]
    fn text_goes_through_blocks_and_mjml_into_html() {
        let text = TemplateBody::Html("<p>Dobrý deň, {{ contact.name | fallback(\"x\") }}</p>".into());
        let blocks = turned(&text, Way::Blocks).unwrap();
        let mjml = turned(&blocks, Way::Mjml).unwrap();
        assert_eq!(turned(&text, Way::Mjml), Some(mjml.clone()));
        let html = turned(&mjml, Way::Source).unwrap();
        assert_eq!(turned(&blocks, Way::Text), Some(html.clone()));
        assert!(html.source().contains(text.source()));
    }

    #[test]
    fn there_is_no_way_back_from_mjml_and_none_for_whole_pages() {
        let mjml = turned(&TemplateBody::Html("<p>x</p>".into()), Way::Mjml).unwrap();
        assert_eq!(turned(&mjml, Way::Blocks), None);
        assert_eq!(turned(&TemplateBody::Html("<html><body>x</body></html>".into()), Way::Blocks), None);
        assert_eq!(turned(&TemplateBody::Html("<p>".into()), Way::Blocks), None);
        assert_eq!(turned(&TemplateBody::Blocks("nonsense".into()), Way::Text), None);
    }

    #[test]
    fn nothing_written_can_be_begun_in_every_way() {
        let nothing = TemplateBody::Html(String::new());
        for way in Way::ALL {
            let begun = turned(&nothing, way).unwrap();
            assert_eq!(Way::of(&begun, way.shown().unwrap_or_default()), way);
            assert_eq!(Way::from_key(way.key()), Some(way));
        }
        assert!(mjml::to_html(turned(&nothing, Way::Mjml).unwrap().source()).is_ok());
    }
}
