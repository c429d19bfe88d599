//! One contact with everything that was written to it.

use leptos::prelude::*;
use model::{Change, Contact, ContactId, MessageRow, Nature, Permission};

use super::card::ContactCard;
use super::consents::ContactConsents;
use super::history::ContactHistory;
use super::kin::ContactKin;
use crate::calls;
use crate::frame::places::MESSAGE_RIGHTS;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::lists::Memberships;
use crate::panels::loaded::Loaded;
use crate::panels::messages::communication::Communication;
use crate::parts::{ButtonLink, Glyph, Tab, TabPanel, Tabs, Title};
use crate::session::Session;
use crate::state::message_place::{MessagePlace, Within};

/// The tab of the communication.
pub const MESSAGES: &str = "messages";
/// The tab of branches and contact persons.
pub const KIN: &str = "kin";
/// The tab of consents.
pub const CONSENT: &str = "consent";
/// The tab of what was done.
pub const HISTORY: &str = "history";

/// A contact with its tabs.
#[component]
pub fn ContactPanel(
    /// Which contact.
    id: ContactId,
    /// The key of the open tab.
    #[prop(into)]
    tab: Signal<String>,
    /// Called with the key of the chosen tab.
    #[prop(into)]
    on_tab: Callback<(&'static str,)>,
    /// What its list of messages shows.
    #[prop(into)]
    messages: Signal<MessagePlace>,
    /// Called with what the list of messages is to show.
    #[prop(into)]
    on_messages: Callback<(MessagePlace,)>,
    /// Called with the message to open.
    #[prop(into)]
    on_message: Callback<(MessageRow,)>,
    /// Called when Escape is pressed while no message is ticked.
    #[prop(into)]
    on_escape: Callback<()>,
    /// Called when the contact was deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
    /// Called with the contact that this one went into.
    #[prop(into)]
    on_moved: Callback<(ContactId,)>,
) -> impl IntoView {
    let live = Live::find();
    let answer = calls::ask(move || (id, live.version(Change::Contacts)), |(id, _)| app::contacts::open_contact(id));
    Effect::new(move |_| {
        if let Some(now) = answer.with(|it| it.map(|it| it.id)).filter(|it| *it != id) {
            on_moved.run((now,));
        }
    });
    view! {
        <Loaded answer=answer let:contact>
            <Opened
                contact=contact
                tab=tab
                on_tab=on_tab
                messages=messages
                on_messages=on_messages
                on_message=on_message
                on_escape=on_escape
                on_deleted=on_deleted
            />
        </Loaded>
    }
}

#[component]
fn Opened(
    contact: Signal<Contact>,
    tab: Signal<String>,
    on_tab: Callback<(&'static str,)>,
    messages: Signal<MessagePlace>,
    on_messages: Callback<(MessagePlace,)>,
    on_message: Callback<(MessageRow,)>,
    on_escape: Callback<()>,
    on_deleted: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let id = contact.with_untracked(|it| it.id);
    let sees_messages = untrack(|| session.can_any(MESSAGE_RIGHTS));
    // Without the right to messages the history comes first.
    let current = Signal::derive(move || match tab.get() {
        it if it == MESSAGES && !sees_messages => HISTORY.to_owned(),
        it => it,
    });
    let is_company = contact.with_untracked(|it| it.fields.nature == Nature::Company);
    let mut tabs = vec![
        Tab::new(CONSENT, move || t_string!(i18n, persons.tab_consent)),
        Tab::new(HISTORY, move || t_string!(i18n, contacts.tab_history)),
    ];
    if is_company {
        tabs.insert(0, Tab::new(KIN, move || t_string!(i18n, persons.tab_kin)));
    }
    if sees_messages {
        tabs.insert(0, Tab::new(MESSAGES, move || t_string!(i18n, contacts.tab_messages)));
    }
    let write = move || {
        view! {
            <Show when=move || session.can(Permission::MessageWrite)>
                <ButtonLink
                    label=move || t_string!(i18n, contacts.write)
                    href=format!("/write?contact={id}")
                    icon=Glyph::PENCIL
                />
            </Show>
        }
    };
    view! {
        <Title text=move || contact.with(|it| it.fields.display_name()) />
        <article class="contact">
            <ContactCard contact=contact on_deleted=on_deleted />
            <Memberships contact=id />
            <Tabs label=move || t_string!(i18n, contacts.tabs) tabs=tabs current=current on_choose=on_tab />
            <TabPanel key=MESSAGES current=current>
                <Communication
                    within=Within::Contact(id)
                    place=messages
                    on_change=on_messages
                    on_open=on_message
                    on_escape=on_escape
                    begin=write
                />
            </TabPanel>
            <TabPanel key=KIN current=current>
                <ContactKin id=id />
            </TabPanel>
            <TabPanel key=CONSENT current=current>
                <ContactConsents contact=contact />
            </TabPanel>
            <TabPanel key=HISTORY current=current>
                <ContactHistory id=id />
            </TabPanel>
        </article>
    }
}
