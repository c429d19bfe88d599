//! What mail programs do not show.
//!
//! Outlook means the editions for Windows, which draw mails with Word; Gmail its web and its apps with Google accounts. What they and
//! Apple Mail know follows the measurements published by Can I email (caniemail.com, state of June 2026): the rows below name only what
//! is measured as unsupported, or supported so partly that readers notice. Seznam.cz keeps elements, `style` and `class` by a list of
//! its own (napoveda.seznam.cz, "Podporované formátování zpráv"), drops addresses that are not encoded, and advises on width and size
//! (o-seznam.cz, "Další tipy a doporučení"); Apple Mail shows everything named here.

use super::Severity;

/// A mail program that readers use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// Outlook for Windows with the drawing of Word.
    Outlook,
    /// Gmail in the browser and its apps.
    Gmail,
    /// Apple Mail on Macs and phones.
    AppleMail,
    /// E-mail of Seznam.cz.
    Seznam,
}

/// Something that not every mail program shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// A property of CSS.
    Property(String),
    /// A value of a property of CSS: `display: flex`.
    Value(String),
    /// A function of CSS: `calc()`.
    Function(String),
    /// A unit of CSS.
    Unit(String),
    /// A rule of CSS: `@font-face`.
    AtRule(String),
    /// An attribute of HTML.
    Attribute(String),
    /// `padding` on something else than a cell of a table.
    PaddingOutsideCells,
    /// A picture in this format.
    Format(String),
    /// A picture whose bytes stand in its address.
    DataPicture,
    /// Style sheets of more than 16 KB.
    LargeStyles,
    /// Styles that depend on a style sheet in the body.
    StyleInBody,
}

/// Who does not show something, and how much that weighs.
pub(super) type Row = (&'static [Client], Severity);

const OUTLOOK: &[Client] = &[Client::Outlook];
const GMAIL: &[Client] = &[Client::Gmail];
const BOTH: &[Client] = &[Client::Outlook, Client::Gmail];

/// A property by its name in lower case.
pub(super) fn property(name: &str) -> Option<Row> {
    Some(match name {
        "position"
        | "top"
        | "right"
        | "bottom"
        | "left"
        | "inset"
        | "z-index"
        | "flex-direction"
        | "flex-wrap"
        | "align-items"
        | "justify-content"
        | "grid-template"
        | "grid-template-columns"
        | "grid-template-rows"
        | "grid-template-areas"
        | "transform"
        | "visibility" => (BOTH, Severity::Warning),
        "animation" | "animation-name" | "transition" | "text-shadow" | "filter" | "backdrop-filter" | "clip-path"
        | "mask-image" | "border-image" | "list-style-image" | "box-shadow" | "accent-color" | "aspect-ratio" => {
            (BOTH, Severity::Info)
        }
        "background-image" | "background-size" | "background-position" | "float" | "clear" | "column-count" => {
            (OUTLOOK, Severity::Warning)
        }
        "border-radius"
        | "border-spacing"
        | "box-sizing"
        | "caption-side"
        | "empty-cells"
        | "max-height"
        | "min-height"
        | "min-width"
        | "object-fit"
        | "opacity"
        | "outline"
        | "table-layout"
        | "text-overflow"
        | "white-space"
        | "word-spacing"
        | "writing-mode"
        | "list-style-position"
        | "gap" => (OUTLOOK, Severity::Info),
        _ => return None,
    })
}

/// A value of a property, both in lower case.
pub(super) fn value(property: &str, value: &str) -> Option<Row> {
    match (property, value) {
        ("display", "flex" | "inline-flex" | "grid" | "inline-grid" | "contents") => Some((OUTLOOK, Severity::Warning)),
        _ => None,
    }
}

/// A function by its name in lower case.
pub(super) fn function(name: &str) -> Option<Row> {
    Some(match name {
        "var" | "conic-gradient" | "light-dark" => (BOTH, Severity::Warning),
        "calc" | "min" | "max" | "clamp" => (OUTLOOK, Severity::Warning),
        "linear-gradient" | "radial-gradient" | "repeating-linear-gradient" | "rgba" | "hsla" => (OUTLOOK, Severity::Info),
        _ => return None,
    })
}

/// A unit in lower case.
pub(super) fn unit(name: &str) -> Option<Row> {
    matches!(name, "rem" | "vw" | "vh" | "vmin" | "vmax" | "ch").then_some((OUTLOOK, Severity::Warning))
}

/// A rule by its name in lower case.
pub(super) fn at_rule(name: &str) -> Option<Row> {
    matches!(name, "font-face" | "keyframes" | "-webkit-keyframes" | "supports").then_some((BOTH, Severity::Info))
}

/// The format of a picture by the end of its address.
pub(super) fn format(ending: &str) -> Option<Row> {
    Some(match ending {
        "webp" | "avif" | "heic" | "tif" | "tiff" => (OUTLOOK, Severity::Warning),
        "svg" => (GMAIL, Severity::Warning),
        "mp4" | "apng" => (BOTH, Severity::Warning),
        _ => return None,
    })
}

/// Everything else.
pub(super) fn other(feature: &Feature) -> Row {
    match feature {
        Feature::PaddingOutsideCells => (OUTLOOK, Severity::Info),
        Feature::DataPicture | Feature::LargeStyles => (GMAIL, Severity::Warning),
        Feature::StyleInBody => (GMAIL, Severity::Info),
        _ => (OUTLOOK, Severity::Warning),
    }
}
