//! Taking an own field away, with the number of values that go with it.

use leptos::prelude::*;
use model::{Change, FieldChange, FieldDefinition};

use crate::calls;
use crate::format;
use crate::i18n::{language, messages::small, t_string, use_i18n};
use crate::live::Live;
use crate::parts::Confirm;
use crate::toast::Toasts;

/// Asks before the field goes.
#[component]
pub(super) fn RemoveField(
    /// The field that should go; nothing while nobody asks.
    field: RwSignal<Option<FieldDefinition>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if field.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && field.with_untracked(Option::is_some) {
            field.set(None);
        }
    });
    let lost = calls::ask(
        move || field.with(|it| it.as_ref().map(|it| it.id)),
        |id| async move {
            match id {
                Some(id) => Ok(Some(app::fields::count_lost_values(FieldChange::Remove(id)).await?)),
                None => Ok(None),
            }
        },
    );
    let name = move || field.with(|it| it.as_ref().map_or_else(String::new, |it| it.name.clone()));
    let text = move || match lost.get().flatten() {
        Some(n) => {
            let words = format::number(language(i18n.get_locale()), n);
            t_string!(i18n, fields.lost, count = small(n), n = words)
        }
        None => t_string!(i18n, fields.removing).to_owned(),
    };
    let remove = move || {
        let Some(definition) = field.get_untracked() else { return };
        calls::act(busy, app::fields::delete_field(definition.id), move |()| {
            open.set(false);
            toasts.done(untrack(|| t_string!(i18n, fields.removed, name = definition.name)));
            live.note(Change::Contacts);
        });
    };
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, fields.remove_title, name = name())
            text=text
            act=move || t_string!(i18n, fields.remove_act)
            busy=busy
            on_confirm=remove
        />
    }
}
