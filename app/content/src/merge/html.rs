//! Follows the literal HTML of a template byte by byte and says where a value would stand.
//!
//! The states are those of the HTML standard's tokenizer (§13.2.5) as far as they matter for values. Conditional comments of
//! Outlook count as markup, because their content is shown there; what MJML turns into styles counts as one. When our view and a
//! browser's might part (a script with `<!--`, a tag in a title, `noscript`, `-->` in the middle of a tag of a conditional
//! comment), the scanner is [`State::Lost`]: no value may stand behind.

mod hidden;

use super::fault::Refused;
use super::place::Writing;
use super::url::Url;

/// The longest name that is looked at; longer ones are cut, they are none that matter.
const MAX_NAME: usize = 40;

/// Elements whose content is raw text.
const RAW: [&str; 8] = ["script", "style", "mj-style", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Elements whose content is text without tags.
const RAW_WITH_REFERENCES: [&str; 2] = ["title", "textarea"];

/// Elements whose content is not HTML.
const FOREIGN: [&str; 2] = ["svg", "math"];

/// Elements that load, send or redefine something: no value may stand in their attributes.
const ACTIVE: [&str; 22] = [
    "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "param", "base", "meta", "link", "form",
    "input", "button", "svg", "math", "template", "portal", "audio", "video", "source",
];

/// The attributes of MJML that stay attributes; all others become styles.
const MJML_ATTRIBUTES: [&str; 6] = ["href", "src", "alt", "title", "name", "id"];

/// Attributes that hold one address.
const ADDRESSES: [&str; 9] = ["href", "src", "background", "cite", "action", "longdesc", "lowsrc", "dynsrc", "poster"];

/// Attributes that hold addresses or markup in a form no value fits.
const CLOSED: [&str; 8] = ["srcdoc", "srcset", "imagesrcset", "sizes", "formaction", "ping", "archive", "data"];

/// Where a scan has come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Html {
    state: State,
    /// The element whose tag or raw content is being read, in small letters; of an end tag with `/` before it.
    element: String,
    /// The attribute whose name or value is being read, in small letters.
    attribute: String,
    /// The `svg` or `math` that is open, and how many of them.
    foreign: String,
    n_foreign: usize,
    /// Whether a conditional comment is open.
    is_conditional: bool,
    /// The address in the value of an attribute that holds one; stays at its start in others.
    url: Url,
    /// The last bytes of a comment, declaration or raw text, in small letters.
    tail: String,
    /// How many hyphens came last.
    n_hyphens: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    TagOpen,
    EndTagOpen,
    TagName,
    BetweenAttributes,
    AttributeName,
    AfterAttributeName,
    BeforeValue,
    Value(u8),
    Bare,
    /// Behind `<!`, before it is clear what it is.
    Declaration,
    /// Behind `<!--`, whether anything stands in it yet.
    CommentStart,
    Comment,
    /// The condition of a conditional comment.
    Condition,
    /// `<!doctype …`, `<?xml …`, `<![endif]`: ends with the next `>`.
    Bogus,
    Raw,
    RawWithReferences,
    Lost,
}

impl PartialEq for Html {
    /// Whether what follows is read in the same way.
    fn eq(&self, other: &Self) -> bool {
        let in_tag = !matches!(self.state, State::Text | State::Lost);
        let in_value = matches!(
            self.state,
            State::Value(_) | State::Bare | State::BeforeValue | State::AttributeName | State::AfterAttributeName
        );
        self.state == other.state
            && self.foreign == other.foreign
            && self.n_foreign == other.n_foreign
            && self.is_conditional == other.is_conditional
            && (!in_tag || self.element == other.element && self.pending() == other.pending())
            && (!in_value || self.attribute == other.attribute && self.url == other.url)
    }
}

impl Eq for Html {}

impl Html {
    /// How a value is written here; goes over it.
    pub(super) fn value(&mut self) -> Result<Writing, Refused> {
        match self.state {
            State::Text | State::RawWithReferences if self.foreign.is_empty() => Ok(Writing::Html),
            State::Text | State::RawWithReferences | State::Lost => Err(Refused::Element),
            State::Value(_) => self.in_attribute(),
            State::Bare | State::BeforeValue => Err(Refused::Unquoted),
            State::Comment | State::CommentStart | State::Condition | State::Declaration | State::Bogus => Err(Refused::Comment),
            State::Raw if self.element == "script" => Err(Refused::Script),
            State::Raw if self.element.ends_with("style") => Err(Refused::Style),
            State::Raw => Err(Refused::Element),
            State::TagOpen
            | State::EndTagOpen
            | State::TagName
            | State::BetweenAttributes
            | State::AttributeName
            | State::AfterAttributeName => Err(Refused::Tag),
        }
    }

    /// The end of what was read that may still become something else, such as `</sty` or `--`.
    fn pending(&self) -> &str {
        match self.state {
            State::Raw | State::RawWithReferences => self.tail.rfind('<').map_or("", |it| &self.tail[it..]),
            State::Comment => &self.tail[self.tail.trim_end_matches(['-', '!']).len()..],
            _ => &self.tail,
        }
    }

    /// The attribute's name without a prefix: `xlink:href` and `v:src` work like `href` and `src`.
    fn attribute_name(&self) -> &str {
        self.attribute.rsplit(':').next().unwrap_or_default()
    }

    fn in_attribute(&mut self) -> Result<Writing, Refused> {
        let name = self.attribute_name();
        if !self.foreign.is_empty() || ACTIVE.contains(&self.element.as_str()) || self.element.starts_with('/') {
            Err(Refused::Element)
        } else if name.starts_with("on") {
            Err(Refused::Script)
        } else if name == "style" || self.element.starts_with("mj-") && !MJML_ATTRIBUTES.contains(&name) {
            Err(Refused::Style)
        } else if CLOSED.contains(&name) {
            Err(Refused::Element)
        } else if ADDRESSES.contains(&name) {
            self.url.value(true)
        } else {
            Ok(Writing::Html)
        }
    }

    /// Whether the scan stands in text between tags, where a chip may stand as well.
    pub(super) fn is_text(&self) -> bool {
        self.state == State::Text && self.foreign.is_empty() && !self.is_conditional
    }

    /// Goes over one byte.
    pub(super) fn pass(&mut self, byte: u8) {
        if self.is_conditional && byte == b'>' && 2 <= self.n_hyphens {
            // A browser's comment ends here.
            if !matches!(self.state, State::Text | State::Comment | State::CommentStart | State::Bogus) {
                self.state = State::Lost;
            }
            self.is_conditional = false;
        }
        self.step(byte);
        self.n_hyphens = if byte == b'-' { self.n_hyphens + 1 } else { 0 };
    }

    fn step(&mut self, byte: u8) {
        let is_blank = byte.is_ascii_whitespace();
        match self.state {
            State::Lost => {}
            State::Text if byte == b'<' => self.state = State::TagOpen,
            State::Text => {}
            State::TagOpen => self.open_tag(byte),
            State::EndTagOpen if byte.is_ascii_alphabetic() => {
                self.element = String::from("/");
                self.name_element(byte);
            }
            State::EndTagOpen => self.state = if byte == b'>' { State::Text } else { State::Bogus },
            State::TagName if byte == b'>' => self.close_tag(),
            State::TagName if is_blank || byte == b'/' => self.between(byte),
            State::TagName => self.name_element(byte),
            State::BetweenAttributes if byte == b'>' => self.close_tag(),
            State::BetweenAttributes if is_blank || byte == b'/' => self.between(byte),
            State::BetweenAttributes => self.begin_attribute(byte),
            State::AttributeName | State::AfterAttributeName if byte == b'>' => self.close_tag(),
            State::AttributeName | State::AfterAttributeName if byte == b'/' => self.between(byte),
            State::AttributeName | State::AfterAttributeName if byte == b'=' => self.state = State::BeforeValue,
            State::AttributeName | State::AfterAttributeName if is_blank => self.state = State::AfterAttributeName,
            State::AttributeName => push_name(&mut self.attribute, byte),
            State::AfterAttributeName => self.begin_attribute(byte),
            State::BeforeValue if is_blank => {}
            State::BeforeValue | State::Bare if byte == b'>' => self.close_tag(),
            State::BeforeValue if byte == b'"' || byte == b'\'' => self.state = State::Value(byte),
            State::BeforeValue => self.state = State::Bare,
            State::Value(quote) if byte == quote => self.between(byte),
            State::Value(_) if ADDRESSES.contains(&self.attribute_name()) => self.url.pass(byte),
            State::Value(_) => {}
            State::Bare if is_blank => self.between(byte),
            State::Bare => {}
            State::Declaration | State::CommentStart | State::Comment | State::Condition | State::Bogus => self.in_comment(byte),
            State::Raw | State::RawWithReferences => self.in_raw(byte),
        }
    }

    fn open_tag(&mut self, byte: u8) {
        self.tail.clear();
        self.state = match byte {
            b'/' => State::EndTagOpen,
            b'!' => State::Declaration,
            b'?' => State::Bogus,
            b'<' => State::TagOpen,
            _ if byte.is_ascii_alphabetic() => {
                self.element.clear();
                return self.name_element(byte);
            }
            _ => State::Text,
        };
    }

    fn name_element(&mut self, byte: u8) {
        self.state = State::TagName;
        push_name(&mut self.element, byte);
    }

    /// Between attributes; the last byte tells `<svg/>` from `<svg>`.
    fn between(&mut self, byte: u8) {
        self.state = State::BetweenAttributes;
        self.tail.clear();
        if byte == b'/' {
            self.tail.push('/');
        }
    }

    fn begin_attribute(&mut self, byte: u8) {
        self.state = State::AttributeName;
        self.tail.clear();
        self.attribute.clear();
        self.url = Url::Start;
        push_name(&mut self.attribute, byte);
    }

    fn close_tag(&mut self) {
        let is_empty = self.state == State::BetweenAttributes && self.tail == "/";
        self.tail.clear();
        self.state = State::Text;
        let name = self.element.trim_start_matches('/');
        if name == self.foreign || self.foreign.is_empty() && FOREIGN.contains(&name) {
            self.pass_foreign(is_empty);
        } else if !self.foreign.is_empty() || self.element.starts_with('/') {
            // In foreign content there is no raw text, and none behind an end tag.
        } else if name == "noscript" && !self.is_conditional {
            // What it holds depends on who reads it; Outlook, for which conditional comments are, knows no scripts.
            self.state = State::Lost;
        } else if RAW.contains(&name) {
            self.state = State::Raw;
        } else if RAW_WITH_REFERENCES.contains(&name) {
            self.state = State::RawWithReferences;
        }
    }

    /// Goes over the tag of an `svg` or `math`.
    fn pass_foreign(&mut self, is_empty: bool) {
        if self.element.starts_with('/') {
            self.n_foreign = self.n_foreign.saturating_sub(1);
        } else if !is_empty {
            self.foreign.clone_from(&self.element);
            self.n_foreign += 1;
        }
        if self.n_foreign == 0 {
            self.foreign.clear();
        }
    }
}

fn push_name(name: &mut String, byte: u8) {
    if name.len() < MAX_NAME {
        name.push(if byte.is_ascii() { char::from(byte.to_ascii_lowercase()) } else { '?' });
    }
}
