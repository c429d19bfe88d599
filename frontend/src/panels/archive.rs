//! What leaves the archive as a file, and what proves it.

use leptos::prelude::*;
use model::{AuditQuery, Change, ChosenMessages, DeliveryId, LogAnchor, MessageExport, MessageFormat, MessageId};

use crate::browser::print;
use crate::calls;
use crate::format;
use crate::i18n::{Locale, language, t_string, td_string, use_i18n};
use crate::live::Live;
use crate::panels::export::{ExportRun, Exporting};
use crate::panels::loaded::Loaded;
use crate::panels::log::LogMail;
use crate::parts::{Button, CopyButton, Dialog, Glyph, Menu, MenuItem, MenuLink};

/// The evidence sheet about a delivery, in the forms there are.
#[component]
pub fn EvidenceMenu(
    /// The message.
    message: MessageId,
    /// Its delivery.
    delivery: DeliveryId,
) -> impl IntoView {
    let i18n = use_i18n();
    let address = move |ending: &'static str| {
        Signal::derive(move || {
            let language = language(i18n.get_locale()).code();
            format!("/messages/{message}/deliveries/{delivery}/evidence.{ending}?language={language}")
        })
    };
    view! {
        <Menu label=move || t_string!(i18n, archive.evidence) glyph=Glyph::SHIELD_CHECK>
            <MenuLink
                label=move || t_string!(i18n, archive.evidence_pdf)
                href=address("pdf")
                glyph=Glyph::FILE_TEXT
                external=true
            />
            <MenuLink
                label=move || t_string!(i18n, archive.evidence_html)
                href=address("html")
                glyph=Glyph::FILE_TEXT
                external=true
            />
            <MenuLink
                label=move || t_string!(i18n, archive.evidence_json)
                href=address("json")
                glyph=Glyph::FILE_TEXT
                external=true
            />
            <MenuItem
                label=move || t_string!(i18n, messages.print)
                glyph=Glyph::PRINTER
                on_press=move || print::address(&format!("{}&look=print", address("html").get_untracked()))
            />
        </Menu>
    }
}

/// The forms in which messages leave; while a file is on its way, how much of it has come.
#[component]
pub fn MessageExportMenu(
    /// What the button is called.
    #[prop(into)]
    label: TextProp,
    /// What leaves, asked when it does.
    chosen: impl Fn() -> ChosenMessages + Copy + Send + Sync + 'static,
    /// Shows only the icon.
    #[prop(optional)]
    icon_only: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let run = ExportRun::idle();
    let begin = move |format: MessageFormat| {
        run.fetch("/messages/export", &MessageExport { chosen: chosen(), format }, format.file_name().to_owned());
    };
    let item = move |it: MessageFormat| {
        view! { <MenuItem label=move || words(i18n.get_locale(), it) glyph=Glyph::FILE_TEXT on_press=move || begin(it) /> }
    };
    let label = StoredValue::new(label);
    view! {
        <Exporting run=run>
            <Menu label=move || label.with_value(TextProp::get) glyph=Glyph::DOWNLOAD icon_only=icon_only>
                {MessageFormat::ALL.map(item).into_iter().collect_view()}
            </Menu>
        </Exporting>
    }
}

fn words(locale: Locale, format: MessageFormat) -> &'static str {
    match format {
        MessageFormat::Eml => td_string!(locale, archive.eml),
        MessageFormat::Mbox => td_string!(locale, archive.mbox),
        MessageFormat::Xml => td_string!(locale, archive.xml),
    }
}

/// Takes the log out as it is filtered, and shows by what it can be proved later.
#[component]
pub fn LogActs(
    /// What the log shows, asked when it leaves.
    query: impl Fn() -> AuditQuery + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let run = ExportRun::idle();
    let open = RwSignal::new(false);
    let begin = move || {
        let file = format!("{}.csv", t_string!(i18n, archive.log_file));
        let path = format!("/log/export?language={}", language(i18n.get_locale_untracked()).code());
        run.fetch(&path, &query(), file);
    };
    view! {
        <Button label=move || t_string!(i18n, archive.anchors) icon=Glyph::SHIELD_CHECK on_press=move || open.set(true) />
        <Exporting run=run>
            <Button label=move || t_string!(i18n, archive.log_export) icon=Glyph::DOWNLOAD on_press=begin />
        </Exporting>
        <Dialog title=move || t_string!(i18n, archive.anchors_title) open=open wide=true>
            <Proof />
        </Dialog>
    }
}

/// The public key of evidence, and where the log ended on each of the last days.
#[component]
pub fn Proof() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let proof = calls::ask(move || live.version(Change::Settings), |_| app::audit::open_proof());
    view! {
        <Loaded answer=proof let:proof>
            {
                let anchors = Signal::derive(move || proof.with(|it| it.anchors.clone()));
                let key = Signal::derive(move || proof.with(|it| it.key.clone()));
                view! {
                    <p>{move || t_string!(i18n, archive.anchors_text)}</p>
                    <AnchorTable anchors=anchors />
                    <LogMail />
                    <h3>{move || t_string!(i18n, archive.key)}</h3>
                    <p>{move || t_string!(i18n, archive.key_text)}</p>
                    <p class="proof-key">
                        <code class="anchor">{key}</code>
                        <CopyButton text=key label=move || t_string!(i18n, archive.key_copy) />
                    </p>
                }
            }
        </Loaded>
    }
}

#[component]
fn AnchorTable(anchors: Signal<Vec<LogAnchor>>) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |it: LogAnchor| {
        let day = move || format::calendar_day(language(i18n.get_locale()), it.day);
        let anchor = format!("{}:{}", it.entry, it.hash);
        view! {
            <tr>
                <td class="anchor-day">{day}</td>
                <td class="number">{it.entry.to_string()}</td>
                <td><code class="anchor">{it.hash}</code></td>
                <td>
                    <CopyButton
                        text=Signal::stored(anchor)
                        label=move || t_string!(i18n, archive.anchor_copy, day = day())
                    />
                </td>
            </tr>
        }
    };
    view! {
        <Show
            when=move || anchors.with(|it| !it.is_empty())
            fallback=move || view! { <p class="faint">{move || t_string!(i18n, archive.anchors_empty)}</p> }
        >
            <table class="anchors">
                <thead>
                    <tr>
                        <th scope="col">{move || t_string!(i18n, archive.anchor_day)}</th>
                        <th scope="col">{move || t_string!(i18n, archive.anchor_entry)}</th>
                        <th scope="col">{move || t_string!(i18n, archive.anchor_hash)}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{move || anchors.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </Show>
    }
}
