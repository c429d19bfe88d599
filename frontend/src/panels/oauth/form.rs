//! The provider and the application.

use leptos::prelude::*;
use model::{AccountId, Change, OauthPage, OauthUse};

use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::password::PasswordField;
use crate::parts::{Button, CopyButton, Form, FormState, RadioGroup, TextField, TextKind};
use crate::state::oauth_form::{self as rules, BASIC, BODY, GOOGLE, MICROSOFT, OTHER, OauthForm, SecretNote};
use crate::toast::Toasts;

/// One signal per field.
#[derive(Clone, Copy)]
struct Fields {
    provider: RwSignal<String>,
    tenant: RwSignal<String>,
    authorize_url: RwSignal<String>,
    token_url: RwSignal<String>,
    scope: RwSignal<String>,
    auth: RwSignal<String>,
    client_id: RwSignal<String>,
    client_secret: RwSignal<String>,
}

impl Fields {
    fn of(form: OauthForm) -> Self {
        Self {
            provider: RwSignal::new(form.provider),
            tenant: RwSignal::new(form.tenant),
            authorize_url: RwSignal::new(form.authorize_url),
            token_url: RwSignal::new(form.token_url),
            scope: RwSignal::new(form.scope),
            auth: RwSignal::new(form.auth),
            client_id: RwSignal::new(form.client_id),
            client_secret: RwSignal::new(form.client_secret),
        }
    }

    /// What is typed now, subscribing to changes.
    fn form(self) -> OauthForm {
        OauthForm {
            provider: self.provider.get(),
            tenant: self.tenant.get(),
            authorize_url: self.authorize_url.get(),
            token_url: self.token_url.get(),
            scope: self.scope.get(),
            auth: self.auth.get(),
            client_id: self.client_id.get(),
            client_secret: self.client_secret.get(),
        }
    }
}

/// The fields with the button that stores them.
#[component]
pub(super) fn OauthFields(
    account: AccountId,
    used_for: OauthUse,
    page: Signal<OauthPage>,
    host: Signal<String>,
    is_dirty: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let first = page.get_untracked();
    let fields = Fields::of(OauthForm::of(first.login.as_ref(), &host.get_untracked()));
    let form = FormState::new();
    let known = RwSignal::new(untrack(|| fields.form()));
    Effect::new(move |_| is_dirty.set(known.with(|it| *it != fields.form())));
    let save = move || {
        let typed = untrack(|| fields.form());
        let draft = match typed.draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.submit(app::oauth::save_oauth(account, used_for, draft), move |()| {
            // A secret is typed once and not kept on the screen.
            fields.client_secret.set(String::new());
            known.set(OauthForm { client_secret: String::new(), ..typed });
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, oauth.saved));
        });
    };
    let note = Memo::new(move |_| page.with(|it| rules::secret_note(&fields.form(), it.login.as_ref())));
    let about_secret = move || match note.get() {
        SecretNote::None => t_string!(i18n, oauth.secret_none),
        SecretNote::Stored => t_string!(i18n, oauth.secret_stored),
        SecretNote::Again => t_string!(i18n, oauth.secret_again),
    };
    view! {
        <Form state=form on_submit=save>
            <ProviderFields fields=fields />
            <RedirectLine uri=first.redirect_uri />
            <TextField label=move || t_string!(i18n, oauth.client_id) value=fields.client_id name="settings.client_id" />
            <PasswordField
                label=move || t_string!(i18n, oauth.client_secret)
                value=fields.client_secret
                name="client_secret"
                autocomplete="off"
                hint=about_secret
            />
            <div>
                <Button label=move || t_string!(i18n, common.save) busy=form.busy() submit=true />
            </div>
        </Form>
    }
}

#[component]
fn ProviderFields(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    let is = move |key: &'static str| fields.provider.with(|it| it == key);
    view! {
        <RadioGroup
            label=move || t_string!(i18n, oauth.provider)
            value=fields.provider
            segmented=true
            options=vec![
                (MICROSOFT, TextProp::from(move || t_string!(i18n, oauth.provider_microsoft))),
                (GOOGLE, TextProp::from(move || t_string!(i18n, oauth.provider_google))),
                (OTHER, TextProp::from(move || t_string!(i18n, oauth.provider_other))),
            ]
        />
        <Show when=move || is(MICROSOFT)>
            <TextField
                label=move || t_string!(i18n, oauth.tenant)
                value=fields.tenant
                name="settings.provider.tenant"
                hint=move || t_string!(i18n, oauth.tenant_hint)
            />
        </Show>
        <Show when=move || is(OTHER)>
            <TextField
                label=move || t_string!(i18n, oauth.authorize_url)
                value=fields.authorize_url
                name="settings.provider.authorize_url"
                kind=TextKind::Web
            />
            <TextField
                label=move || t_string!(i18n, oauth.token_url)
                value=fields.token_url
                name="settings.provider.token_url"
                kind=TextKind::Web
            />
            <TextField
                label=move || t_string!(i18n, oauth.scope)
                value=fields.scope
                name="settings.provider.scope"
                hint=move || t_string!(i18n, oauth.scope_hint)
            />
            <RadioGroup
                label=move || t_string!(i18n, oauth.client_auth)
                value=fields.auth
                segmented=true
                options=vec![
                    (BODY, TextProp::from(move || t_string!(i18n, oauth.auth_body))),
                    (BASIC, TextProp::from(move || t_string!(i18n, oauth.auth_basic))),
                ]
            />
        </Show>
    }
}

/// Our address, to be entered at the provider.
#[component]
fn RedirectLine(uri: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="redirect-line">
            <p>{move || t_string!(i18n, oauth.redirect)}</p>
            <div>
                <code tabindex="0">{uri.clone()}</code>
                <CopyButton text=Signal::stored(uri) label=move || t_string!(i18n, oauth.redirect_copy) />
            </div>
            <p class="hint">{move || t_string!(i18n, oauth.redirect_hint)}</p>
        </div>
    }
}
