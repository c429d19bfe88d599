//! Making and changing a contact.

use app::Problem;
use leptos::prelude::*;
use model::{Change, Contact, ContactDraft, ContactId, ContactKind, Language, Nature, Refusal};

use super::addresses::{AddressKind, AddressLines};
use super::copy::FormCopy;
use super::fields::ContactFields;
use crate::calls;
use crate::i18n::{contacts as words, t_string, use_i18n, words as common};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, RadioGroup, Select, TextArea, TextField, Tone};
use crate::state::contact_place::{kind_code, nature_code};
use crate::toast::Toasts;

/// Changes the contact of that id.
#[component]
pub fn ContactEditPanel(
    /// Which contact.
    id: ContactId,
    /// Called when it is saved.
    #[prop(into)]
    on_saved: Callback<(ContactId,)>,
    /// Called to leave without saving.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    // Asked once: what is typed must not change under the hands.
    let answer = calls::ask(|| (), move |()| app::contacts::open_contact(id));
    view! {
        <Loaded answer=answer let:contact>
            <ContactForm contact=Some(contact.get_untracked()) on_saved=on_saved on_cancel=on_cancel />
        </Loaded>
    }
}

/// The form, empty or with a contact in it. What is typed survives a reload and a way elsewhere and back.
#[component]
pub fn ContactForm(
    /// The contact to change; without one a new contact is made.
    contact: Option<Contact>,
    /// Called when it is saved.
    #[prop(into)]
    on_saved: Callback<(ContactId,)>,
    /// Called to leave without saving.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let key = StoredValue::new(contact.as_ref().map(|it| (it.id, it.revision)));
    let fields = ContactFields::new(&contact.map(|it| it.fields).unwrap_or_default(), Vec::new());
    let form = FormState::new();
    let stale = RwSignal::new(false);
    let copy = FormCopy::begin(fields, key.get_value().map(|it| it.0));
    let (live, toasts) = (Live::find(), Toasts::find());
    let save = move || {
        let draft = untrack(|| fields.draft());
        let name = draft.display_name();
        form.submit(save(key.get_value(), draft), move |saved| match saved {
            Saved::Stale => stale.set(true),
            Saved::Done(id) => {
                copy.forget();
                live.note(Change::Contacts);
                toasts.done(untrack(|| t_string!(i18n, contacts.saved, name = name)));
                on_saved.run((id,));
            }
        });
    };
    let cancel = move || {
        copy.forget();
        on_cancel.run(());
    };
    view! {
        <Form state=form on_submit=save>
            <Show when=move || stale.get()>
                <StaleContact key=key fields=fields on_solved=move || stale.set(false) on_insist=save />
            </Show>
            <Who fields=fields />
            <Reach fields=fields />
            <Writing fields=fields />
            <Place fields=fields />
            <footer class="form-end">
                <Button
                    label=move || t_string!(i18n, contacts.save)
                    kind=ButtonKind::Primary
                    busy=form.busy()
                    submit=true
                />
                <Button label=move || t_string!(i18n, common.cancel) on_press=cancel />
            </footer>
        </Form>
    }
}

enum Saved {
    Done(ContactId),
    /// Somebody else saved it meanwhile.
    Stale,
}

async fn save(key: Option<(ContactId, i64)>, draft: ContactDraft) -> Result<Saved, Problem> {
    match app::contacts::save_contact(key, draft).await {
        Ok(id) => Ok(Saved::Done(id)),
        Err(Problem::Refused(Refusal::Stale(_))) => Ok(Saved::Stale),
        Err(problem) => Err(problem),
    }
}

/// Says that somebody else changed the contact, and offers both ways on.
#[component]
fn StaleContact(
    key: StoredValue<Option<(ContactId, i64)>>,
    fields: ContactFields,
    #[prop(into)] on_solved: Callback<()>,
    #[prop(into)] on_insist: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    // Either way the next save goes over the newest revision.
    let solve = move |then: Callback<(Contact,)>| {
        let Some((id, _)) = key.get_value() else { return };
        calls::act(busy, app::contacts::open_contact(id), move |contact: Contact| {
            key.set_value(Some((contact.id, contact.revision)));
            on_solved.run(());
            then.run((contact,));
        });
    };
    let reload = Callback::new(move |(contact,): (Contact,)| fields.lay(&contact.fields));
    let insist = Callback::new(move |_: (Contact,)| on_insist.run(()));
    view! {
        <Banner tone=Tone::Warning text=move || t_string!(i18n, contacts.stale_text)>
            <Button
                label=move || t_string!(i18n, contacts.stale_reload)
                busy=busy
                on_press=move || solve(reload)
            />
            <Button label=move || t_string!(i18n, contacts.stale_mine) busy=busy on_press=move || solve(insist) />
        </Banner>
    }
}

#[component]
fn Part(#[prop(into)] title: TextProp, children: Children) -> impl IntoView {
    view! {
        <section class="form-part">
            <header>
                <h2>{move || title.get()}</h2>
            </header>
            <div class="form-fields">{children()}</div>
        </section>
    }
}

#[component]
fn Who(fields: ContactFields) -> impl IntoView {
    let i18n = use_i18n();
    let is_company = Memo::new(move |_| fields.nature() == Nature::Company);
    let natures = [Nature::Person, Nature::Company]
        .map(|it| (nature_code(it), TextProp::from(move || words::nature(i18n.get_locale(), it))));
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        ContactKind::ALL.map(|it| (kind_code(it).to_owned(), words::kind(locale, it).to_owned())).to_vec()
    });
    let company = move || {
        if is_company.get() { t_string!(i18n, contacts.company_name) } else { t_string!(i18n, contacts.employer) }
    };
    view! {
        <Part title=move || t_string!(i18n, contacts.section_who)>
            <RadioGroup
                label=move || t_string!(i18n, contacts.nature)
                options=natures.to_vec()
                value=fields.nature
                segmented=true
            />
            <Show when=move || is_company.get()>
                <TextField label=company value=fields.company_name name="company_name" autofocus=true />
                <p class="meta">{move || t_string!(i18n, contacts.person_of_company)}</p>
            </Show>
            <div class="form-row">
                <TextField
                    label=move || t_string!(i18n, contacts.first_name)
                    value=fields.first_name
                    name="first_name"
                    autofocus=!is_company.get_untracked()
                />
                <TextField label=move || t_string!(i18n, contacts.last_name) value=fields.last_name name="last_name" />
            </div>
            <Show when=move || !is_company.get()>
                <TextField label=company value=fields.company_name name="company_name" optional=true />
            </Show>
            <div class="form-row">
                <TextField
                    label=move || t_string!(i18n, contacts.position)
                    value=fields.position
                    name="position"
                    optional=true
                />
                <Select label=move || t_string!(i18n, contacts.kind) options=kinds value=fields.kind name="kind" />
            </div>
        </Part>
    }
}

#[component]
fn Reach(fields: ContactFields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Part title=move || t_string!(i18n, contacts.section_reach)>
            <AddressLines kind=AddressKind::Email lines=fields.emails />
            <AddressLines kind=AddressKind::Phone lines=fields.phones />
        </Part>
    }
}

#[component]
fn Writing(fields: ContactFields) -> impl IntoView {
    let i18n = use_i18n();
    let languages = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, contacts.language_company).to_owned())];
        options.extend(Language::ALL.map(|it| (it.code().to_owned(), common::language(it).to_owned())));
        options
    });
    view! {
        <Part title=move || t_string!(i18n, contacts.section_writing)>
            <TextField
                label=move || t_string!(i18n, contacts.salutation)
                value=fields.salutation
                name="salutation"
                hint=move || t_string!(i18n, contacts.salutation_hint)
                optional=true
            />
            <Select
                label=move || t_string!(i18n, contacts.language)
                options=languages
                value=fields.language
                name="language"
            />
            <TextArea label=move || t_string!(i18n, contacts.note) value=fields.note name="note" optional=true />
        </Part>
    }
}

#[component]
fn Place(fields: ContactFields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Part title=move || t_string!(i18n, contacts.section_place)>
            <TextField label=move || t_string!(i18n, contacts.street) value=fields.billing.street name="billing.street" optional=true />
            <div class="form-row">
                <TextField
                    label=move || t_string!(i18n, contacts.postcode)
                    value=fields.billing.postcode
                    name="billing.postcode"
                    optional=true
                    short=true
                />
                <TextField label=move || t_string!(i18n, contacts.city) value=fields.billing.city name="billing.city" optional=true />
            </div>
            <TextField
                label=move || t_string!(i18n, contacts.registration_number)
                value=fields.registration_number
                name="registration_number"
                optional=true
                short=true
            />
        </Part>
    }
}
