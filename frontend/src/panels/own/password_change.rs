//! Changing one's password.

use leptos::prelude::*;
use model::user::{PASSWORD_MIN, check_password};
use model::{Fault, Faults};

use crate::i18n::{t_string, tu_string, use_i18n};
use crate::panels::password::PasswordField;
use crate::parts::{Button, Form, FormState};
use crate::session::Session;
use crate::toast::Toasts;

/// Asks for the old password and a new one; all other sessions end.
#[component]
pub fn PasswordChange() -> impl IntoView {
    let i18n = use_i18n();
    let (session, toasts) = (Session::find(), Toasts::find());
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = FormState::new();
    let email = untrack(|| session.me()).map(|me| me.email.clone()).unwrap_or_default();
    let change = move || {
        let (typed_old, typed_new) = (old.get_untracked(), new.get_untracked());
        let mut faults = Faults::default();
        if typed_old.is_empty() {
            faults.add("old", Fault::Missing);
        }
        check_password(&mut faults, "new", &typed_new);
        if let Err(refusal) = faults.finish() {
            return form.refuse(refusal.into());
        }
        form.submit(app::profile::change_password(typed_old, typed_new), move |()| {
            old.set(String::new());
            new.set(String::new());
            toasts.done(tu_string!(i18n, settings.password_changed));
        });
    };
    view! {
        <Form state=form on_submit=change>
            <section class="form-part">
                <header>
                    <h2>{move || t_string!(i18n, settings.password)}</h2>
                    <p>{move || t_string!(i18n, settings.password_lead)}</p>
                </header>
                <div class="form-fields">
                    // Password managers want to know whose password this is.
                    <input type="email" autocomplete="username" value=email hidden readonly />
                    <PasswordField
                        label=move || t_string!(i18n, settings.password_old)
                        value=old
                        name="old"
                        autocomplete="current-password"
                    />
                    <PasswordField
                        label=move || t_string!(i18n, settings.password_new)
                        value=new
                        name="new"
                        autocomplete="new-password"
                        hint=move || t_string!(i18n, settings.password_hint, n = PASSWORD_MIN)
                    />
                </div>
            </section>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, settings.password_change) busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
