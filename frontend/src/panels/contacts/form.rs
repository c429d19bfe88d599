//! Making and changing a contact.

mod origin;
mod own;
mod parent;
mod place;
mod reach;
mod sorting;
mod tags;
mod who;
mod writing;

use app::Problem;
use leptos::prelude::*;
use model::{Change, Contact, ContactDraft, ContactId, FieldDefinition, Nature, ParentLink, Refusal, Relation, UserId};

use self::origin::Origin;
use self::place::Place;
use self::reach::Reach;
use self::sorting::Sorting;
use self::who::Who;
use self::writing::Writing;
use super::copy::FormCopy;
use super::fields::ContactFields;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, Tone};
use crate::toast::Toasts;

/// What the form needs besides the contact itself.
#[derive(Clone, Debug, PartialEq)]
struct Around {
    own: Vec<FieldDefinition>,
    owners: Vec<(UserId, String)>,
    tags: Vec<String>,
    /// The company that a new contact belongs to.
    company: Option<Contact>,
    /// Whether it is a branch of that company.
    is_branch: bool,
}

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
    let answer =
        calls::ask(|| (), move |()| async move { Ok((around(None, false).await?, app::contacts::open_contact(id).await?)) });
    view! {
        <Loaded answer=answer let:came>
            {
                let (around, contact) = came.get_untracked();
                view! { <ContactForm around=around contact=Some(contact) on_saved=on_saved on_cancel=on_cancel /> }
            }
        </Loaded>
    }
}

/// Makes a contact, perhaps one that belongs to a company.
#[component]
pub fn ContactNewPanel(
    /// The company that it belongs to.
    parent: Option<ContactId>,
    /// Whether it is a branch of the company and not a person there.
    is_branch: bool,
    /// Called when it is saved.
    #[prop(into)]
    on_saved: Callback<(ContactId,)>,
    /// Called to leave without saving.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let answer = calls::ask(|| (), move |()| around(parent, is_branch));
    view! {
        <Loaded answer=answer let:around>
            <ContactForm around=around.get_untracked() contact=None on_saved=on_saved on_cancel=on_cancel />
        </Loaded>
    }
}

async fn around(parent: Option<ContactId>, is_branch: bool) -> Result<Around, Problem> {
    let company = match parent {
        Some(id) => Some(app::contacts::open_contact(id).await?),
        None => None,
    };
    Ok(Around {
        own: app::fields::list_fields().await?,
        owners: app::contacts::list_owners().await?,
        tags: app::contacts::list_tags(String::new()).await?.into_iter().map(|it| it.name).collect(),
        company,
        is_branch,
    })
}

/// A contact of a company as its form begins: with the company's address and language.
fn begun(company: &Contact, is_branch: bool) -> ContactDraft {
    let nature = if is_branch { Nature::Company } else { Nature::Person };
    ContactDraft {
        nature,
        kind: company.fields.kind,
        company_name: company.fields.display_name(),
        language: company.fields.language,
        billing: company.fields.billing.clone(),
        owner: company.fields.owner,
        parent: Some(ParentLink { contact: company.id, relation: Relation::of(nature) }),
        ..ContactDraft::default()
    }
}

/// The form, empty or with a contact in it. What is typed survives a reload and a way elsewhere and back.
#[component]
fn ContactForm(
    /// Fields, owners and tags there are.
    around: Around,
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
    let parent_name = match (&contact, &around.company) {
        (Some(contact), _) => contact.parent_name.clone(),
        (None, Some(company)) => company.fields.display_name(),
        (None, None) => String::new(),
    };
    let draft =
        contact.map(|it| it.fields).or_else(|| around.company.as_ref().map(|it| begun(it, around.is_branch))).unwrap_or_default();
    let fields = ContactFields::new(&draft, around.own);
    let form = FormState::new();
    let stale = RwSignal::new(false);
    let copy = FormCopy::begin(fields, key.get_value().map(|it| it.0));
    let (live, toasts) = (Live::find(), Toasts::find());
    let save = move || {
        let faults = untrack(|| fields.faults());
        if !faults.is_empty() {
            return form.refuse(Refusal::Invalid(faults).into());
        }
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
            <Who fields=fields parent_name=parent_name own_id=key.get_value().map(|it| it.0) />
            <Reach fields=fields own_id=key.get_value().map(|it| it.0) />
            <Writing fields=fields />
            <Place fields=fields />
            <Sorting fields=fields owners=around.owners tags=around.tags />
            <Origin fields=fields />
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
