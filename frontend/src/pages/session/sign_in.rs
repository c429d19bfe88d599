//! Signing in.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::Sheet;
use crate::i18n::{t_string, use_i18n};
use crate::panels::password::PasswordField;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, TextField, TextKind, Title};
use crate::routes::replacing;
use crate::session::{Session, Standing};
use crate::state::next;

/// Address and password; afterwards one goes on where one wanted to.
#[component]
pub fn SignInPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let navigate = use_navigate();
    let query = use_query_map();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = FormState::new();
    let ended = move || query.with(|it| it.get_str("ended").is_some());
    // Whoever is signed in already, here or in another tab, has no business on this page.
    Effect::new(move |_| {
        if matches!(session.standing(), Standing::In(_)) {
            let target = query.with(|it| next::target(it.get_str("next")).to_owned());
            navigate(&target, replacing());
        }
    });
    let sign_in = move || {
        let call = app::session::sign_in(email.get_untracked(), password.get_untracked());
        form.submit(call, move |me| session.begin(me));
    };
    view! {
        <Title text=move || t_string!(i18n, session.sign_in_title) />
        <Sheet>
            <h1>{move || t_string!(i18n, session.sign_in_title)}</h1>
            <p class="lead">{move || t_string!(i18n, session.sign_in_lead)}</p>
            <Form state=form on_submit=sign_in>
                <Show when=ended>
                    <Banner text=move || t_string!(i18n, session.ended) />
                </Show>
                <TextField
                    label=move || t_string!(i18n, session.email)
                    value=email
                    name="email"
                    kind=TextKind::Email
                    autocomplete="username"
                    autofocus=true
                />
                <PasswordField
                    label=move || t_string!(i18n, session.password)
                    value=password
                    name="password"
                    autocomplete="current-password"
                />
                <Button
                    label=move || t_string!(i18n, session.sign_in)
                    kind=ButtonKind::Primary
                    busy=form.busy()
                    submit=true
                />
            </Form>
            <p class="aside">{move || t_string!(i18n, session.forgotten)}</p>
        </Sheet>
    }
}
