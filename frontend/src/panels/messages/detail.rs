//! One message: what really left, to whom, and what came back.

use leptos::prelude::*;
use model::{Change, CommentOn, MessageDetail, MessageId};

use super::attachments::AttachmentList;
use super::body::MessageBody;
use super::deliveries::DeliveryList;
use super::head::MessageHead;
use super::keeping::KeptOrBinned;
use super::links::MessageLinks;
use super::trouble::MessageTrouble;
use super::waits::WaitsForCampaign;
use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::comments::Comments;
use crate::panels::loaded::Loaded;
use crate::panels::timeline::Timeline;
use crate::parts::{Tab, TabPanel, Tabs, Title};

/// The tab that is open when the address names none.
pub const FIRST_TAB: &str = "message";

const DELIVERIES: &str = "deliveries";

/// One message with its tabs.
#[component]
pub fn MessagePanel(
    /// Which message.
    id: MessageId,
    /// The key of the open tab.
    #[prop(into)]
    tab: Signal<String>,
    /// Called with the key of the chosen tab.
    #[prop(into)]
    on_tab: Callback<(&'static str,)>,
    /// Called when sending was undone and the message is a draft again.
    #[prop(into)]
    on_undone: Callback<(MessageId,)>,
) -> impl IntoView {
    let live = Live::find();
    let answer = calls::ask(move || (id, live.version(Change::Messages)), |(id, _)| app::history::open_message(id));
    view! {
        <Loaded answer=answer let:message>
            <Opened message=message tab=tab on_tab=on_tab on_undone=on_undone />
        </Loaded>
    }
}

#[component]
fn Opened(
    message: Signal<MessageDetail>,
    tab: Signal<String>,
    on_tab: Callback<(&'static str,)>,
    on_undone: Callback<(MessageId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = move |count: fn(&MessageDetail) -> usize| {
        Signal::derive(move || Some(message.with(count)).filter(|it| 0 < *it).map(|it| it.to_string()))
    };
    let tabs = vec![
        Tab::new(FIRST_TAB, move || t_string!(i18n, messages.tab_message)),
        Tab::new("attachments", move || t_string!(i18n, messages.tab_attachments)).counting(count(|it| it.attachments.len())),
        Tab::new(DELIVERIES, move || t_string!(i18n, messages.tab_deliveries)).counting(count(|it| it.deliveries.len())),
        Tab::new("log", move || t_string!(i18n, messages.tab_log)),
        Tab::new("links", move || t_string!(i18n, messages.tab_links)).counting(count(links)),
    ];
    let title = move || message.with(|it| it.subject.clone());
    view! {
        <Title text=title />
        <article class="message">
            <MessageHead message=message on_undone=on_undone />
            <WaitsForCampaign message=message />
            <KeptOrBinned message=message />
            <Show when=move || tab.with(|it| it != DELIVERIES)>
                <MessageTrouble message=message on_look=move || on_tab.run((DELIVERIES,)) />
            </Show>
            <Tabs label=move || t_string!(i18n, messages.tabs) tabs=tabs current=tab on_choose=on_tab />
            <TabPanel key=FIRST_TAB current=tab>
                <MessageBody message=message />
            </TabPanel>
            <TabPanel key="attachments" current=tab>
                <AttachmentList message=message />
            </TabPanel>
            <TabPanel key=DELIVERIES current=tab>
                <DeliveryList message=message />
            </TabPanel>
            <TabPanel key="log" current=tab>
                <Timeline
                    comments=Comments::new(CommentOn::Message(message.with_untracked(|it| it.id)))
                    entries=Signal::derive(move || message.with(|it| it.log.clone()))
                    empty=move || t_string!(i18n, messages.no_log)
                />
            </TabPanel>
            <TabPanel key="links" current=tab>
                <MessageLinks message=message />
            </TabPanel>
        </article>
    }
}

/// How many things a message is linked to.
fn links(message: &MessageDetail) -> usize {
    [message.contact.is_some(), message.resend_of.is_some(), message.template.is_some()].into_iter().filter(|it| *it).count()
        + message.resent_as.len()
}
