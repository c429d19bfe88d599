//! Marks the chosen contacts as getting no bulk messages, or takes the mark away. Either can be taken back by the other.

use leptos::prelude::*;
use model::{BulkChange, Permission};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::i18n::t_string;
use crate::parts::Glyph;

/// They get no bulk messages.
pub const NO_BULK: BulkAct = BulkAct {
    name: "no-bulk",
    right: Permission::ContactsEdit,
    glyph: Glyph::BAN,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, bulk.no_bulk).to_owned(),
    press: Press::Do(|bulk| mark(bulk, true, untrack(|| t_string!(bulk.i18n, bulk.no_bulk_run).to_owned()))),
};

/// They get bulk messages again.
pub const BULK_AGAIN: BulkAct = BulkAct {
    name: "bulk-again",
    right: Permission::ContactsEdit,
    glyph: Glyph::MEGAPHONE,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, bulk.bulk_again).to_owned(),
    press: Press::Do(|bulk| mark(bulk, false, untrack(|| t_string!(bulk.i18n, bulk.bulk_again_run).to_owned()))),
};

fn mark(bulk: Bulk, no_bulk: bool, title: String) {
    bulk.run(title, move |chosen, after| app::bulk::change_contacts(chosen, BulkChange::NoBulk(no_bulk), after));
}
