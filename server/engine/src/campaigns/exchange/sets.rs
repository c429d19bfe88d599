//! XML as sets of people.

use model::ContactFilter;
use tables::read::{Element, Fault};

use super::part::{only, wrong, yes};
use super::portable::{NamedFilter, NamedSet, Person};
use super::read::{code, reaction};

/// The attributes of a filter.
const FILTER: [&str; 15] = [
    "words",
    "kind",
    "nature",
    "tag",
    "owner",
    "obtained",
    "no-bulk",
    "list",
    "segment",
    "has-email",
    "has-phone",
    "suppressed-email",
    "suppressed-phone",
    "consent-email",
    "consent-sms",
];

/// A set; nothing when the element is none.
///
/// # Errors
/// Refuses with the place what does not belong into one.
pub(super) fn read(it: &Element) -> Result<Option<NamedSet>, Fault> {
    Ok(Some(match it.name.as_str() {
        "list" => {
            only(it, &[], &[])?;
            NamedSet::List(it.text.clone())
        }
        "segment" => {
            only(it, &[], &[])?;
            NamedSet::Segment(it.text.clone())
        }
        "got" => {
            only(it, &["version", "reaction"], &[])?;
            let version = it.attribute("version").map(|value| value.parse().map_err(|_| wrong(it, "version", value)));
            let (version, reaction) = (version.transpose()?, reaction(it)?);
            if let (Some(_), Some(value)) = (version, it.attribute("reaction")) {
                return Err(wrong(it, "reaction", value));
            }
            NamedSet::Got(it.text.clone(), version, reaction)
        }
        "ticked" => {
            only(it, &[], &["contact"])?;
            NamedSet::Ticked(people(it)?)
        }
        "matching" => {
            only(it, &FILTER, &["contact"])?;
            NamedSet::Matching(Box::new(filter(it)?), people(it)?)
        }
        _ => return Ok(None),
    }))
}

fn people(it: &Element) -> Result<Vec<Person>, Fault> {
    let one = |it: &Element| {
        only(it, &["name"], &[])?;
        Ok(Person { name: it.attribute("name").unwrap_or_default().to_owned(), address: it.text.clone() })
    };
    it.children.iter().map(one).collect()
}

fn filter(it: &Element) -> Result<NamedFilter, Fault> {
    let name = |name: &str| it.attribute(name).map(str::to_owned);
    let filter = ContactFilter {
        words: name("words").unwrap_or_default(),
        kind: code(it, "kind")?,
        nature: code(it, "nature")?,
        obtained: code(it, "obtained")?,
        no_bulk: yes(it, "no-bulk")?,
        has_email: yes(it, "has-email")?,
        has_phone: yes(it, "has-phone")?,
        suppressed_email: yes(it, "suppressed-email")?,
        suppressed_phone: yes(it, "suppressed-phone")?,
        consent_email: code(it, "consent-email")?,
        consent_sms: code(it, "consent-sms")?,
        ..ContactFilter::default()
    };
    Ok(NamedFilter { filter, tag: name("tag"), owner: name("owner"), list: name("list"), segment: name("segment") })
}
