//! How the file is read, with its first rows as they are seen then.

use leptos::prelude::*;
use model::{Delimiter, ImportFormat, ImportLook, ImportReading, TextEncoding};

use super::pick::Pick;
use super::wizard::Desk;
use crate::format;
use crate::i18n::{imports as words, language, t_string, use_i18n};

/// Most rows in which headings are looked for.
const HEADER_ROWS: u32 = 20;

/// Encoding, delimiter, sheet, heading; and what comes of it.
#[component]
pub(super) fn ReadingStep(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let reading = Memo::new(move |_| desk.look.with(|it| it.map(|it| it.reading.clone()).unwrap_or_default()));
    let format = Memo::new(move |_| reading.with(|it| it.format));
    let change = move |change: &dyn Fn(&mut ImportReading)| {
        let mut next = desk.wanted.get_untracked().unwrap_or_else(|| reading.get_untracked());
        change(&mut next);
        desk.wanted.set(Some(next));
    };
    let encodings = Signal::stored(TextEncoding::ALL.map(|it| (it, it.name().to_owned())).to_vec());
    let delimiters =
        Signal::derive(move || Delimiter::ALL.map(|it| (it, words::delimiter(i18n.get_locale(), it).to_owned())).to_vec());
    let rows = Signal::stored((0..=HEADER_ROWS).map(|it| (it, it.to_string())).collect::<Vec<_>>());
    let sheets = Signal::derive(move || {
        desk.look.with(|it| {
            it.map(|it| it.sheets.iter().cloned().enumerate().map(|(n, it)| (n as u32, it)).collect()).unwrap_or_default()
        })
    });
    let elements = Signal::derive(move || {
        desk.look.with(|it| it.map(|it| it.elements.iter().map(|it| (it.clone(), it.clone())).collect()).unwrap_or_default())
    });
    let has_letters = move || format.get() != ImportFormat::Xlsx;
    let has_header = move || matches!(format.get(), ImportFormat::Csv | ImportFormat::Xlsx);
    view! {
        <p class="import-lead">{move || t_string!(i18n, imports.reading_lead)}</p>
        <div class="form-row">
            <Show when=has_letters>
                <Pick
                    label=move || t_string!(i18n, imports.encoding)
                    options=encodings
                    value=Signal::derive(move || reading.with(|it| it.encoding))
                    on_pick=move |it| change(&|reading| reading.encoding = it)
                />
            </Show>
            <Show when=move || format.get() == ImportFormat::Csv>
                <Pick
                    label=move || t_string!(i18n, imports.delimiter)
                    options=delimiters
                    value=Signal::derive(move || reading.with(|it| it.delimiter))
                    on_pick=move |it| change(&|reading| reading.delimiter = it)
                />
            </Show>
            <Show when=move || format.get() == ImportFormat::Xlsx>
                <Pick
                    label=move || t_string!(i18n, imports.sheet)
                    options=sheets
                    value=Signal::derive(move || reading.with(|it| it.sheet))
                    on_pick=move |it| change(&|reading| reading.sheet = it)
                />
            </Show>
            <Show when=move || format.get() == ImportFormat::Xml>
                <Pick
                    label=move || t_string!(i18n, imports.element)
                    options=elements
                    value=Signal::derive(move || reading.with(|it| it.element.clone()))
                    on_pick=move |it: String| change(&|reading| reading.element.clone_from(&it))
                />
            </Show>
            <Show when=has_header>
                <Pick
                    label=move || t_string!(i18n, imports.header_row)
                    options=rows
                    value=Signal::derive(move || reading.with(|it| it.header_row))
                    on_pick=move |it| change(&|reading| reading.header_row = it)
                />
            </Show>
        </div>
        <Sample desk=desk />
    }
}

/// The first rows of the file.
#[component]
fn Sample(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let look = Memo::new(move |_| desk.look.get());
    let table = move |look: ImportLook| {
        let head = look.columns.iter().map(|it| view! { <th scope="col">{it.clone()}</th> }).collect_view();
        let width = look.columns.len();
        let row = move |it: model::LookRow| {
            let cells = (0..width).map(|n| view! { <td>{it.cells.get(n).cloned()}</td> }).collect_view();
            let fault = it.fault.map(|it| words::table_fault(i18n.get_locale(), &it));
            let is_faulty = fault.is_some();
            view! {
                <tr class:faulty=is_faulty>
                    <th scope="row">{format::number(language(i18n.get_locale()), it.line)}</th>
                    {match fault {
                        Some(fault) => view! { <td colspan=width.max(1).to_string() class="fault">{fault}</td> }.into_any(),
                        None => cells.into_any(),
                    }}
                </tr>
            }
        };
        view! {
            <table class="import-table">
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, imports.line)}</th>
                        {head}
                    </tr>
                </thead>
                <tbody>{look.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
    };
    view! {
        <div class="import-scroll" role="region" tabindex="0" aria-label=move || t_string!(i18n, imports.sample)>
            {move || look.get().map(table)}
        </div>
    }
}
