//! What an element may and must hold.

use model::TableFault;
use tables::read::{Element, Fault};

use super::write::YES;

/// How much of a wrong value is told, in characters.
const TOLD: usize = 60;

/// Refuses attributes and elements that do not belong there; white space between elements does not matter.
pub(super) fn only(it: &Element, attributes: &[&str], children: &[&str]) -> Result<(), Fault> {
    if let Some((name, _)) = it.attributes.iter().find(|it| !attributes.contains(&it.0.as_str())) {
        return Err(unexpected(it, name));
    }
    if let Some(child) = it.children.iter().find(|it| !children.contains(&it.name.as_str())) {
        return Err(unexpected(child, &child.name));
    }
    let words = it.text.trim();
    if !children.is_empty() && !words.is_empty() {
        return Err(wrong(it, &it.name, words));
    }
    Ok(())
}

/// The element of that name, if it is there; twice is once too often.
pub(super) fn lone<'a>(it: &'a Element, name: &str) -> Result<Option<&'a Element>, Fault> {
    let mut found = it.children.iter().filter(|it| it.name == name);
    let first = found.next();
    match found.next() {
        Some(second) => Err(unexpected(second, name)),
        None => Ok(first),
    }
}

/// An attribute that must be there.
pub(super) fn require<'a>(it: &'a Element, name: &str) -> Result<&'a str, Fault> {
    it.attribute(name).ok_or_else(|| it.fault(TableFault::Missing { name: name.to_owned() }))
}

/// An attribute that says `yes` or `no`; nothing when it is not there.
pub(super) fn yes(it: &Element, name: &str) -> Result<Option<bool>, Fault> {
    match it.attribute(name) {
        None => Ok(None),
        Some(YES) => Ok(Some(true)),
        Some("no") => Ok(Some(false)),
        Some(other) => Err(wrong(it, name, other)),
    }
}

/// The fault of something that does not belong there.
pub(super) fn unexpected(it: &Element, name: &str) -> Fault {
    it.fault(TableFault::Unexpected { name: name.to_owned() })
}

/// The fault of a value that is none of those allowed.
pub(super) fn wrong(it: &Element, name: &str, value: &str) -> Fault {
    it.fault(TableFault::Wrong { name: name.to_owned(), value: value.chars().take(TOLD).collect() })
}
