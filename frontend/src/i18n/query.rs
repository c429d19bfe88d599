//! Words about what is amiss in a search.

use model::{QueryFault, QueryFaultKind};

use super::{Locale, td_string};

/// *Character 9, “state:blue”: there is no such state …*
pub fn fault(locale: Locale, fault: &QueryFault) -> String {
    let what = match &fault.kind {
        QueryFaultKind::UnknownState => td_string!(locale, query.unknown_state).to_owned(),
        QueryFaultKind::UnreadableDay => td_string!(locale, query.unreadable_day).to_owned(),
        QueryFaultKind::NothingBehind => td_string!(locale, query.nothing_behind).to_owned(),
        QueryFaultKind::OpenQuotes => td_string!(locale, query.open_quotes).to_owned(),
        QueryFaultKind::ShortBeginning => td_string!(locale, query.short_beginning).to_owned(),
        QueryFaultKind::StarInFront => td_string!(locale, query.star_in_front).to_owned(),
        QueryFaultKind::LoneOr => td_string!(locale, query.lone_or).to_owned(),
        QueryFaultKind::LikePart(name) => td_string!(locale, query.like_part, name = format!("{name}:")),
        QueryFaultKind::TooLong => td_string!(locale, query.too_long).to_owned(),
    };
    td_string!(locale, query.place, n = fault.place, piece = fault.piece.clone(), what = what)
}
