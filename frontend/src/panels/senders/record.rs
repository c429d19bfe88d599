//! A record for DNS, to be copied line by line.

use leptos::prelude::*;
use model::DnsRecord;

use crate::i18n::{t_string, use_i18n};
use crate::parts::CopyButton;

/// Name, value and the line of a zone file, each with a button that copies it.
#[component]
pub fn RecordLines(
    /// The record.
    record: DnsRecord,
) -> impl IntoView {
    let i18n = use_i18n();
    let zone = record.zone_line();
    let line = |title: TextProp, label: TextProp, text: String| {
        view! {
            <dt>{move || title.get()}</dt>
            <dd>
                <code tabindex="0">{text.clone()}</code>
                <CopyButton text=Signal::stored(text) label=label />
            </dd>
        }
    };
    view! {
        <dl class="dns-lines">
            {line(
                (move || t_string!(i18n, senders.record_name)).into(),
                (move || t_string!(i18n, senders.copy_name)).into(),
                record.name,
            )}
            {line(
                (move || t_string!(i18n, senders.record_value)).into(),
                (move || t_string!(i18n, senders.copy_value)).into(),
                record.value,
            )}
            {line(
                (move || t_string!(i18n, senders.record_zone)).into(),
                (move || t_string!(i18n, senders.copy_zone)).into(),
                zone,
            )}
        </dl>
    }
}
