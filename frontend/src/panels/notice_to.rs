//! Whom a mail of the program itself goes to: colleagues by name, and addresses.

use leptos::prelude::*;
use model::{NoticeTo, Permission, UserId};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Checkbox, ErrorState, FormState, TextField};
use crate::session::Session;

/// What is ticked and typed.
#[derive(Clone, Copy)]
pub struct NoticeFields {
    users: RwSignal<Vec<UserId>>,
    addresses: RwSignal<String>,
}

impl NoticeFields {
    /// The fields of what is stored.
    pub fn of(to: NoticeTo) -> Self {
        Self { users: RwSignal::new(to.users), addresses: RwSignal::new(to.addresses) }
    }

    /// What is ticked and typed now, subscribing to changes.
    pub fn to(self) -> NoticeTo {
        NoticeTo { users: self.users.get(), addresses: self.addresses.get().trim().to_owned() }
    }
}

/// A box for each colleague, for those who may see them, and a field for addresses.
#[component]
pub fn NoticeToFields(
    /// What is ticked and typed.
    fields: NoticeFields,
    /// Under which name faults find the fields.
    name: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let users = calls::ask(
        move || session.can(Permission::ContactsView),
        |may| async move { if may { app::contacts::list_owners().await } else { Ok(Vec::new()) } },
    );
    let rows = move || {
        let all = users.get().unwrap_or_default();
        all.into_iter().map(|(id, name)| view! { <Reader id=id name=name fields=fields /> }).collect_view()
    };
    let form = FormState::find();
    let field = format!("{name}.users");
    let cleared = field.clone();
    let fault = Memo::new(move |_| form.and_then(|it| it.fault(&field, i18n.get_locale())));
    Effect::new(move |before: Option<()>| {
        fields.users.track();
        if let (Some(()), Some(form)) = (before, form) {
            form.clear(&cleared);
        }
    });
    let has_users = Memo::new(move |_| users.with(|it| it.is_some_and(|it| !it.is_empty())));
    view! {
        <Show when=move || has_users.get()>
            <fieldset class="notice-to">
                <legend>{move || t_string!(i18n, notices.users)}</legend>
                <div class="notice-users">{rows}</div>
                {move || fault.get().map(|it| view! { <p class="fault">{it}</p> })}
            </fieldset>
        </Show>
        {move || users.problem().map(|it| view! { <ErrorState problem=Signal::stored(it) on_retry=move || users.ask_again() /> })}
        <TextField
            label=move || t_string!(i18n, notices.addresses)
            value=fields.addresses
            name=format!("{name}.addresses")
            hint=move || t_string!(i18n, notices.addresses_hint)
            optional=true
        />
    }
}

#[component]
fn Reader(id: UserId, name: String, fields: NoticeFields) -> impl IntoView {
    let checked = RwSignal::new(fields.users.with_untracked(|it| it.contains(&id)));
    Effect::new(move |_| {
        let is_wanted = checked.get();
        if fields.users.with_untracked(|it| it.contains(&id)) != is_wanted {
            fields.users.update(|it| {
                it.retain(|it| *it != id);
                if is_wanted {
                    it.push(id);
                }
            });
        }
    });
    view! { <Checkbox label=name checked=checked /> }
}
