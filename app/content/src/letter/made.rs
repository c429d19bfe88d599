//! The body of a text as HTML or text message, whatever form it is edited in, and the way back to what was typed.

use model::{MergeFault, TemplateBody, TemplateFault, TemplatePlace, TemplateText};

use super::data;
use crate::blocks::{self, Path};
use crate::merge::{Catalogue, Fault, Language, Place, Spot, Template};
use crate::mjml;

/// How the places of a body lead back to what was typed.
#[derive(Clone, Debug)]
pub(super) enum Made {
    /// The body is what was typed.
    AsTyped,
    /// The body was made of this MJML.
    OfMjml(String, mjml::Map),
    /// The body was made of MJML, and that of blocks.
    OfBlocks(blocks::Mjml, mjml::Map),
}

impl Made {
    /// The place in what was typed; of blocks only which block it is can be told.
    pub(super) fn back(&self, spot: &Spot) -> Spot {
        match self {
            Self::AsTyped => spot.clone(),
            Self::OfMjml(source, map) => {
                let start = map.source(spot.range.start).unwrap_or_default();
                let end = map.source(spot.range.end).filter(|it| start <= *it).unwrap_or(start);
                Spot::of(source, start..end)
            }
            Self::OfBlocks(..) => Spot::default(),
        }
    }

    /// The block that a place belongs to.
    fn block(&self, spot: &Spot) -> Path {
        match self {
            Self::OfBlocks(mjml, map) => map.source(spot.range.start).map(|it| mjml.block(it)).unwrap_or_default(),
            Self::AsTyped | Self::OfMjml(..) => Path::new(),
        }
    }
}

/// The body as HTML before it is filled; nothing of a text message, and where no HTML can be made.
pub(super) fn html(text: &TemplateText) -> Option<String> {
    match &text.body {
        TemplateBody::Html(html) => Some(html.clone()),
        TemplateBody::Sms(_) => None,
        TemplateBody::Mjml(source) => mjml::to_html(source).ok().map(|it| it.html),
        TemplateBody::Blocks(json) => {
            let document = blocks::read(json).ok()?;
            blocks::to_html(&document, Language::from(text.language)).ok().map(|it| it.1.html)
        }
    }
}

/// Turns the body into HTML, if it is not yet, and compiles it.
pub(super) fn compile(text: &TemplateText, catalogue: &Catalogue) -> Result<(Template, Made), Vec<TemplateFault>> {
    let language = Language::from(text.language);
    let wrong = |it| data::fault(text.language, TemplatePlace::Body, it);
    let compile = |source: &str, place: Place, made: Made| match Template::compile(source, place, catalogue, language) {
        Ok(template) => Ok((template, made)),
        Err(found) => {
            let back =
                |it: Fault| TemplateFault { block: made.block(&it.spot), ..wrong(Fault { spot: made.back(&it.spot), ..it }) };
            Err(found.into_iter().map(back).collect())
        }
    };
    match &text.body {
        TemplateBody::Html(html) => compile(html, Place::Html, Made::AsTyped),
        TemplateBody::Sms(words) => compile(words, Place::Sms, Made::AsTyped),
        TemplateBody::Mjml(source) => {
            let broken =
                |it: mjml::Fault| wrong(Fault { kind: MergeFault::Mjml(it.kind), spot: it.spot, suggestion: it.suggestion });
            let made = mjml::to_html(source).map_err(|found| found.into_iter().map(broken).collect::<Vec<_>>())?;
            compile(&made.html, Place::Html, Made::OfMjml(source.clone(), made.map))
        }
        TemplateBody::Blocks(json) => {
            let broken = |it: blocks::Fault| {
                let fault = Fault { kind: MergeFault::Block(it.kind), spot: Spot::default(), suggestion: None };
                TemplateFault { block: it.path, ..wrong(fault) }
            };
            let document = blocks::read(json).map_err(|it| vec![broken(it)])?;
            let made = blocks::to_html(&document, language);
            let (mjml, made) = made.map_err(|found| found.into_iter().map(broken).collect::<Vec<_>>())?;
            compile(&made.html, Place::Html, Made::OfBlocks(mjml, made.map))
        }
    }
}
