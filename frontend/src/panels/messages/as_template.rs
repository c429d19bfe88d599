//! A message becomes a template.

use leptos::prelude::*;
use model::{Change, Language, MessageDetail};

use crate::i18n::{language, t_string, use_i18n, words};
use crate::live::Live;
use crate::parts::{Dialog, DialogEnd, Form, FormState, Select, TextField};
use crate::toast::Toasts;

/// Asks for the name and the language of the template, and says what it takes over.
#[component]
pub(super) fn AsTemplateDialog(
    /// The message.
    message: Signal<MessageDetail>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, messages.template_title) open=open>
            <AsTemplate message=message open=open />
        </Dialog>
    }
}

#[component]
fn AsTemplate(message: Signal<MessageDetail>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let name = RwSignal::new(message.with_untracked(|it| it.subject.clone()));
    let spoken = RwSignal::new(language(i18n.get_locale_untracked()).code().to_owned());
    let languages = Signal::stored(Language::ALL.map(|it| (it.code().to_owned(), words::language(it).to_owned())).to_vec());
    let save = move || {
        let id = message.with_untracked(|it| it.id);
        let (name, spoken) = (name.get_untracked(), Language::from_code(&spoken.get_untracked()).unwrap_or_default());
        form.submit(app::templates::save_message_as_template(id, name.clone(), spoken), move |_| {
            open.set(false);
            toasts.done(untrack(|| t_string!(i18n, messages.template_saved, name = name)));
            live.note(Change::Templates);
        });
    };
    view! {
        <Form state=form on_submit=save>
            <p class="hint">{move || t_string!(i18n, messages.template_text)}</p>
            <TextField label=move || t_string!(i18n, messages.template_name) value=name name="name" autofocus=true />
            <Select label=move || t_string!(i18n, messages.template_language) options=languages value=spoken name="language" />
            <DialogEnd label=move || t_string!(i18n, messages.template_save) open=open busy=form.busy() />
        </Form>
    }
}
