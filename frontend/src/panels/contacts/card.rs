//! A contact at one glance: who it is, how to reach them, and what can be done.

use leptos::prelude::*;
use leptos_router::components::A;
use model::{BouncedAddress, Change, Contact, ContactId, ContactStanding, EmailAddress, Nature, Permission, Purpose};

use super::erase::EraseContact;
use super::facts::Facts;
use super::write_sms::WriteSms;
use crate::calls::{self, Answer};
use crate::format;
use crate::i18n::{contacts as words, t_string, use_i18n};
use crate::live::Live;
use crate::panels::returns::{BounceMark, bounces_of};
use crate::panels::suppressions::{AddressState, ContactClosed, DomainCheckButton, SuppressContact, standing_of};
use crate::parts::{Avatar, ButtonKind, ButtonLink, Confirm, CopyButton, Glyph, Icon, Menu, MenuItem, MenuLine, MenuLink};
use crate::session::Session;
use crate::state::place::address;
use crate::toast::Toasts;

/// Any of these rights gives the menu an entry.
const MORE_ACTS: [Permission; 4] =
    [Permission::ContactsDelete, Permission::SuppressionsManage, Permission::Export, Permission::ContactsErase];

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
    let titled = move || contact.with(|it| it.fields.titled_name());
    let square = contact.with_untracked(|it| it.fields.nature == Nature::Company);
    let standing = standing_of(Signal::derive(move || contact.with(|it| it.id)));
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
                <h2>{titled}</h2>
                <p class="meta">{line}</p>
            </div>
            <CardActs contact=contact name=name on_deleted=on_deleted />
        </header>
        <ContactClosed standing=standing />
        <Addresses contact=contact standing=standing />
        <Facts contact=contact />
    }
}

#[component]
fn CardActs(contact: Signal<Contact>, name: Memo<String>, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = Memo::new(move |_| contact.with(|it| it.id));
    let asks = RwSignal::new(false);
    let suppresses = RwSignal::new(false);
    let erases = RwSignal::new(false);
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
            <WriteSms contact=contact />
            <Show when=move || session.can(Permission::ContactsEdit)>
                <ButtonLink
                    label=move || t_string!(i18n, common.edit)
                    href=Signal::derive(move || format!("/contacts/{}/edit", id.get()))
                />
            </Show>
            <Show when=move || session.can_any(&MORE_ACTS)>
                <Menu label=move || t_string!(i18n, contacts.acts) glyph=Glyph::ELLIPSIS icon_only=true>
                    <Show when=move || session.can(Permission::SuppressionsManage)>
                        <MenuItem
                            label=move || t_string!(i18n, suppressions.suppress)
                            glyph=Glyph::BAN
                            on_press=move || suppresses.set(true)
                        />
                    </Show>
                    <Show when=move || session.can(Permission::ContactsDelete)>
                        <MenuItem
                            label=move || t_string!(i18n, contacts.delete)
                            glyph=Glyph::TRASH_2
                            danger=true
                            on_press=move || asks.set(true)
                        />
                    </Show>
                    <Show when=move || session.can(Permission::Export) && session.can(Permission::MessagesViewAll)>
                        <MenuLine />
                        <MenuLink
                            label=move || t_string!(i18n, persons.export)
                            href=format!("/contacts/{}/person.zip", id.get_untracked())
                            glyph=Glyph::DOWNLOAD
                            external=true
                        />
                    </Show>
                    <Show when=move || session.can(Permission::ContactsErase)>
                        <MenuItem
                            label=move || t_string!(i18n, persons.erase)
                            glyph=Glyph::SHIELD
                            danger=true
                            on_press=move || erases.set(true)
                        />
                    </Show>
                </Menu>
            </Show>
        </div>
        <SuppressContact id=id name=name open=suppresses />
        <DeleteContact id=id name=name open=asks on_deleted=on_deleted />
        <EraseContact id=id name=name open=erases on_erased=on_deleted />
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
fn Addresses(contact: Signal<Contact>, standing: Answer<ContactStanding>) -> impl IntoView {
    let i18n = use_i18n();
    let emails = Memo::new(move |_| contact.with(|it| it.fields.emails.clone()));
    let phones = Memo::new(move |_| contact.with(|it| it.fields.phones.clone()));
    let id = Memo::new(move |_| contact.with(|it| it.id));
    let bounces = bounces_of(id.into());
    let nothing = move || emails.with(Vec::is_empty) && phones.with(Vec::is_empty);
    view! {
        <ul class="contact-addresses">
            <For each=move || emails.get() key=|it| it.clone() let:email>
                <Email email=email.text purpose=email.purpose id=id standing=standing bounces=bounces />
            </For>
            <For each=move || phones.get() key=|it| it.clone() let:phone>
                <Phone phone=phone.text purpose=phone.purpose standing=standing />
            </For>
        </ul>
        <Show when=nothing>
            <p class="faint">{move || t_string!(i18n, contacts.no_addresses)}</p>
        </Show>
        <DomainCheckButton standing=standing />
    }
}

#[component]
fn Email(
    email: String,
    purpose: Purpose,
    id: Memo<ContactId>,
    standing: Answer<ContactStanding>,
    bounces: Answer<Vec<BouncedAddress>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let as_read = EmailAddress::parse(&email).map_or_else(|_| email.clone(), |it| it.shown());
    let shown = StoredValue::new(email);
    let text = move || shown.get_value();
    let read = StoredValue::new(as_read);
    let href = move || address("/write", &[("contact", id.get().to_string()), ("to", text())]);
    view! {
        <li>
            <Icon glyph=Glyph::AT_SIGN />
            <Show when=move || session.can(Permission::MessageWrite) fallback=move || view! { <span>{read.get_value()}</span> }>
                <A
                    href=href
                    attr:title=move || t_string!(i18n, contacts.write_to, address = text())
                >
                    {read.get_value()}
                </A>
            </Show>
            <PurposeWord purpose=purpose />
            <CopyButton text=Signal::derive(text) label=move || t_string!(i18n, contacts.copy_address, address = text()) />
            <AddressState standing=standing address=Signal::derive(text) />
            <BounceMark bounces=bounces address=Signal::derive(text) />
        </li>
    }
}

#[component]
fn Phone(phone: String, purpose: Purpose, standing: Answer<ContactStanding>) -> impl IntoView {
    let i18n = use_i18n();
    let as_read = StoredValue::new(format::phone(&phone));
    let typed = StoredValue::new(phone.clone());
    let (shown, text) = (move || as_read.get_value(), move || typed.get_value());
    view! {
        <li>
            <Icon glyph=Glyph::PHONE />
            <a href=format!("tel:{phone}") rel="external" title=move || t_string!(i18n, contacts.call, number = shown())>
                {shown}
            </a>
            <PurposeWord purpose=purpose />
            <CopyButton text=Signal::derive(text) label=move || t_string!(i18n, contacts.copy_address, address = shown()) />
            <AddressState standing=standing address=Signal::derive(text) />
        </li>
    }
}

/// What an address is for, unless it is for anything.
#[component]
fn PurposeWord(purpose: Purpose) -> impl IntoView {
    let i18n = use_i18n();
    (purpose != Purpose::General)
        .then(|| view! { <small class="tag">{move || words::purpose(i18n.get_locale(), purpose)}</small> })
}
