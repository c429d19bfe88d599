//! The body of a text as HTML or text message, whatever form it is edited in, and the way back to what was typed.

use model::template::BlockFault;
use model::{MergeFault, TemplateBody, TemplateFault, TemplatePlace, TemplateText};

use super::data;
use crate::merge::{Catalogue, Fault, Language, Place, Spot, Template};
use crate::mjml;

/// How the places of a body lead back to what was typed.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// The body is what was typed.
    AsTyped,
    /// The body was made of this source.
    Of(String, mjml::Map),
}

impl Made {
    /// The place in what was typed.
    pub(super) fn back(&self, spot: &Spot) -> Spot {
        match self {
            Self::AsTyped => spot.clone(),
            Self::Of(source, map) => {
                let start = map.source(spot.range.start).unwrap_or_default();
                let end = map.source(spot.range.end).filter(|it| start <= *it).unwrap_or(start);
                Spot::of(source, start..end)
            }
        }
    }
}

/// Turns the body into HTML, if it is not yet, and compiles it.
pub(super) fn compile(text: &TemplateText, catalogue: &Catalogue) -> Result<(Template, Made), Vec<TemplateFault>> {
    let wrong = |it| data::fault(text.language, TemplatePlace::Body, it);
    let compile = |source: &str, place: Place, made: Made| {
        let language = Language::from(text.language);
        match Template::compile(source, place, catalogue, language) {
            Ok(template) => Ok((template, made)),
            Err(found) => Err(found.into_iter().map(|it| wrong(Fault { spot: made.back(&it.spot), ..it })).collect()),
        }
    };
    match &text.body {
        TemplateBody::Html(html) => compile(html, Place::Html, Made::AsTyped),
        TemplateBody::Sms(words) => compile(words, Place::Sms, Made::AsTyped),
        TemplateBody::Mjml(source) => {
            let broken =
                |it: mjml::Fault| wrong(Fault { kind: MergeFault::Mjml(it.kind), spot: it.spot, suggestion: it.suggestion });
            let made = mjml::to_html(source).map_err(|found| found.into_iter().map(broken).collect::<Vec<_>>())?;
            compile(&made.html, Place::Html, Made::Of(source.clone(), made.map))
        }
        TemplateBody::Blocks(_) => {
            Err(vec![wrong(Fault { kind: MergeFault::Block(BlockFault::Unreadable), spot: Spot::default(), suggestion: None })])
        }
    }
}
