//! Suppresses the chosen contacts with all their addresses.

use leptos::prelude::*;
use model::{ContactSuppressionDraft, Permission};

use super::{Bulk, BulkAct, Press, Shelf};
use crate::i18n::messages::small;
use crate::i18n::{language, t_string, use_i18n};
use crate::panels::suppressions::SuppressForm;
use crate::parts::{Dialog, FormState, Glyph};

/// The act.
pub const SUPPRESS: BulkAct = BulkAct {
    name: "suppress",
    right: Permission::SuppressionsManage,
    glyph: Glyph::BAN,
    shelf: Shelf::Menu,
    label: |i18n| t_string!(i18n, suppressions.bulk).to_owned(),
    press: Press::Ask(|bulk, open| view! { <SuppressDialog bulk=bulk open=open /> }.into_any()),
};

#[component]
fn SuppressDialog(bulk: Bulk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let (count, n) = (small(bulk.count()), crate::format::number(language(i18n.get_locale()), bulk.count()));
        t_string!(i18n, suppressions.bulk_text, count = count, n = n)
    };
    let suppress = move |draft: ContactSuppressionDraft| {
        open.set(false);
        bulk.run(untrack(|| t_string!(i18n, suppressions.bulk_run).to_owned()), move |chosen, after| {
            app::suppressions::suppress_contacts(chosen, draft.clone(), after)
        });
    };
    view! {
        <Dialog title=move || t_string!(i18n, suppressions.bulk_title) open=open>
            <SuppressForm form=FormState::new() text=text on_submit=suppress on_cancel=move || open.set(false) />
        </Dialog>
    }
}
