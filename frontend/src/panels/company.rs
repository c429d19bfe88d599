//! The company's data.

use leptos::prelude::*;
use model::settings::BlockedEndings;
use model::{Change, Company, HomeCountry, Language};

use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n, words};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::taking_in::TakingIn;
use crate::parts::{Button, ButtonKind, Checkbox, Form, FormState, Glyph, RadioGroup, TextArea, TextField, TextKind};
use crate::session::Session;
use crate::state::company_form;
use crate::toast::Toasts;

/// Opens the data and lets them be changed.
#[component]
pub fn CompanyPanel() -> impl IntoView {
    let company = calls::ask(|| (), |()| app::settings::open_company());
    view! {
        <Loaded answer=company lines=12 let:company>
            <CompanyForm company=company.get_untracked() />
        </Loaded>
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    registration_number: RwSignal<String>,
    tax_number: RwSignal<String>,
    street: RwSignal<String>,
    city: RwSignal<String>,
    postcode: RwSignal<String>,
    country: RwSignal<String>,
    email: RwSignal<String>,
    phone: RwSignal<String>,
    web: RwSignal<String>,
    language: RwSignal<String>,
    attachments: RwSignal<String>,
    /// The total in bytes as it is stored.
    stored_max: u64,
    blocked: RwSignal<String>,
    domain_checks: RwSignal<bool>,
    attachment_contents: RwSignal<bool>,
}

impl Fields {
    fn of(company: Company, comma: char) -> Self {
        let country = if company.country == HomeCountry::Czechia { "cz" } else { "sk" };
        Self {
            name: RwSignal::new(company.name),
            registration_number: RwSignal::new(company.registration_number),
            tax_number: RwSignal::new(company.tax_number),
            street: RwSignal::new(company.street),
            city: RwSignal::new(company.city),
            postcode: RwSignal::new(company.postcode),
            country: RwSignal::new(country.to_owned()),
            email: RwSignal::new(company.email),
            phone: RwSignal::new(company.phone),
            web: RwSignal::new(company.web),
            language: RwSignal::new(company.language.code().to_owned()),
            attachments: RwSignal::new(company_form::megabytes(company.attachments_max, comma)),
            stored_max: company.attachments_max,
            blocked: RwSignal::new(company.blocked_endings.shown()),
            domain_checks: RwSignal::new(company.domain_checks),
            attachment_contents: RwSignal::new(company.attachment_contents),
        }
    }

    fn read(self) -> Result<Company, model::Refusal> {
        let company = Company {
            name: self.name.get_untracked(),
            registration_number: self.registration_number.get_untracked(),
            tax_number: self.tax_number.get_untracked(),
            street: self.street.get_untracked(),
            city: self.city.get_untracked(),
            postcode: self.postcode.get_untracked(),
            country: if self.country.get_untracked() == "cz" { HomeCountry::Czechia } else { HomeCountry::Slovakia },
            email: self.email.get_untracked(),
            phone: self.phone.get_untracked(),
            web: self.web.get_untracked(),
            language: Language::from_code(&self.language.get_untracked()).unwrap_or_default(),
            attachments_max: self.stored_max,
            blocked_endings: BlockedEndings::read(&self.blocked.get_untracked()),
            domain_checks: self.domain_checks.get_untracked(),
            attachment_contents: self.attachment_contents.get_untracked(),
        };
        company_form::checked(company, &self.attachments.get_untracked())
    }
}

#[component]
fn CompanyForm(company: Company) -> impl IntoView {
    let i18n = use_i18n();
    let (live, session, toasts) = (Live::find(), Session::find(), Toasts::find());
    let comma = if untrack(|| session.preferences()).language == Language::En { '.' } else { ',' };
    let fields = Fields::of(company, comma);
    let form = FormState::new();
    let save = move || {
        let company = match fields.read() {
            Ok(company) => company,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.submit(app::settings::save_company(company), move |()| {
            live.note(Change::Settings);
            toasts.done(tu_string!(i18n, settings.company_saved));
        });
    };
    view! {
        <Form state=form on_submit=save>
            <Identity fields=fields />
            <Seat fields=fields />
            <Reach fields=fields />
            <Messages fields=fields />
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

#[component]
fn Identity(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="form-part">
            <header><h2>{move || t_string!(i18n, settings.company_who)}</h2></header>
            <div class="form-fields">
                <TextField label=move || t_string!(i18n, settings.company_name) value=fields.name name="name" autocomplete="organization" />
                <div class="form-row">
                    <TextField
                        label=move || t_string!(i18n, settings.registration_number)
                        value=fields.registration_number
                        name="registration_number"
                        optional=true
                    />
                    <TextField label=move || t_string!(i18n, settings.tax_number) value=fields.tax_number name="tax_number" optional=true />
                </div>
            </div>
        </section>
    }
}

#[component]
fn Seat(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="form-part">
            <header><h2>{move || t_string!(i18n, settings.company_where)}</h2></header>
            <div class="form-fields">
                <TextField label=move || t_string!(i18n, settings.street) value=fields.street name="street" optional=true />
                <div class="form-row">
                    <TextField label=move || t_string!(i18n, settings.city) value=fields.city name="city" optional=true />
                    <TextField label=move || t_string!(i18n, settings.postcode) value=fields.postcode name="postcode" optional=true short=true />
                </div>
                <div class="explained-choice">
                    <RadioGroup
                        label=move || t_string!(i18n, settings.country)
                        value=fields.country
                        segmented=true
                        options=vec![
                            ("sk", TextProp::from(move || t_string!(i18n, settings.country_slovakia))),
                            ("cz", TextProp::from(move || t_string!(i18n, settings.country_czechia))),
                        ]
                    />
                    <p class="hint">{move || t_string!(i18n, settings.country_hint)}</p>
                </div>
            </div>
        </section>
    }
}

#[component]
fn Reach(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="form-part">
            <header><h2>{move || t_string!(i18n, settings.company_reach)}</h2></header>
            <div class="form-fields">
                <TextField
                    label=move || t_string!(i18n, settings.company_email)
                    value=fields.email
                    name="email"
                    kind=TextKind::Email
                    hint=move || t_string!(i18n, settings.company_email_hint)
                />
                <TextField label=move || t_string!(i18n, settings.phone) value=fields.phone name="phone" kind=TextKind::Phone optional=true />
                <TextField label=move || t_string!(i18n, settings.web) value=fields.web name="web" kind=TextKind::Web optional=true />
            </div>
        </section>
    }
}

#[component]
fn Messages(fields: Fields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="form-part">
            <header><h2>{move || t_string!(i18n, settings.company_messages)}</h2></header>
            <div class="form-fields">
                <div class="explained-choice">
                    <RadioGroup
                        label=move || t_string!(i18n, settings.message_language)
                        value=fields.language
                        segmented=true
                        options=Language::ALL.map(|it| (it.code(), words::language(it).into())).to_vec()
                    />
                    <p class="hint">{move || t_string!(i18n, settings.message_language_hint)}</p>
                </div>
                <TextField
                    label=move || t_string!(i18n, settings.attachments_max)
                    value=fields.attachments
                    name="attachments_max"
                    hint=move || t_string!(i18n, settings.attachments_max_hint)
                    short=true
                />
                <TextArea
                    label=move || t_string!(i18n, settings.blocked_endings)
                    value=fields.blocked
                    name="blocked_endings"
                    hint=move || t_string!(i18n, settings.blocked_endings_hint)
                    lines=3
                    optional=true
                />
                <div>
                    <Button
                        label=move || t_string!(i18n, settings.blocked_endings_delivered)
                        kind=ButtonKind::Quiet
                        icon=Glyph::ROTATE_CW
                        on_press=move || fields.blocked.set(BlockedEndings::default().shown())
                    />
                </div>
                <Checkbox
                    label=move || t_string!(i18n, settings.domain_checks)
                    checked=fields.domain_checks
                    hint=move || t_string!(i18n, settings.domain_checks_hint)
                />
                <Checkbox
                    label=move || t_string!(i18n, found.contents)
                    checked=fields.attachment_contents
                    hint=move || t_string!(i18n, found.contents_hint)
                />
                <TakingIn />
            </div>
        </section>
    }
}
