//! Making a contact of an address that was typed.

use leptos::prelude::*;
use model::{Change, ContactDraft, ContactKind, EmailAddress, Nature};

use crate::i18n::{contacts as words, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Dialog, DialogEnd, Form, FormState, RadioGroup, Select, TextField};
use crate::toast::Toasts;

/// Asks who it is, and makes the contact.
#[component]
pub(super) fn MakeContact(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Name that stands before the address; may be empty.
    name: String,
    /// The address.
    email: EmailAddress,
    /// Called when the contact is there.
    on_made: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog title=move || t_string!(i18n, picker.make_title) open=open>
            <MakeForm open=open name=name.clone() email=email.clone() on_made=on_made />
        </Dialog>
    }
}

#[component]
fn MakeForm(open: RwSignal<bool>, name: String, email: EmailAddress, on_made: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let (live, toasts) = (Live::find(), Toasts::find());
    let nature = RwSignal::new("person".to_owned());
    let kind = RwSignal::new("0".to_owned());
    // The last word is taken for the last name, as our names are written.
    let (first, last) = name.rsplit_once(' ').map_or((String::new(), name.clone()), |(first, last)| (first.into(), last.into()));
    let (first, last, company) = (RwSignal::new(first), RwSignal::new(last), RwSignal::new(name));
    let is_company = move || nature.with(|it| it == "company");
    let kinds = Signal::derive(move || {
        let named = |it: ContactKind| words::kind(i18n.get_locale(), it).to_owned();
        ContactKind::ALL.iter().enumerate().map(|(n, it)| (n.to_string(), named(*it))).collect()
    });
    let shown = email.shown();
    let submit = move || {
        let company_wanted = is_company();
        let draft = ContactDraft {
            nature: if company_wanted { Nature::Company } else { Nature::Person },
            kind: kind
                .with_untracked(|it| it.parse().ok().and_then(|it: usize| ContactKind::ALL.get(it).copied()))
                .unwrap_or_default(),
            first_name: if company_wanted { String::new() } else { first.get_untracked() },
            last_name: if company_wanted { String::new() } else { last.get_untracked() },
            company_name: if company_wanted { company.get_untracked() } else { String::new() },
            emails: vec![email.to_string().into()],
            ..ContactDraft::default()
        };
        let named = draft.display_name();
        form.submit(app::contacts::save_contact(None, draft), move |_| {
            live.note(Change::Contacts);
            toasts.done(tu_string!(i18n, contacts.saved, name = named));
            open.set(false);
            on_made.run(());
        });
    };
    view! {
        <Form state=form on_submit=submit>
            <p class="meta">{shown}</p>
            <RadioGroup
                label=move || t_string!(i18n, contacts.nature)
                segmented=true
                options=vec![
                    ("person", TextProp::from(move || t_string!(i18n, contacts.nature_person))),
                    ("company", TextProp::from(move || t_string!(i18n, contacts.nature_company))),
                ]
                value=nature
            />
            <Show
                when=is_company
                fallback=move || view! {
                    <TextField label=move || t_string!(i18n, contacts.first_name) value=first name="first_name" optional=true />
                    <TextField label=move || t_string!(i18n, contacts.last_name) value=last name="last_name" />
                }
            >
                <TextField label=move || t_string!(i18n, contacts.company_name) value=company name="company_name" />
            </Show>
            <Select label=move || t_string!(i18n, contacts.kind) options=kinds value=kind />
            <DialogEnd label=move || t_string!(i18n, picker.make) open=open busy=form.busy() />
        </Form>
    }
}
