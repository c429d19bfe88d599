//! The first run: administrator, company, language, in one calm form.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::settings::ATTACHMENTS_MAX;
use model::{Company, FirstRun, HomeCountry, Language};

use super::Sheet;
use crate::browser::{document, location};
use crate::i18n::{Speech, t_string, use_i18n, words};
use crate::panels::password::PasswordField;
use crate::parts::{Button, ButtonKind, EmptyState, Form, FormState, Glyph, RadioGroup, TextField, TextKind, Title};
use crate::routes::replacing;
use crate::session::Session;

/// Asks for the three things that a fresh installation needs, when it was opened by the link from the console.
#[component]
pub fn FirstRunPage() -> impl IntoView {
    let i18n = use_i18n();
    let token = location::fragment();
    location::follow_fragment();
    view! {
        <Title text=move || t_string!(i18n, session.first_title) />
        <Sheet wide=!token.is_empty()>
            {if token.is_empty() {
                view! {
                    <EmptyState
                        glyph=Glyph::KEY_ROUND
                        title=move || t_string!(i18n, session.fresh_title)
                        text=move || t_string!(i18n, session.fresh_text)
                    />
                }
                    .into_any()
            } else {
                view! {
                    <h1>{move || t_string!(i18n, session.first_title)}</h1>
                    <p class="lead">{move || t_string!(i18n, session.first_lead)}</p>
                    <FirstRunForm token=token />
                }
                    .into_any()
            }}
        </Sheet>
    }
}

#[component]
fn FirstRunForm(token: String) -> impl IntoView {
    let i18n = use_i18n();
    let (session, speech) = (Session::find(), Speech::find());
    let navigate = use_navigate();
    let navigate = StoredValue::new_local(navigate);
    let text = || RwSignal::new(String::new());
    let (name, email, password) = (text(), text(), text());
    let (company_name, company_email) = (text(), text());
    let language = speech.language_now();
    let country = RwSignal::new(if language == Language::Cs { "cz" } else { "sk" }.to_owned());
    let message_language = RwSignal::new(language.code().to_owned());
    let spoken = RwSignal::new(language.code().to_owned());
    Effect::new(move |_| {
        if let Some(language) = Language::from_code(&spoken.get()) {
            speech.set(language);
        }
    });
    let form = FormState::new();
    let begin = move || {
        let company = Company {
            name: company_name.get_untracked(),
            email: company_email.get_untracked(),
            country: if country.get_untracked() == "cz" { HomeCountry::Czechia } else { HomeCountry::Slovakia },
            language: Language::from_code(&message_language.get_untracked()).unwrap_or_default(),
            attachments_max: ATTACHMENTS_MAX,
            ..Company::default()
        };
        let first_run = FirstRun {
            token: token.clone(),
            name: name.get_untracked(),
            email: email.get_untracked(),
            password: password.get_untracked(),
            company,
            language: speech.language_now(),
        };
        if let Err(refusal) = first_run.check() {
            return form.refuse(refusal.into());
        }
        form.submit(app::session::set_up(first_run), move |me| {
            document::set_installed();
            session.begin(me);
            navigate.with_value(|it| it("/", replacing()));
        });
    };
    let languages = || Language::ALL.map(|it| (it.code(), words::language(it).into())).to_vec();
    view! {
        <Form state=form on_submit=begin>
            <section class="form-part">
                <header>
                    <h2>{move || t_string!(i18n, common.language)}</h2>
                </header>
                <div class="form-fields">
                    <RadioGroup
                        label=move || t_string!(i18n, session.first_language)
                        value=spoken
                        segmented=true
                        options=languages()
                    />
                </div>
            </section>
            <section class="form-part">
                <header>
                    <h2>{move || t_string!(i18n, session.first_you)}</h2>
                    <p>{move || t_string!(i18n, session.first_you_hint)}</p>
                </header>
                <div class="form-fields">
                    <TextField
                        label=move || t_string!(i18n, session.full_name)
                        value=name
                        name="name"
                        autocomplete="name"
                        autofocus=true
                    />
                    <TextField
                        label=move || t_string!(i18n, session.your_email)
                        value=email
                        name="email"
                        kind=TextKind::Email
                        autocomplete="username"
                    />
                    <PasswordField
                        label=move || t_string!(i18n, session.password)
                        value=password
                        name="password"
                        autocomplete="new-password"
                        hint=move || t_string!(i18n, session.password_hint, n = model::user::PASSWORD_MIN)
                    />
                </div>
            </section>
            <section class="form-part">
                <header>
                    <h2>{move || t_string!(i18n, session.first_company)}</h2>
                    <p>{move || t_string!(i18n, session.first_company_hint)}</p>
                </header>
                <div class="form-fields">
                    <TextField
                        label=move || t_string!(i18n, session.company_name)
                        value=company_name
                        name="company.name"
                        autocomplete="organization"
                    />
                    <TextField
                        label=move || t_string!(i18n, session.company_email)
                        value=company_email
                        name="company.email"
                        kind=TextKind::Email
                        hint=move || t_string!(i18n, session.company_email_hint)
                    />
                    <RadioGroup
                        label=move || t_string!(i18n, session.country)
                        value=country
                        segmented=true
                        options=vec![
                            ("sk", TextProp::from(move || t_string!(i18n, session.country_sk))),
                            ("cz", TextProp::from(move || t_string!(i18n, session.country_cz))),
                        ]
                    />
                    <RadioGroup
                        label=move || t_string!(i18n, session.message_language)
                        value=message_language
                        segmented=true
                        options=languages()
                    />
                </div>
            </section>
            <footer class="form-end">
                <Button
                    label=move || t_string!(i18n, session.start)
                    kind=ButtonKind::Primary
                    icon=Glyph::ARROW_RIGHT
                    busy=form.busy()
                    submit=true
                />
            </footer>
        </Form>
    }
}
