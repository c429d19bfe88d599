//! One's name and signature.

use leptos::prelude::*;
use model::Profile;

use crate::i18n::{t_string, tu_string, use_i18n};
use crate::parts::{Button, ButtonKind, Form, FormState, TextArea, TextField};
use crate::session::Session;
use crate::toast::Toasts;

/// Name, signature and how it will look under a message.
#[component]
pub fn ProfileForm() -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts) = (Session::find(), Toasts::find());
    let me = untrack(|| session.me());
    let (name, signature) = me.as_ref().map(|me| (me.name.clone(), me.signature.clone())).unwrap_or_default();
    let email = me.map(|me| me.email.clone()).unwrap_or_default();
    let (name, signature, email) = (RwSignal::new(name), RwSignal::new(signature), RwSignal::new(email));
    let form = FormState::new();
    let save = move || {
        let profile = Profile {
            name: name.get_untracked(),
            signature: signature.get_untracked(),
            preferences: untrack(|| session.preferences()),
        };
        if let Err(refusal) = profile.check() {
            return form.refuse(refusal.into());
        }
        form.submit(app::profile::save_profile(profile), move |()| {
            session.refresh();
            toasts.done(tu_string!(i18n, settings.profile_saved));
        });
    };
    view! {
        <Form state=form on_submit=save>
            <section class="form-part">
                <header>
                    <h2>{move || t_string!(i18n, settings.who)}</h2>
                </header>
                <div class="form-fields">
                    <TextField label=move || t_string!(i18n, settings.name) value=name name="name" autocomplete="name" />
                    <TextField
                        label=move || t_string!(i18n, settings.email)
                        value=email
                        hint=move || t_string!(i18n, settings.email_hint)
                        disabled=true
                    />
                    <TextArea
                        label=move || t_string!(i18n, settings.signature)
                        value=signature
                        name="signature"
                        hint=move || t_string!(i18n, settings.signature_hint)
                        optional=true
                    />
                    <SignaturePreview signature=signature />
                </div>
            </section>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

/// The end of a message with the signature below it, made as the server makes it.
#[component]
fn SignaturePreview(signature: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let empty = Memo::new(move |_| signature.with(|it| it.trim().is_empty()));
    let text = move || content::signature::append(t_string!(i18n, settings.signature_sample), &signature.read());
    view! {
        <figure class="signature-preview">
            <figcaption>{move || t_string!(i18n, settings.signature_preview)}</figcaption>
            <Show
                when=move || !empty.get()
                fallback=move || view! { <p class="hint">{move || t_string!(i18n, settings.signature_empty)}</p> }
            >
                <pre>{text}</pre>
            </Show>
        </figure>
    }
}
