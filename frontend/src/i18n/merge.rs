//! Words for the merge language: what is wrong with a template, what could not be filled, what filters do.

use model::merge_field::{MergeBlock, MergeRefused};
use model::{MergeFault, MergeKind, UnresolvedReason};

use super::{Locale, blocks, td_string};
use crate::format;

/// What is wrong, in a sentence.
pub fn fault(locale: Locale, fault: &MergeFault) -> String {
    match fault {
        MergeFault::UnclosedTag => td_string!(locale, merge.unclosed_tag).to_owned(),
        MergeFault::UnclosedBlock(MergeBlock::If) => td_string!(locale, merge.unclosed_if).to_owned(),
        MergeFault::UnclosedBlock(MergeBlock::For) => td_string!(locale, merge.unclosed_for).to_owned(),
        MergeFault::Unopened(text) => td_string!(locale, merge.unopened, text = text),
        MergeFault::Unexpected(text) if text.is_empty() => td_string!(locale, merge.unexpected_end).to_owned(),
        MergeFault::Unexpected(text) => td_string!(locale, merge.unexpected, text = text),
        MergeFault::NotAllowed(text) => td_string!(locale, merge.not_allowed, text = text),
        MergeFault::UnknownStatement(text) => td_string!(locale, merge.unknown_statement, text = text),
        MergeFault::UnknownField(text) => td_string!(locale, merge.unknown_field, text = text),
        MergeFault::UnknownFilter(text) => td_string!(locale, merge.unknown_filter, text = text),
        MergeFault::UnknownTest(text) => td_string!(locale, merge.unknown_test, text = text),
        MergeFault::WrongKind { filter, kind: it } => {
            td_string!(locale, merge.wrong_kind, filter = filter, kind = kind(locale, *it))
        }
        MergeFault::WrongArguments(text) => td_string!(locale, merge.wrong_arguments, text = text),
        MergeFault::NotComparable(one, other) => {
            td_string!(locale, merge.not_comparable, one = kind(locale, *one), other = kind(locale, *other))
        }
        MergeFault::NotACollection(text) => td_string!(locale, merge.not_a_collection, text = text),
        MergeFault::CollectionShown(text) => td_string!(locale, merge.collection_shown, text = text),
        MergeFault::CollectionHere(text) => td_string!(locale, merge.collection_here, text = text),
        MergeFault::NameTaken(text) => td_string!(locale, merge.name_taken, text = text),
        MergeFault::TooLong(max) => td_string!(locale, merge.too_long, max = format::size(locale, *max as u64)),
        MergeFault::TooManyTags(max) => td_string!(locale, merge.too_many_tags, max = max),
        MergeFault::TooDeep(max) => td_string!(locale, merge.too_deep, max = max),
        MergeFault::TooManyLoops(max) => td_string!(locale, merge.too_many_loops, max = max),
        MergeFault::TagTooLong(_) => td_string!(locale, merge.tag_too_long).to_owned(),
        MergeFault::Refused(it) => refused(locale, *it).to_owned(),
        MergeFault::UnevenMarkup => td_string!(locale, merge.uneven_markup).to_owned(),
        MergeFault::LineEnd => td_string!(locale, merge.line_end).to_owned(),
        MergeFault::Mjml(it) => blocks::mjml_fault(locale, it),
        MergeFault::Block(it) => blocks::block_fault(locale, it),
    }
}

fn refused(locale: Locale, it: MergeRefused) -> &'static str {
    match it {
        MergeRefused::Script => td_string!(locale, merge.refused_script),
        MergeRefused::Style => td_string!(locale, merge.refused_style),
        MergeRefused::Comment => td_string!(locale, merge.refused_comment),
        MergeRefused::Tag => td_string!(locale, merge.refused_tag),
        MergeRefused::Unquoted => td_string!(locale, merge.refused_unquoted),
        MergeRefused::Element => td_string!(locale, merge.refused_element),
        MergeRefused::Scheme => td_string!(locale, merge.refused_scheme),
    }
}

/// What is wrong, and what was probably meant.
pub fn fault_with_suggestion(locale: Locale, it: &MergeFault, suggestion: Option<&str>) -> String {
    let sentence = fault(locale, it);
    match suggestion {
        Some(name) => format!("{sentence} {}", td_string!(locale, merge.suggestion, name = name)),
        None => sentence,
    }
}

/// The kind of a value, as it stands in a sentence.
pub fn kind(locale: Locale, kind: MergeKind) -> &'static str {
    match kind {
        MergeKind::Text => td_string!(locale, merge.kind_text),
        MergeKind::Number => td_string!(locale, merge.kind_number),
        MergeKind::Money => td_string!(locale, merge.kind_money),
        MergeKind::Date => td_string!(locale, merge.kind_date),
        MergeKind::DateTime => td_string!(locale, merge.kind_date_time),
        MergeKind::Bool => td_string!(locale, merge.kind_bool),
        MergeKind::Url => td_string!(locale, merge.kind_url),
        MergeKind::Collection => td_string!(locale, merge.kind_collection),
    }
}

/// Why a field could not be shown for one recipient; `row` counts from 0.
pub fn unresolved(locale: Locale, field: &str, row: Option<u32>, reason: UnresolvedReason) -> String {
    match (reason, row) {
        (UnresolvedReason::Missing, Some(row)) => td_string!(locale, merge.unresolved_missing_row, field = field, row = row + 1),
        (UnresolvedReason::Missing, None) => td_string!(locale, merge.unresolved_missing, field = field),
        (UnresolvedReason::LineEnd, _) => td_string!(locale, merge.unresolved_line_end, field = field),
        (UnresolvedReason::Address, _) => td_string!(locale, merge.unresolved_address, field = field),
        (UnresolvedReason::Unfit, _) => td_string!(locale, merge.unresolved_unfit, field = field),
    }
}

/// What a filter does, in a few words; its name when it is new to these texts.
pub fn filter(locale: Locale, name: &str) -> String {
    let words = match name {
        "salutation" => td_string!(locale, merge.filter_salutation),
        "vocative" => td_string!(locale, merge.filter_vocative),
        "date" => td_string!(locale, merge.filter_date),
        "time" => td_string!(locale, merge.filter_time),
        "money" => td_string!(locale, merge.filter_money),
        "number" => td_string!(locale, merge.filter_number),
        "plural" => td_string!(locale, merge.filter_plural),
        "in_words" => td_string!(locale, merge.filter_in_words),
        "count" => td_string!(locale, merge.filter_count),
        "upper" => td_string!(locale, merge.filter_upper),
        "lower" => td_string!(locale, merge.filter_lower),
        "title" => td_string!(locale, merge.filter_title),
        "trim" => td_string!(locale, merge.filter_trim),
        "truncate" => td_string!(locale, merge.filter_truncate),
        "without_diacritics" => td_string!(locale, merge.filter_without_diacritics),
        "typography" => td_string!(locale, merge.filter_typography),
        "postcode" => td_string!(locale, merge.filter_postcode),
        "phone" => td_string!(locale, merge.filter_phone),
        "iban" => td_string!(locale, merge.filter_iban),
        "url" => td_string!(locale, merge.filter_url),
        "yes_no" => td_string!(locale, merge.filter_yes_no),
        "for_payment" => td_string!(locale, merge.filter_for_payment),
        "fallback" => td_string!(locale, merge.filter_fallback),
        name => name,
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_of_the_language_is_worded() {
        for locale in [Locale::sk, Locale::cs, Locale::en] {
            let mut words: Vec<String> = content::merge::FILTERS.iter().map(|it| filter(locale, it.name)).collect();
            words.sort();
            words.dedup();
            assert_eq!(words.len(), content::merge::FILTERS.len());
        }
        assert!(content::merge::FILTERS.iter().all(|it| filter(Locale::sk, it.name) != it.name));
    }

    #[test]
    fn a_wrong_name_is_told_with_what_was_meant() {
        let fault = MergeFault::UnknownField("contact.nme".into());
        assert_eq!(
            fault_with_suggestion(Locale::sk, &fault, Some("contact.name")),
            "Premennú „contact.nme“ nemáme. Mali ste na mysli „contact.name“?"
        );
    }
}
