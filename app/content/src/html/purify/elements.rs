//! Which elements and attributes may stay. Everything not named here goes.

use crate::html::Stripped;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stays.
    Keep,
    /// Its tags go, its content stays.
    Unwrap,
    /// Its tags go, its content stays, and that is told.
    Disarm(Stripped),
    /// It goes with its content.
    Drop(Option<Stripped>),
    /// Its content is a style sheet.
    Style,
}

/// What becomes of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// Its value stays.
    Keep,
    /// Its value is where a link leads.
    Link,
    /// Its value is the address of a picture.
    Picture,
    /// Its value is a list of CSS declarations.
    Style,
    /// It runs code.
    Handler,
    /// It goes.
    Drop,
}

/// Judges an element by its name.
pub fn element(name: &str) -> Verdict {
    match name {
        "a" | "abbr" | "acronym" | "address" | "area" | "article" | "aside" | "b" | "bdi" | "bdo" | "big" | "blockquote"
        | "br" | "caption" | "center" | "cite" | "code" | "col" | "colgroup" | "dd" | "del" | "details" | "dfn" | "dir"
        | "div" | "dl" | "dt" | "em" | "figcaption" | "figure" | "font" | "footer" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "header" | "hgroup" | "hr" | "i" | "img" | "ins" | "kbd" | "li" | "main" | "map" | "mark" | "menu" | "nav" | "ol"
        | "p" | "pre" | "q" | "rp" | "rt" | "ruby" | "s" | "samp" | "section" | "small" | "span" | "strike" | "strong"
        | "sub" | "summary" | "sup" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "time" | "tr" | "tt" | "u" | "ul"
        | "var" | "wbr" => Verdict::Keep,
        "style" => Verdict::Style,
        "script" => Verdict::Drop(Some(Stripped::Script)),
        "svg" | "math" => Verdict::Drop(Some(Stripped::Drawing)),
        "iframe" | "frame" | "embed" | "param" | "source" | "track" => Verdict::Drop(Some(Stripped::Embedded)),
        "object" | "applet" | "audio" | "video" | "canvas" | "portal" | "frameset" => Verdict::Disarm(Stripped::Embedded),
        "input" | "select" | "textarea" | "datalist" => Verdict::Drop(Some(Stripped::Form)),
        "form" | "button" => Verdict::Disarm(Stripped::Form),
        "base" | "link" => Verdict::Drop(Some(Stripped::Document)),
        "meta" | "title" | "template" | "xmp" | "noembed" | "noframes" | "plaintext" => Verdict::Drop(None),
        _ => Verdict::Unwrap,
    }
}

/// Judges an attribute by the names of its element and its own.
pub fn attribute(element: &str, name: &str) -> Attribute {
    match name {
        "style" => Attribute::Style,
        "href" if matches!(element, "a" | "area") => Attribute::Link,
        "src" if element == "img" => Attribute::Picture,
        "background" if matches!(element, "body" | "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th") => {
            Attribute::Picture
        }
        "abbr" | "align" | "alt" | "bgcolor" | "border" | "bordercolor" | "cellpadding" | "cellspacing" | "char" | "class"
        | "clear" | "color" | "cols" | "colspan" | "compact" | "coords" | "datetime" | "dir" | "face" | "frame" | "headers"
        | "height" | "hspace" | "id" | "lang" | "link" | "name" | "noshade" | "nowrap" | "open" | "reversed" | "role"
        | "rowspan" | "rules" | "scope" | "shape" | "size" | "span" | "start" | "summary" | "text" | "title" | "type"
        | "usemap" | "valign" | "value" | "vlink" | "vspace" | "width" => Attribute::Keep,
        _ if name.starts_with("aria-") && name.bytes().all(|it| it.is_ascii_lowercase() || it == b'-') => Attribute::Keep,
        _ if name.starts_with("on") => Attribute::Handler,
        _ => Attribute::Drop,
    }
}

/// Elements without content and end tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Parts of a table, which mean something only inside one.
pub fn is_table_part(name: &str) -> bool {
    matches!(name, "caption" | "col" | "colgroup" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr")
}

/// Elements that begin on a new line, and by that end a paragraph.
pub fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}
