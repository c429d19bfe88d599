//! Accepting an invitation, or choosing a new password, by a one-time link.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::Sheet;
use crate::browser::location;
use crate::calls;
use crate::i18n::{Speech, t_string, use_i18n};
use crate::panels::password::PasswordField;
use crate::parts::{Button, ButtonKind, ButtonLink, EmptyState, Form, FormState, Glyph, Skeleton, Title};
use crate::routes::replacing;
use crate::session::Session;

/// Names the invited and asks for a password. The secret stands in the fragment and is never sent as part of an address.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let i18n = use_i18n();
    let token = location::fragment();
    location::follow_fragment();
    let asked = token.clone();
    let invitation = calls::ask(|| (), move |()| app::session::open_invitation(asked.clone()));
    let token = StoredValue::new(token);
    let speech = Speech::find();
    Effect::new(move |_| {
        if let Some(it) = invitation.get() {
            speech.set(it.language);
        }
    });
    view! {
        <Title text=move || t_string!(i18n, session.new_password) />
        <Sheet>
            {move || match (invitation.get(), invitation.problem()) {
                (Some(it), _) => {
                    view! {
                        <h1>{move || t_string!(i18n, session.invitation_title, name = it.name.clone())}</h1>
                        <p class="lead">{move || t_string!(i18n, session.invitation_lead, company = it.company.clone())}</p>
                        <NewPassword token=token email=it.email />
                    }
                        .into_any()
                }
                (None, Some(_)) => view! { <DeadLink /> }.into_any(),
                (None, None) => view! { <Skeleton lines=5 /> }.into_any(),
            }}
        </Sheet>
    }
}

#[component]
fn NewPassword(token: StoredValue<String>, email: String) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let navigate = use_navigate();
    let navigate = StoredValue::new_local(navigate);
    let password = RwSignal::new(String::new());
    let form = FormState::new();
    let accept = move || {
        let call = app::session::accept_invitation(token.get_value(), password.get_untracked());
        form.submit(call, move |me| {
            session.begin(me);
            navigate.with_value(|it| it("/", replacing()));
        });
    };
    let user = email.clone();
    view! {
        <Form state=form on_submit=accept>
            <p>{move || t_string!(i18n, session.invitation_email, email = email.clone())}</p>
            // Password managers want to know whose password this is.
            <input type="email" autocomplete="username" value=user hidden readonly />
            <PasswordField
                label=move || t_string!(i18n, session.new_password)
                value=password
                name="password"
                autocomplete="new-password"
                hint=move || t_string!(i18n, session.password_hint, n = model::user::PASSWORD_MIN)
            />
            <Button
                label=move || t_string!(i18n, session.set_password)
                kind=ButtonKind::Primary
                busy=form.busy()
                submit=true
            />
        </Form>
    }
}

#[component]
fn DeadLink() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <EmptyState
            glyph=Glyph::LINK
            title=move || t_string!(i18n, session.link_dead_title)
            text=move || t_string!(i18n, session.link_dead_text)
        >
            <ButtonLink label=move || t_string!(i18n, session.to_sign_in) href="/sign-in".to_owned() />
        </EmptyState>
    }
}
