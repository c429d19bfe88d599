//! Taking contacts out as a file.

use leptos::prelude::*;
use model::export::columns;
use model::{Chosen, ExportFormat, ExportOrder, Permission};
use serde::Serialize;

use crate::browser::download::{self, Download};
use crate::format;
use crate::i18n::{I18n, Locale, t_string, td_string, tu_string, use_i18n};
use crate::parts::{Button, Glyph, Menu, MenuItem};
use crate::session::Session;
use crate::toast::Toasts;

/// The forms of a file to choose from; while one is on its way, how much of it has come and a button that stops it.
#[component]
pub fn ExportMenu(
    /// What is taken out, asked when it is.
    chosen: impl Fn() -> Chosen + Copy + Send + Sync + 'static,
    /// What the file is named after; empty names it after contacts.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let run = ExportRun::idle();
    let begin = move |format: ExportFormat| run.begin(chosen(), format, name.get_untracked());
    let item = move |it: ExportFormat| {
        view! { <MenuItem label=move || words(i18n.get_locale(), it) glyph=Glyph::FILE_TEXT on_press=move || begin(it) /> }
    };
    view! {
        <Exporting run=run>
            <Menu label=move || t_string!(i18n, export.export) glyph=Glyph::DOWNLOAD>
                {ExportFormat::ALL.map(item).into_iter().collect_view()}
            </Menu>
        </Exporting>
    }
}

/// What begins a file, for those who may take one out; while it is on its way, how much of it has come.
#[component]
pub fn Exporting(
    /// The file on its way.
    run: ExportRun,
    /// The menu or the button.
    children: ChildrenFn,
) -> impl IntoView {
    let session = Session::find();
    let children = StoredValue::new(children);
    view! {
        <Show when=move || session.can(Permission::Export)>
            <span class="export" class:going=move || run.came().is_some()>
                {children.with_value(|it| it())}
                <ExportGoing run=run />
            </span>
        </Show>
    }
}

/// How much of a file has come.
#[component]
pub fn ExportGoing(
    /// The file on its way.
    run: ExportRun,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || run.came().map(|n| t_string!(i18n, export.came, size = format::size(i18n.get_locale(), n)));
    view! {
        <Show when=move || run.came().is_some()>
            <span class="export-going" role="status">
                <span class="meta">{words}</span>
                <Button label=move || t_string!(i18n, export.stop) icon=Glyph::X on_press=move || run.stop() />
            </span>
        </Show>
    }
}

/// A file on its way, one at a time.
#[derive(Clone, Copy)]
pub struct ExportRun {
    came: RwSignal<Option<u64>>,
    way: StoredValue<Option<Download>>,
    i18n: I18n,
    toasts: Toasts,
    session: Session,
}

impl ExportRun {
    /// Nothing is on its way.
    pub fn idle() -> Self {
        let run = Self {
            came: RwSignal::new(None),
            way: StoredValue::new(None),
            i18n: use_i18n(),
            toasts: Toasts::find(),
            session: Session::find(),
        };
        on_cleanup(move || run.stop());
        run
    }

    /// How many bytes have come, subscribing to changes; nothing when no file is on its way.
    pub fn came(self) -> Option<u64> {
        self.came.get()
    }

    /// Asks for contacts as a file; another one on its way is stopped.
    pub fn begin(self, chosen: Chosen, format: ExportFormat, name: String) {
        let locale = self.i18n.get_locale_untracked();
        let name = if name.trim().is_empty() { td_string!(locale, export.file).to_owned() } else { name };
        let file = format!("{name}.{}", format.ending());
        self.fetch("/contacts/export", &ExportOrder { chosen, format, headings: headings(locale) }, file);
    }

    /// Asks for any file by what it is ordered with; another one on its way is stopped.
    pub fn fetch(self, path: &str, order: &impl Serialize, file: String) {
        self.stop();
        let Self { i18n, toasts, session, .. } = self;
        self.came.set(Some(0));
        let shown = file.clone();
        let way = download::fetch(
            path,
            order,
            file,
            move |n| {
                let _ = self.came.try_set(Some(n));
            },
            move |end| {
                let _ = self.came.try_set(None);
                match end {
                    Ok(()) => toasts.done(tu_string!(i18n, export.done, name = shown)),
                    Err(app::Problem::Refused(model::Refusal::SignedOut)) => session.end(),
                    Err(problem) => toasts.problem(&problem),
                }
            },
        );
        if way.is_none() {
            self.came.set(None);
            toasts.problem(&app::Problem::Unreachable);
        }
        self.way.set_value(way);
    }

    /// Stops what is on its way.
    pub fn stop(self) {
        if let Some(way) = self.way.try_update_value(Option::take).flatten() {
            way.stop();
        }
        let _ = self.came.try_set(None);
    }
}

/// What the forms are good for.
pub fn words(locale: Locale, format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Xlsx => td_string!(locale, export.xlsx),
        ExportFormat::Csv => td_string!(locale, export.csv),
        ExportFormat::Xml => td_string!(locale, export.xml),
        ExportFormat::Text => td_string!(locale, export.text),
    }
}

/// The headings in the reader's language, in the order of the columns.
fn headings(locale: Locale) -> Vec<String> {
    columns().map(|it| heading(locale, it).to_owned()).collect()
}

fn heading(locale: Locale, column: &str) -> &'static str {
    match column {
        "nature" => td_string!(locale, export.nature),
        "kind" => td_string!(locale, export.kind),
        "title_before" => td_string!(locale, export.title_before),
        "first_name" => td_string!(locale, export.first_name),
        "last_name" => td_string!(locale, export.last_name),
        "title_after" => td_string!(locale, export.title_after),
        "company_name" => td_string!(locale, export.company_name),
        "position" => td_string!(locale, export.position),
        "salutation" => td_string!(locale, export.salutation),
        "language" => td_string!(locale, export.language),
        "street" => td_string!(locale, export.street),
        "city" => td_string!(locale, export.city),
        "postcode" => td_string!(locale, export.postcode),
        "country" => td_string!(locale, export.country),
        "delivery_street" => td_string!(locale, export.delivery_street),
        "delivery_city" => td_string!(locale, export.delivery_city),
        "delivery_postcode" => td_string!(locale, export.delivery_postcode),
        "delivery_country" => td_string!(locale, export.delivery_country),
        "registration_number" => td_string!(locale, export.registration_number),
        "tax_number" => td_string!(locale, export.tax_number),
        "vat_number" => td_string!(locale, export.vat_number),
        "note" => td_string!(locale, export.note),
        "gender" => td_string!(locale, export.gender),
        "first_vocative" => td_string!(locale, export.first_vocative),
        "last_vocative" => td_string!(locale, export.last_vocative),
        "no_bulk" => td_string!(locale, export.no_bulk),
        "obtained_way" => td_string!(locale, export.obtained_way),
        "obtained_on" => td_string!(locale, export.obtained_on),
        "obtained_note" => td_string!(locale, export.obtained_note),
        "owner" => td_string!(locale, export.owner),
        "parent_registration_number" => td_string!(locale, export.parent_registration_number),
        "parent_name" => td_string!(locale, export.parent_name),
        "email" => td_string!(locale, export.email),
        "email_invoices" => td_string!(locale, export.email_invoices),
        "email_reminders" => td_string!(locale, export.email_reminders),
        "email_marketing" => td_string!(locale, export.email_marketing),
        "phone" => td_string!(locale, export.phone),
        "phone_invoices" => td_string!(locale, export.phone_invoices),
        "phone_reminders" => td_string!(locale, export.phone_reminders),
        "phone_marketing" => td_string!(locale, export.phone_marketing),
        "tags" => td_string!(locale, export.tags),
        "consent_email" => td_string!(locale, export.consent_email),
        "consent_email_on" => td_string!(locale, export.consent_email_on),
        "consent_email_way" => td_string!(locale, export.consent_email_way),
        "consent_email_proof" => td_string!(locale, export.consent_email_proof),
        "consent_sms" => td_string!(locale, export.consent_sms),
        "consent_sms_on" => td_string!(locale, export.consent_sms_on),
        "consent_sms_way" => td_string!(locale, export.consent_sms_way),
        "consent_sms_proof" => td_string!(locale, export.consent_sms_proof),
        // An empty heading lets the server take the name of the column.
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use model::import::suggest;

    use super::*;

    #[test]
    fn every_column_has_a_heading_in_each_language() {
        for locale in [Locale::sk, Locale::cs, Locale::en] {
            assert!(headings(locale).iter().all(|it| !it.is_empty()), "{locale:?}");
        }
    }

    #[test]
    fn an_import_knows_the_headings_of_each_language_again() {
        let meant = suggest(&columns().map(str::to_owned).collect::<Vec<_>>(), &[], &[]);
        for locale in [Locale::sk, Locale::cs, Locale::en] {
            let headings = headings(locale);
            for ((heading, found), meant) in headings.iter().zip(suggest(&headings, &[], &[])).zip(&meant) {
                assert_eq!(found, *meant, "{locale:?} {heading}");
            }
        }
    }
}
