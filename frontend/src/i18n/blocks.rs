//! Words for bodies written as MJML or as blocks: what is wrong with them, what their parts are called.

use model::template::{BlockFault, BlockField, MjmlFault};

use super::{Locale, td_string};
use crate::format;
use crate::state::blocks::{Sort, Step};

/// What is wrong with MJML, in a sentence.
pub fn mjml_fault(locale: Locale, fault: &MjmlFault) -> String {
    match fault {
        MjmlFault::NoBody => td_string!(locale, blocks.mjml_no_body).to_owned(),
        MjmlFault::TooLong(max) => td_string!(locale, blocks.mjml_too_long, max = format::size(locale, *max as u64)),
        MjmlFault::UnknownElement(name) => td_string!(locale, blocks.mjml_unknown_element, name = name),
        MjmlFault::Misplaced { element, inside } if inside.is_empty() => {
            td_string!(locale, blocks.mjml_misplaced_outside, name = element)
        }
        MjmlFault::Misplaced { element, inside } => td_string!(locale, blocks.mjml_misplaced, name = element, inside = inside),
        MjmlFault::Unclosed(name) => td_string!(locale, blocks.mjml_unclosed, name = name),
        MjmlFault::Unopened(name) => td_string!(locale, blocks.mjml_unopened, name = name),
        MjmlFault::BrokenTag => td_string!(locale, blocks.mjml_broken_tag).to_owned(),
        MjmlFault::StrayText => td_string!(locale, blocks.mjml_stray_text).to_owned(),
        MjmlFault::Fetches(name) => td_string!(locale, blocks.mjml_fetches, name = name),
        MjmlFault::Strangers { element, attribute } => {
            td_string!(locale, blocks.mjml_strangers, name = element, attribute = attribute)
        }
        MjmlFault::InlineStyle => td_string!(locale, blocks.mjml_inline_style).to_owned(),
        MjmlFault::Unreadable => td_string!(locale, blocks.mjml_unreadable).to_owned(),
    }
}

/// What is wrong with a block, in a sentence.
pub fn block_fault(locale: Locale, fault: &BlockFault) -> String {
    match fault {
        BlockFault::Unreadable => td_string!(locale, blocks.fault_unreadable).to_owned(),
        BlockFault::Version(version) => td_string!(locale, blocks.fault_version, version = version),
        BlockFault::Empty => td_string!(locale, blocks.fault_empty).to_owned(),
        BlockFault::TooMany(max) => td_string!(locale, blocks.fault_too_many, max = max),
        BlockFault::Twice(_) => td_string!(locale, blocks.fault_twice).to_owned(),
        BlockFault::Columns => td_string!(locale, blocks.fault_columns).to_owned(),
        BlockFault::Nested => td_string!(locale, blocks.fault_nested).to_owned(),
        BlockFault::Missing(it) => td_string!(locale, blocks.fault_missing, field = field(locale, *it)),
        BlockFault::TooLong(it, max) => td_string!(locale, blocks.fault_too_long, field = field(locale, *it), max = max),
        BlockFault::Address(it) => td_string!(locale, blocks.fault_address, field = field(locale, *it)),
        BlockFault::Color(it) => td_string!(locale, blocks.fault_color, field = field(locale, *it)),
        BlockFault::Range { field: it, min, max } => {
            td_string!(locale, blocks.fault_range, field = field(locale, *it), min = min, max = max)
        }
        BlockFault::Path(it) => td_string!(locale, blocks.fault_path, field = field(locale, *it)),
        BlockFault::Markup => td_string!(locale, blocks.fault_markup).to_owned(),
        BlockFault::Account => td_string!(locale, blocks.fault_account).to_owned(),
    }
}

/// The name of a block's field.
pub fn field(locale: Locale, field: BlockField) -> &'static str {
    match field {
        BlockField::Text => td_string!(locale, blocks.field_text),
        BlockField::Source => td_string!(locale, blocks.field_source),
        BlockField::Alternative => td_string!(locale, blocks.field_alternative),
        BlockField::Link => td_string!(locale, blocks.field_link),
        BlockField::Width => td_string!(locale, blocks.field_width),
        BlockField::Height => td_string!(locale, blocks.field_height),
        BlockField::List => td_string!(locale, blocks.field_list),
        BlockField::Column => td_string!(locale, blocks.field_column),
        BlockField::Account => td_string!(locale, blocks.field_account),
        BlockField::Bank => td_string!(locale, blocks.field_bank),
        BlockField::Amount => td_string!(locale, blocks.field_amount),
        BlockField::Due => td_string!(locale, blocks.field_due),
        BlockField::Symbol => td_string!(locale, blocks.field_symbol),
        BlockField::Message => td_string!(locale, blocks.field_message),
        BlockField::Payee => td_string!(locale, blocks.field_payee),
        BlockField::FontSize => td_string!(locale, blocks.field_font_size),
        BlockField::Ink => td_string!(locale, blocks.field_ink),
        BlockField::Page => td_string!(locale, blocks.field_page),
        BlockField::Surface => td_string!(locale, blocks.field_surface),
        BlockField::Accent => td_string!(locale, blocks.field_accent),
    }
}

/// The name of a kind of block.
pub fn sort(locale: Locale, sort: Sort) -> &'static str {
    match sort {
        Sort::Text => td_string!(locale, blocks.sort_text),
        Sort::Picture => td_string!(locale, blocks.sort_picture),
        Sort::Button => td_string!(locale, blocks.sort_button),
        Sort::Columns => td_string!(locale, blocks.sort_columns),
        Sort::Items => td_string!(locale, blocks.sort_items),
        Sort::Payment => td_string!(locale, blocks.sort_payment),
        Sort::Header => td_string!(locale, blocks.sort_header),
        Sort::Footer => td_string!(locale, blocks.sort_footer),
        Sort::Divider => td_string!(locale, blocks.sort_divider),
        Sort::Spacer => td_string!(locale, blocks.sort_spacer),
    }
}

/// What a step of a block is called in its menu.
pub fn step(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Up => td_string!(locale, blocks.step_up),
        Step::Down => td_string!(locale, blocks.step_down),
        Step::In => td_string!(locale, blocks.step_in),
        Step::Out => td_string!(locale, blocks.step_out),
        Step::Left => td_string!(locale, blocks.step_left),
        Step::Right => td_string!(locale, blocks.step_right),
    }
}
