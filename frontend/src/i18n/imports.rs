//! Words about imports: what columns are, what becomes of rows, what is wrong with files.

use model::import::{ParentBy, Place};
use model::{
    Channel, Delimiter, FieldDefinition, HomeCountry, ImportMatch, ImportState, ImportTarget, Purpose, RowFault, RowNote,
    RowOutcome, RowSkipped, TableFault,
};

use super::{Locale, contacts, language, refusals, td_string};
use crate::format;

/// What a column is.
pub fn target(locale: Locale, target: ImportTarget, own: &[FieldDefinition]) -> String {
    let plain = match target {
        ImportTarget::Nothing => td_string!(locale, imports.target_nothing),
        ImportTarget::FullName => td_string!(locale, imports.target_full_name),
        ImportTarget::FirstName => td_string!(locale, imports.target_first_name),
        ImportTarget::LastName => td_string!(locale, imports.target_last_name),
        ImportTarget::TitleBefore => td_string!(locale, imports.target_title_before),
        ImportTarget::TitleAfter => td_string!(locale, imports.target_title_after),
        ImportTarget::CompanyName => td_string!(locale, imports.target_company),
        ImportTarget::Position => td_string!(locale, imports.target_position),
        ImportTarget::Salutation => td_string!(locale, imports.target_salutation),
        ImportTarget::Nature => td_string!(locale, imports.target_nature),
        ImportTarget::Kind => td_string!(locale, imports.target_kind),
        ImportTarget::Language => td_string!(locale, imports.target_language),
        ImportTarget::Email(purpose) => return for_purpose(locale, td_string!(locale, imports.target_email), purpose),
        ImportTarget::Phone(purpose) => return for_purpose(locale, td_string!(locale, imports.target_phone), purpose),
        ImportTarget::Street(place) => return at(locale, td_string!(locale, imports.target_street), place),
        ImportTarget::City(place) => return at(locale, td_string!(locale, imports.target_city), place),
        ImportTarget::Postcode(place) => return at(locale, td_string!(locale, imports.target_postcode), place),
        ImportTarget::Country(place) => return at(locale, td_string!(locale, imports.target_country), place),
        ImportTarget::Address(place) => return at(locale, td_string!(locale, imports.target_address), place),
        ImportTarget::RegistrationNumber => td_string!(locale, imports.target_registration_number),
        ImportTarget::TaxNumber => td_string!(locale, imports.target_tax_number),
        ImportTarget::VatNumber => td_string!(locale, imports.target_vat_number),
        ImportTarget::Tags => td_string!(locale, imports.target_tags),
        ImportTarget::Note => td_string!(locale, imports.target_note),
        ImportTarget::Gender => td_string!(locale, imports.target_gender),
        ImportTarget::FirstVocative => td_string!(locale, imports.target_first_vocative),
        ImportTarget::LastVocative => td_string!(locale, imports.target_last_vocative),
        ImportTarget::NoBulk => td_string!(locale, imports.target_no_bulk),
        ImportTarget::ObtainedWay => td_string!(locale, imports.target_obtained_way),
        ImportTarget::ObtainedOn => td_string!(locale, imports.target_obtained_on),
        ImportTarget::ObtainedNote => td_string!(locale, imports.target_obtained_note),
        ImportTarget::Parent(ParentBy::RegistrationNumber) => td_string!(locale, imports.target_parent_number),
        ImportTarget::Parent(ParentBy::Name) => td_string!(locale, imports.target_parent_name),
        ImportTarget::Parent(ParentBy::Own(id)) => {
            let name = own.iter().find(|it| it.id == id).map_or_else(String::new, |it| it.name.clone());
            return td_string!(locale, imports.target_parent_own, name = name);
        }
        ImportTarget::Owner => td_string!(locale, imports.target_owner),
        ImportTarget::Consent(channel) => return on(locale, td_string!(locale, imports.target_consent), channel),
        ImportTarget::ConsentOn(channel) => return on(locale, td_string!(locale, imports.target_consent_on), channel),
        ImportTarget::ConsentWay(channel) => return on(locale, td_string!(locale, imports.target_consent_way), channel),
        ImportTarget::ConsentProof(channel) => return on(locale, td_string!(locale, imports.target_consent_proof), channel),
        ImportTarget::Own(id) => return own.iter().find(|it| it.id == id).map_or_else(String::new, |it| it.name.clone()),
    };
    plain.to_owned()
}

fn for_purpose(locale: Locale, what: &'static str, purpose: Purpose) -> String {
    if purpose == Purpose::General {
        return what.to_owned();
    }
    td_string!(locale, imports.target_for, what = what, purpose = contacts::purpose(locale, purpose).to_lowercase())
}

fn on(locale: Locale, what: &'static str, channel: Channel) -> String {
    td_string!(locale, imports.target_for, what = what, purpose = contacts::channel(locale, channel))
}

fn at(locale: Locale, what: &'static str, place: Place) -> String {
    match place {
        Place::Billing => what.to_owned(),
        Place::Delivery => td_string!(locale, imports.target_delivery, what = what),
    }
}

/// What stands between two cells.
pub fn delimiter(locale: Locale, delimiter: Delimiter) -> &'static str {
    match delimiter {
        Delimiter::Semicolon => td_string!(locale, imports.delimiter_semicolon),
        Delimiter::Comma => td_string!(locale, imports.delimiter_comma),
        Delimiter::Tab => td_string!(locale, imports.delimiter_tab),
        Delimiter::Pipe => td_string!(locale, imports.delimiter_pipe),
    }
}

/// By what contacts are recognised.
pub fn matched_by(locale: Locale, matched_by: ImportMatch, own: &[FieldDefinition]) -> String {
    match matched_by {
        ImportMatch::Email => td_string!(locale, imports.match_email).to_owned(),
        ImportMatch::Phone => td_string!(locale, imports.match_phone).to_owned(),
        ImportMatch::RegistrationNumber => td_string!(locale, imports.match_registration_number).to_owned(),
        ImportMatch::Own(id) => {
            let name = own.iter().find(|it| it.id == id).map_or_else(String::new, |it| it.name.clone());
            td_string!(locale, imports.match_own, name = name)
        }
    }
}

/// Whose numbers are written without a code.
pub fn home(locale: Locale, home: HomeCountry) -> &'static str {
    match home {
        HomeCountry::Slovakia => td_string!(locale, imports.home_sk),
        HomeCountry::Czechia => td_string!(locale, imports.home_cz),
    }
}

/// Where an import stands.
pub fn state(locale: Locale, state: ImportState) -> &'static str {
    match state {
        ImportState::Uploaded => td_string!(locale, imports.state_uploaded),
        ImportState::Queued => td_string!(locale, imports.state_queued),
        ImportState::Running => td_string!(locale, imports.state_running),
        ImportState::Stopped => td_string!(locale, imports.state_stopped),
        ImportState::Finished => td_string!(locale, imports.state_finished),
        ImportState::Failed => td_string!(locale, imports.state_failed),
        ImportState::Undone => td_string!(locale, imports.state_undone),
    }
}

/// What becomes of a row, and why.
pub fn outcome(locale: Locale, outcome: &RowOutcome) -> String {
    let plain = match outcome {
        RowOutcome::Created => td_string!(locale, imports.outcome_created),
        RowOutcome::Updated(_) => td_string!(locale, imports.outcome_updated),
        RowOutcome::Skipped(RowSkipped::Exists(_)) => td_string!(locale, imports.outcome_exists),
        RowOutcome::Skipped(RowSkipped::Unchanged(_)) => td_string!(locale, imports.outcome_unchanged),
        RowOutcome::Skipped(RowSkipped::Twice) => td_string!(locale, imports.outcome_twice),
        RowOutcome::Skipped(RowSkipped::Suppressed) => td_string!(locale, imports.outcome_suppressed),
        RowOutcome::Bad(RowFault::Table(fault)) => return table_fault(locale, fault),
        RowOutcome::Bad(RowFault::Fields(faults)) => {
            let one = |(it, heading): &(model::FieldFault, String)| {
                let place = if heading.is_empty() { contacts::field(locale, &it.field, &[]) } else { heading.clone() };
                td_string!(locale, imports.fault_at, place = place, fault = refusals::fault(locale, &it.fault))
            };
            return faults.iter().map(one).collect::<Vec<_>>().join("; ");
        }
    };
    plain.to_owned()
}

/// What of a row was left although the rest was taken in.
pub fn note(locale: Locale, note: &RowNote) -> String {
    match note {
        RowNote::NoOwner(address) => td_string!(locale, imports.note_no_owner, address = address.clone()),
        RowNote::NoParent(name) => td_string!(locale, imports.note_no_parent, name = name.clone()),
        RowNote::NoConsent(it) => td_string!(locale, imports.note_no_consent, channel = contacts::channel(locale, *it)),
        RowNote::StaysWithdrawn(it) => {
            td_string!(locale, imports.note_stays_withdrawn, channel = contacts::channel(locale, *it))
        }
    }
}

/// What is wrong with a file or a row.
pub fn table_fault(locale: Locale, fault: &TableFault) -> String {
    let n = |max: u64| format::number(language(locale), max);
    let plain = match fault {
        TableFault::Empty => td_string!(locale, imports.table_empty),
        TableFault::Encoding => td_string!(locale, imports.table_encoding),
        TableFault::UnknownEncoding { name } => return td_string!(locale, imports.table_unknown_encoding, name = name.clone()),
        TableFault::ControlCharacter => td_string!(locale, imports.table_control_character),
        TableFault::TooLong { max } => return td_string!(locale, imports.table_too_long, max = format::size(locale, *max)),
        TableFault::CellTooLong { max } => return td_string!(locale, imports.table_cell_too_long, max = n(*max)),
        TableFault::TooManyColumns { max } => return td_string!(locale, imports.table_too_many_columns, max = n(*max)),
        TableFault::MoreCells { columns } => return td_string!(locale, imports.table_more_cells, max = n(*columns)),
        TableFault::FormulaError => td_string!(locale, imports.table_formula_error),
        TableFault::Malformed => td_string!(locale, imports.table_malformed),
        TableFault::DocumentType => td_string!(locale, imports.table_document_type),
        TableFault::UnknownEntity => td_string!(locale, imports.table_unknown_entity),
        TableFault::TooDeep { max } => return td_string!(locale, imports.table_too_deep, max = n(*max)),
        TableFault::NoRows => td_string!(locale, imports.table_no_rows),
        TableFault::BrokenArchive => td_string!(locale, imports.table_broken_archive),
        TableFault::Encrypted => td_string!(locale, imports.table_encrypted),
        TableFault::SuspiciousArchive => td_string!(locale, imports.table_suspicious_archive),
        TableFault::TooManyParts { max } => return td_string!(locale, imports.table_too_many_parts, max = n(*max)),
        TableFault::Bomb => td_string!(locale, imports.table_bomb),
        TableFault::TooManyTexts { max } => {
            return td_string!(locale, imports.table_too_many_texts, max = format::size(locale, *max));
        }
        TableFault::NoSheet => td_string!(locale, imports.table_no_sheet),
        TableFault::TooManyElements { max } => return td_string!(locale, imports.table_too_many_elements, max = n(*max)),
        TableFault::Unexpected { name } => return td_string!(locale, imports.table_unexpected, name = name.clone()),
        TableFault::Missing { name } => return td_string!(locale, imports.table_missing, name = name.clone()),
        TableFault::Wrong { name, value } => {
            return td_string!(locale, imports.table_wrong, name = name.clone(), value = value.clone());
        }
    };
    plain.to_owned()
}
