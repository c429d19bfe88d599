//! One captured mail, opened.

use leptos::prelude::*;
use model::{CapturedId, CapturedMail, Channel};

use super::source::Source;
use super::views::{Files, Headers, Html, Text};
use crate::calls;
use crate::format;
use crate::i18n::{I18n, language, t_string, use_i18n};
use crate::panels::loaded::Loaded;
use crate::panels::sms_text::TextLeaves;
use crate::parts::{Glyph, Icon, Tab, TabPanel, Tabs, Title, When};
use crate::state::captured::MailView;

/// Head, tabs, and the mail in the chosen view.
#[component]
pub fn CapturedMailPanel(
    /// Which mail.
    id: CapturedId,
    /// The view that the address asks for.
    #[prop(into)]
    view: Signal<Option<String>>,
    /// Called with the chosen view.
    #[prop(into)]
    on_view: Callback<(&'static str,)>,
) -> impl IntoView {
    let mail = calls::ask(move || id, app::capture::open_captured);
    view! {
        <Loaded answer=mail lines=12 let:mail>
            <article class="captured">
                <Head mail=mail />
                {match mail.with_untracked(|it| it.row.channel) {
                    Channel::Email => view! { <Views mail=mail view=view on_view=on_view /> }.into_any(),
                    Channel::Sms => {
                        let text = Signal::derive(move || mail.with(|it| it.text.clone()));
                        view! { <TextLeaves text=text /> }.into_any()
                    }
                }}
            </article>
        </Loaded>
    }
}

#[component]
fn Head(mail: Signal<CapturedMail>) -> impl IntoView {
    let i18n = use_i18n();
    let subject = move || mail.with(|it| subject_of(i18n, it));
    let message = mail.with_untracked(|it| it.row.message);
    view! {
        <Title text=subject />
        <header class="captured-head">
            <h2>{subject}</h2>
            <dl class="captured-meta">
                <dt>{move || t_string!(i18n, capture.from)}</dt>
                <dd>{move || mail.with(|it| it.from.clone())}</dd>
                <dt>{move || t_string!(i18n, capture.to)}</dt>
                <dd>{move || mail.with(|it| it.to.clone())}</dd>
                <dt>{move || t_string!(i18n, capture.envelope)}</dt>
                <dd>{move || mail.with(|it| it.row.recipient.clone())}</dd>
                <dt>{move || t_string!(i18n, capture.date)}</dt>
                <dd>
                    <When at=Signal::derive(move || mail.with(|it| it.row.at)) />
                    <span class="meta">{move || format::size(i18n.get_locale(), mail.with(|it| it.row.size))}</span>
                </dd>
            </dl>
            <a href=format!("/messages/{message}") class="captured-message">
                <Icon glyph=Glyph::MAIL />
                <span>{move || t_string!(i18n, capture.open_message)}</span>
            </a>
        </header>
    }
}

#[component]
fn Views(mail: Signal<CapturedMail>, view: Signal<Option<String>>, on_view: Callback<(&'static str,)>) -> impl IntoView {
    let i18n = use_i18n();
    let current = Signal::derive(move || view.with(|code| mail.with(|it| MailView::of(code.as_deref(), it))).code().to_owned());
    let files = move || match mail.with(|it| it.parts.len()) {
        0 => None,
        n => Some(format::number(language(i18n.get_locale()), n as u64)),
    };
    let tabs = vec![
        Tab::new(MailView::Html.code(), move || t_string!(i18n, capture.view_html)),
        Tab::new(MailView::Text.code(), move || t_string!(i18n, capture.view_text)),
        Tab::new(MailView::Headers.code(), move || t_string!(i18n, capture.view_headers)),
        Tab::new(MailView::Source.code(), move || t_string!(i18n, capture.view_source)),
        Tab::new(MailView::Files.code(), move || t_string!(i18n, capture.view_files)).counting(Signal::derive(files)),
    ];
    view! {
        <Tabs label=move || t_string!(i18n, capture.views) tabs=tabs current=current on_choose=on_view />
        <TabPanel key=MailView::Html.code() current=current><Html mail=mail /></TabPanel>
        <TabPanel key=MailView::Text.code() current=current><Text mail=mail /></TabPanel>
        <TabPanel key=MailView::Headers.code() current=current><Headers mail=mail /></TabPanel>
        <TabPanel key=MailView::Source.code() current=current><Source mail=mail /></TabPanel>
        <TabPanel key=MailView::Files.code() current=current><Files mail=mail /></TabPanel>
    }
}

/// The subject, or that there is none.
pub(super) fn subject_of(i18n: I18n, mail: &CapturedMail) -> String {
    match mail.row.subject.as_str() {
        "" => t_string!(i18n, capture.no_subject).to_owned(),
        subject => subject.to_owned(),
    }
}
