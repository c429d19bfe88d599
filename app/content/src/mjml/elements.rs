//! The elements of MJML: what may stand in what, and whose content is shown as it is written.

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// The elements it may stand in.
    pub inside: &'static [&'static str],
    /// Whether its content is text or HTML and no MJML.
    pub is_text: bool,
}

const HEAD: &[&str] = &["mj-head"];
const BODY: &[&str] = &["mj-body", "mj-wrapper"];
const COLUMN: &[&str] = &["mj-column", "mj-hero"];
const RAW: &[&str] = &["mj-head", "mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-hero"];

/// All elements.
pub const ELEMENTS: [Element; 32] = [
    part("mjml", &[""]),
    part("mj-head", &["mjml"]),
    part("mj-body", &["mjml"]),
    part("mj-attributes", HEAD),
    part("mj-breakpoint", HEAD),
    text("mj-preview", HEAD),
    text("mj-style", HEAD),
    text("mj-title", HEAD),
    text("mj-raw", RAW),
    part("mj-wrapper", &["mj-body"]),
    part("mj-section", BODY),
    part("mj-hero", BODY),
    part("mj-group", &["mj-section"]),
    part("mj-column", &["mj-section", "mj-group"]),
    part("mj-accordion", COLUMN),
    part("mj-accordion-element", &["mj-accordion"]),
    text("mj-accordion-text", &["mj-accordion-element"]),
    text("mj-accordion-title", &["mj-accordion-element"]),
    text("mj-button", COLUMN),
    part("mj-carousel", COLUMN),
    part("mj-carousel-image", &["mj-carousel"]),
    part("mj-divider", COLUMN),
    part("mj-image", COLUMN),
    part("mj-navbar", COLUMN),
    text("mj-navbar-link", &["mj-navbar"]),
    part("mj-social", COLUMN),
    text("mj-social-element", &["mj-social"]),
    part("mj-spacer", COLUMN),
    text("mj-table", COLUMN),
    text("mj-text", COLUMN),
    part("mj-all", &["mj-attributes"]),
    part("mj-class", &["mj-attributes"]),
];

/// Elements that show pictures of strangers unless these attributes are given.
pub(super) const STRANGERS: [(&str, &str); 5] = [
    ("mj-social-element", "src"),
    ("mj-carousel", "left-icon"),
    ("mj-carousel", "right-icon"),
    ("mj-accordion", "icon-wrapped-url"),
    ("mj-accordion", "icon-unwrapped-url"),
];

/// Elements that would have another file fetched.
pub(super) const FETCHING: [&str; 2] = ["mj-include", "mj-font"];

const fn part(name: &'static str, inside: &'static [&'static str]) -> Element {
    Element { name, inside, is_text: false }
}

const fn text(name: &'static str, inside: &'static [&'static str]) -> Element {
    Element { name, inside, is_text: true }
}

/// The element of a name.
pub(super) fn find(name: &str) -> Option<Element> {
    ELEMENTS.into_iter().find(|it| it.name == name)
}

/// Whether an element may stand in another; in `mj-attributes` any may, there it stands for its looks.
pub(super) fn fits(element: Element, inside: &str) -> bool {
    inside == "mj-attributes" || element.inside.contains(&inside)
}
