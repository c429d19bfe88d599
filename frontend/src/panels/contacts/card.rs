//! A contact at one glance: who it is, how to reach them, and what can be done.

use leptos::prelude::*;
use leptos_router::components::A;
use model::{Change, Contact, ContactId, Nature, Permission};

use crate::calls;
use crate::i18n::{contacts as words, t_string, use_i18n, words as common};
use crate::live::Live;
use crate::parts::{Avatar, ButtonKind, ButtonLink, Confirm, CopyButton, Glyph, Icon, Menu, MenuItem, When};
use crate::session::Session;
use crate::state::place::address;
use crate::toast::Toasts;

/// Name, acts and facts.
#[component]
pub fn ContactCard(
    /// The contact.
    contact: Signal<Contact>,
    /// Called when it was deleted.
    on_deleted: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = Memo::new(move |_| contact.with(|it| it.fields.display_name()));
    let square = contact.with_untracked(|it| it.fields.nature == Nature::Company);
    let line = move || {
        contact.with(|it| {
            let kind = words::kind(i18n.get_locale(), it.fields.kind).to_owned();
            let company = Some(&it.fields.company_name).filter(|_| it.fields.nature == Nature::Person);
            let parts = [Some(&kind), Some(&it.fields.position), company];
            parts.into_iter().flatten().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
        })
    };
    view! {
        <header class="contact-head">
            <Avatar name=name square=square large=true />
            <div class="contact-words">
                <h2>{move || name.get()}</h2>
                <p class="meta">{line}</p>
            </div>
            <CardActs contact=contact name=name on_deleted=on_deleted />
        </header>
        <Addresses contact=contact />
        <Facts contact=contact />
    }
}

#[component]
fn CardActs(contact: Signal<Contact>, name: Memo<String>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = Memo::new(move |_| contact.with(|it| it.id));
    let asks = RwSignal::new(false);
    view! {
        <div class="contact-acts" role="group" aria-label=move || t_string!(i18n, contacts.acts)>
            <Show when=move || session.can(Permission::MessageWrite)>
                <ButtonLink
                    label=move || t_string!(i18n, contacts.write)
                    href=Signal::derive(move || format!("/write?contact={}", id.get()))
                    kind=ButtonKind::Primary
                    icon=Glyph::PENCIL
                />
            </Show>
            <Show when=move || session.can(Permission::ContactsEdit)>
                <ButtonLink
                    label=move || t_string!(i18n, common.edit)
                    href=Signal::derive(move || format!("/contacts/{}/edit", id.get()))
                />
            </Show>
            <Show when=move || session.can(Permission::ContactsDelete)>
                <Menu label=move || t_string!(i18n, contacts.acts) glyph=Glyph::ELLIPSIS icon_only=true>
                    <MenuItem
                        label=move || t_string!(i18n, contacts.delete)
                        glyph=Glyph::TRASH_2
                        danger=true
                        on_press=move || asks.set(true)
                    />
                </Menu>
            </Show>
        </div>
        <DeleteContact id=id name=name open=asks on_deleted=on_deleted />
    }
}

/// Deletes the contact, once its consequence is accepted.
#[component]
fn DeleteContact(id: Memo<ContactId>, name: Memo<String>, open: RwSignal<bool>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let delete = move || {
        let name = name.get_untracked();
        calls::act(busy, app::contacts::delete_contact(id.get_untracked()), move |()| {
            open.set(false);
            toasts.done(untrack(|| t_string!(i18n, contacts.deleted, name = name)));
            on_deleted.run(());
            live.note(Change::Contacts);
        });
    };
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, contacts.delete_title, name = name.get())
            text=move || t_string!(i18n, contacts.delete_text)
            act=move || t_string!(i18n, contacts.delete)
            busy=busy
            on_confirm=delete
        />
    }
}

/// Addresses to write to, call and copy.
#[component]
fn Addresses(contact: Signal<Contact>) -> impl IntoView {
    let i18n = use_i18n();
    let emails = Memo::new(move |_| contact.with(|it| it.fields.emails.clone()));
    let phones = Memo::new(move |_| contact.with(|it| it.fields.phones.clone()));
    let id = Memo::new(move |_| contact.with(|it| it.id));
    let nothing = move || emails.with(Vec::is_empty) && phones.with(Vec::is_empty);
    view! {
        <ul class="contact-addresses">
            <For each=move || emails.get() key=|it| it.clone() let:email>
                <Email email=email.text id=id />
            </For>
            <For each=move || phones.get() key=|it| it.clone() let:phone>
                <Phone phone=phone.text />
            </For>
        </ul>
        <Show when=nothing>
            <p class="faint">{move || t_string!(i18n, contacts.no_addresses)}</p>
        </Show>
    }
}

#[component]
fn Email(email: String, id: Memo<ContactId>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let shown = StoredValue::new(email.clone());
    let text = move || shown.get_value();
    let href = move || address("/write", &[("contact", id.get().to_string()), ("to", text())]);
    view! {
        <li>
            <Icon glyph=Glyph::AT_SIGN />
            <Show when=move || session.can(Permission::MessageWrite) fallback=move || view! { <span>{text}</span> }>
                <A
                    href=href
                    attr:title=move || t_string!(i18n, contacts.write_to, address = text())
                >
                    {text}
                </A>
            </Show>
            <CopyButton text=Signal::derive(text) label=move || t_string!(i18n, contacts.copy_address, address = text()) />
        </li>
    }
}

#[component]
fn Phone(phone: String) -> impl IntoView {
    let i18n = use_i18n();
    let shown = StoredValue::new(phone.clone());
    let text = move || shown.get_value();
    view! {
        <li>
            <Icon glyph=Glyph::PHONE />
            <a href=format!("tel:{phone}") rel="external" title=move || t_string!(i18n, contacts.call, number = text())>
                {text}
            </a>
            <CopyButton text=Signal::derive(text) label=move || t_string!(i18n, contacts.copy_address, address = text()) />
        </li>
    }
}

/// Everything else that is known.
#[component]
fn Facts(contact: Signal<Contact>) -> impl IntoView {
    let i18n = use_i18n();
    let text = move |read: fn(&Contact) -> String| Memo::new(move |_| contact.with(read));
    let language =
        Memo::new(move |_| contact.with(|it| it.fields.language.map_or_else(String::new, |it| common::language(it).to_owned())));
    // The person of a company, when one is named.
    let person = text(|it| match it.fields.nature {
        Nature::Company => format!("{} {}", it.fields.first_name, it.fields.last_name).trim().to_owned(),
        Nature::Person => String::new(),
    });
    let place = text(|it| it.fields.billing.line());
    view! {
        <dl class="facts">
            <Fact label=move || t_string!(i18n, contacts.person_of_company) value=person />
            <Fact label=move || t_string!(i18n, contacts.section_place) value=place />
            <Fact
                label=move || t_string!(i18n, contacts.registration_number)
                value=text(|it| it.fields.registration_number.clone())
            />
            <Fact label=move || t_string!(i18n, contacts.salutation) value=text(|it| it.fields.salutation.clone()) />
            <Fact label=move || t_string!(i18n, contacts.language) value=language />
            <Fact label=move || t_string!(i18n, contacts.note) value=text(|it| it.fields.note.clone()) />
            <dt>{move || t_string!(i18n, contacts.updated)}</dt>
            <dd><When at=Signal::derive(move || contact.with(|it| it.updated_at)) /></dd>
        </dl>
    }
}

#[component]
fn Fact(#[prop(into)] label: TextProp, value: Memo<String>) -> impl IntoView {
    let label = StoredValue::new(label);
    view! {
        <Show when=move || value.with(|it| !it.is_empty())>
            <dt>{move || label.with_value(TextProp::get)}</dt>
            <dd class="as-typed">{move || value.get()}</dd>
        </Show>
    }
}
