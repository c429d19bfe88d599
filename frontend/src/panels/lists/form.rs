//! Name and description of a list.

use leptos::prelude::*;
use model::{Change, ListDraft, ListOrigin, RecipientList, RecipientListId};

use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, TextArea, TextField};
use crate::toast::Toasts;

/// Asks for the name of a new list, or changes the one given.
#[component]
pub fn ListDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The list to change; nothing makes a new one.
    #[prop(into)]
    list: Signal<Option<RecipientList>>,
    /// Called with the list that was saved.
    #[prop(into)]
    on_saved: Callback<(RecipientListId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match list.with(Option::is_some) {
        true => t_string!(i18n, lists.edit_title),
        false => t_string!(i18n, lists.new_title),
    };
    view! {
        <Dialog title=title open=open>
            <ListForm open=open list=list.get_untracked() on_saved=on_saved />
        </Dialog>
    }
}

#[component]
fn ListForm(open: RwSignal<bool>, list: Option<RecipientList>, on_saved: Callback<(RecipientListId,)>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let (live, toasts) = (Live::find(), Toasts::find());
    let key = list.as_ref().map(|it| (it.id, it.revision));
    let is_new = key.is_none();
    let (name, description, public_name) = list.map(|it| (it.name, it.description, it.public_name)).unwrap_or_default();
    let (name, description, public_name) = (RwSignal::new(name), RwSignal::new(description), RwSignal::new(public_name));
    let submit = move || {
        let draft = ListDraft {
            name: name.get_untracked(),
            description: description.get_untracked(),
            public_name: public_name.get_untracked(),
            origin: ListOrigin::Hand,
        };
        let named = draft.name.trim().to_owned();
        form.submit(app::recipient_lists::save_list(key, draft), move |id| {
            live.note(Change::Lists);
            toasts.done(tu_string!(i18n, lists.saved, name = named));
            open.set(false);
            on_saved.run((id,));
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <TextField label=move || t_string!(i18n, lists.name) value=name name="name" autofocus=true />
            <TextArea
                label=move || t_string!(i18n, lists.description)
                value=description
                name="description"
                optional=true
                lines=2
            />
            <TextField
                label=move || t_string!(i18n, lists.public_name)
                hint=move || t_string!(i18n, lists.public_name_hint)
                value=public_name
                name="public_name"
                optional=true
            />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button
                    label=move || if is_new { t_string!(i18n, lists.create) } else { t_string!(i18n, lists.save) }
                    kind=ButtonKind::Primary
                    busy=form.busy()
                    submit=true
                />
            </footer>
        </Form>
    }
}
