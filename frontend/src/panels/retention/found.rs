//! What a walk through the messages found: counts by year and kind, what is spared, and a few of them.

use leptos::prelude::*;
use model::{MessageRow, Retention, RetentionCount, RetentionRun};

use crate::format;
use crate::i18n::{language, messages::small, retention as words, t_string, use_i18n};

/// The counts.
#[component]
pub(super) fn Found(run: Signal<Option<RetentionRun>>) -> impl IntoView {
    let i18n = use_i18n();
    let due = move || run.with(|it| it.as_ref().map(|it| it.found.due.clone()).unwrap_or_default());
    let number = move |n: u64| format::number(language(i18n.get_locale()), n);
    let spared = move |read: fn(&RetentionRun) -> u64| run.with(|it| it.as_ref().map_or(0, read));
    let (protected, open) = (move || spared(|it| it.found.protected), move || spared(|it| it.found.open));
    let comments = move || spared(|it| it.found.comments);
    let line = move |it: RetentionCount| {
        view! {
            <tr>
                <td>{it.year.to_string()}</td>
                <td>{move || words::kind(i18n.get_locale(), it.kind)}</td>
                <td class="number">{move || number(it.messages)}</td>
            </tr>
        }
    };
    view! {
        <Show
            when=move || !due().is_empty()
            fallback=move || view! { <p class="retention-nothing">{move || t_string!(i18n, retention.nothing_due)}</p> }
        >
            <table class="retention-found">
                <caption>{move || t_string!(i18n, retention.found)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{move || t_string!(i18n, retention.year)}</th>
                        <th scope="col">{move || t_string!(i18n, retention.kind)}</th>
                        <th scope="col" class="number">{move || t_string!(i18n, retention.messages)}</th>
                    </tr>
                </thead>
                <tbody>{move || due().into_iter().map(line).collect_view()}</tbody>
            </table>
        </Show>
        <Show when=move || 0 < comments()>
            <p class="meta">{move || t_string!(i18n, retention.comments, count = small(comments()), n = number(comments()))}</p>
        </Show>
        <Show when=move || 0 < protected()>
            <p class="meta">{move || t_string!(i18n, retention.protected, count = small(protected()), n = number(protected()))}</p>
        </Show>
        <Show when=move || 0 < open()>
            <p class="meta">{move || t_string!(i18n, retention.still_open, count = small(open()), n = number(open()))}</p>
        </Show>
    }
}

/// A few of those that were found, to look at before anything is done.
#[component]
pub(super) fn Sample(retention: Signal<Retention>) -> impl IntoView {
    let i18n = use_i18n();
    let sample = Memo::new(move |_| retention.with(|it| it.sample.clone()));
    let line = move |it: MessageRow| {
        let words = move || match it.subject.is_empty() {
            true => t_string!(i18n, messages.no_subject).to_owned(),
            false => it.subject.clone(),
        };
        view! {
            <li>
                <a href=format!("/messages/{}", it.id)>{words}</a>
                <span class="meta">{it.recipient.clone()}</span>
            </li>
        }
    };
    view! {
        <Show when=move || sample.with(|it| !it.is_empty())>
            <details class="retention-sample">
                <summary>{move || t_string!(i18n, retention.sample)}</summary>
                <ul>{move || sample.get().into_iter().map(line).collect_view()}</ul>
            </details>
        </Show>
    }
}
