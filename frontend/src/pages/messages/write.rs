//! Writing an e-mail.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use model::{Channel, MessageId};

use crate::i18n::{t_string, use_i18n};
use crate::panels::compose::{ComposePanel, Left, Start};
use crate::parts::Title;
use crate::routes::replacing;
use crate::state::place::address;

/// Writes a message: a new one, one from a contact (`?contact=`), one to somebody (`?to=`), a text message (`?channel=sms`), or a draft (`?draft=`).
#[component]
pub fn WritePage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let navigate = StoredValue::new(use_navigate());
    // The draft that this page made itself; its address follows, the page stays.
    let own = StoredValue::new(None::<MessageId>);
    let start = Memo::new(move |before: Option<&(Start, String)>| {
        let now = query.with(begin);
        match (&now.0, before) {
            (Start::Draft(id), Some(before)) if own.get_value() == Some(*id) => before.clone(),
            _ => {
                own.set_value(None);
                now
            }
        }
    });
    let made = move |id: MessageId| {
        own.set_value(Some(id));
        navigate.with_value(|it| it(&format!("/write?draft={id}"), replacing()));
    };
    let left = move |left: Left| {
        let path = match left {
            Left::Sent(Some(contact)) | Left::Prepared(_, Some(contact)) | Left::Discarded(Some(contact)) => {
                format!("/contacts/{contact}")
            }
            Left::Prepared(id, None) => format!("/messages/{id}"),
            Left::Sent(None) | Left::Discarded(None) => "/messages".to_owned(),
        };
        navigate.with_value(|it| it(&path, NavigateOptions::default()));
    };
    let title = move || match start.with(|it| matches!(it.0, Start::Draft(_))) {
        true => t_string!(i18n, messages.compose_title_draft),
        false => t_string!(i18n, messages.compose_title),
    };
    view! {
        <Title text=title />
        <div class="write-page">
            <h1 class="write-title">{title}</h1>
            {move || {
                let (start, begun_at) = start.get();
                view! { <ComposePanel start=start begun_at=begun_at on_made=made on_left=left /> }
            }}
        </div>
    }
}

/// What the address asks for, and the address itself.
fn begin(query: &ParamsMap) -> (Start, String) {
    if let Some(id) = query.get("draft").and_then(|it| it.parse().ok()) {
        return (Start::Draft(id), address("/write", &[("draft", id.to_string())]));
    }
    let contact = query.get("contact").and_then(|it| it.parse().ok());
    let to = query.get("to").unwrap_or_default();
    let channel = if query.get("channel").is_some_and(|it| it == "sms") { Channel::Sms } else { Channel::Email };
    let pairs: Vec<(&str, String)> =
        [("channel", query.get("channel")), ("contact", query.get("contact")), ("to", query.get("to"))]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
    (Start::New { channel, contact, to }, address("/write", &pairs))
}
