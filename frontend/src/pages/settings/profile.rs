//! One's own name, signature, look and password.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::panels::own::{Appearance, OwnSenderForm, PasswordChange, ProfileForm};
use crate::parts::Page;

/// How colleagues see one, how one sees the screens, and how one signs in.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Page title=move || t_string!(i18n, settings.profile) lead=move || t_string!(i18n, settings.profile_lead) narrow=true>
            <ProfileForm />
            <OwnSenderForm />
            <Appearance />
            <PasswordChange />
        </Page>
    }
}
