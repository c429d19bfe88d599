//! A campaign as a file holds it: everything that it names by name, everything that it carries inside.

use model::{CampaignDraft, ContactFilter, Reaction};

/// A campaign without anything that only one installation knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Portable {
    /// The line of the file on which it begins, from 1; zero for one that leaves.
    pub line: u64,
    /// What is typed, without what is named, chosen and carried.
    pub draft: CampaignDraft,
    /// The template that it says.
    pub template: Option<String>,
    /// The account it leaves by.
    pub account: Option<String>,
    /// Whom it goes to.
    pub include: Vec<NamedSet>,
    /// Who of them is left out.
    pub exclude: Vec<NamedSet>,
    /// The files it carries, pictures of the text among them, in their order; those of a campaign that leaves are written piece by piece.
    pub files: Vec<PortableFile>,
}

/// A set of people by names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NamedSet {
    /// The members of a recipient list.
    List(String),
    /// Those whom a segment takes in.
    Segment(String),
    /// Those who got a campaign, or one version of its content, or reacted so to it.
    Got(String, Option<u32>, Option<Reaction>),
    /// Contacts one by one.
    Ticked(Vec<Person>),
    /// Contacts by a filter, less some.
    Matching(Box<NamedFilter>, Vec<Person>),
}

impl NamedSet {
    /// The contacts that are named one by one.
    pub(super) fn people(&self) -> &[Person] {
        match self {
            Self::Ticked(people) | Self::Matching(_, people) => people,
            Self::List(_) | Self::Segment(_) | Self::Got(..) => &[],
        }
    }
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Person {
    /// The name; may be empty.
    pub name: String,
    /// The e-mail address or number; empty when there is none.
    pub address: String,
}

/// A filter of contacts with what it names by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NamedFilter {
    /// The filter without what is named.
    pub filter: ContactFilter,
    /// The word that contacts are grouped by.
    pub tag: Option<String>,
    /// E-mail address of the user who looks after them.
    pub owner: Option<String>,
    /// The recipient list.
    pub list: Option<String>,
    /// The segment.
    pub segment: Option<String>,
}

/// A file that travels inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PortableFile {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Its name with ending.
    pub name: String,
    /// Its media type (RFC 6838).
    pub media_type: String,
    /// The how-many-eth of all files of the document it is, from 0. Its bytes are handed out while the document is read.
    pub place: usize,
}
