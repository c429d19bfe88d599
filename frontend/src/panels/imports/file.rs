//! Choosing a file and putting it up.

use app::Problem;
use leptos::html;
use leptos::prelude::*;
use model::{ImportId, Refusal};

use crate::browser::files::{self, PickedFile};
use crate::browser::upload;
use crate::format;
use crate::i18n::{imports as words, language, refusals, t_string, use_i18n};
use crate::parts::{Banner, Button, ButtonKind, Glyph, Progress, Tone};
use crate::session::Session;

/// The place where a file is chosen or dropped.
#[component]
pub fn ImportFile(
    /// Called with the import that begins with the file.
    #[prop(into)]
    on_ready: Callback<(ImportId,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let node = NodeRef::<html::Input>::new();
    let rising = RwSignal::new(None::<(String, f64)>);
    let problem = RwSignal::new(None::<Problem>);
    let is_over = RwSignal::new(false);
    let take = move |files: Vec<PickedFile>| {
        let Some(file) = files.into_iter().next() else { return };
        problem.set(None);
        rising.set(Some((file.name(), 0.0)));
        let progress = move |share| {
            rising.try_update(|it| it.iter_mut().for_each(|it| it.1 = share));
        };
        let end = move |came: Result<ImportId, Problem>| {
            let _ = rising.try_set(None);
            match came {
                Ok(id) => on_ready.run((id,)),
                Err(Problem::Refused(Refusal::SignedOut)) => session.end(),
                Err(it) => {
                    let _ = problem.try_set(Some(it));
                }
            }
        };
        if upload::start_import(&file, progress, end).is_none() {
            rising.set(None);
            problem.set(Some(Problem::Unreachable));
        }
    };
    let choose = move || {
        if let Some(input) = node.get_untracked() {
            input.click();
        }
    };
    let label = move || {
        rising.with(|it| match it {
            Some((name, share)) if *share < 1.0 => t_string!(i18n, imports.rising, name = name.clone()),
            Some((name, _)) => t_string!(i18n, imports.reading_file, name = name.clone()),
            None => String::new(),
        })
    };
    view! {
        <div
            class="import-file"
            class:over=move || is_over.get()
            on:dragover=move |event| {
                if files::carries_files(&event) {
                    event.prevent_default();
                    is_over.set(true);
                }
            }
            on:dragleave=move |_| is_over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                is_over.set(false);
                take(files::dropped(&event));
            }
        >
            <Button
                label=move || t_string!(i18n, imports.pick)
                kind=ButtonKind::Primary
                icon=Glyph::FILE
                busy=Signal::derive(move || rising.with(Option::is_some))
                on_press=choose
            />
            <p class="hint">{move || t_string!(i18n, imports.pick_hint)}</p>
            <input
                type="file"
                hidden
                tabindex="-1"
                accept=".csv,.txt,.tsv,.xlsx,.xml,.vcf"
                node_ref=node
                aria-label=move || t_string!(i18n, imports.pick)
                on:change=move |event| take(files::chosen(&event))
            />
            <div role="status">
                <Show when=move || rising.with(Option::is_some)>
                    <p class="meta">{label}</p>
                    <Progress label=label share=Signal::derive(move || rising.with(|it| it.as_ref().map_or(0.0, |it| it.1))) />
                </Show>
            </div>
            {move || problem.get().map(|it| view! { <Banner tone=Tone::Bad text=worded(i18n.get_locale(), &it) /> })}
        </div>
    }
}

/// A problem in words; of a file with its place.
pub(super) fn worded(locale: crate::i18n::Locale, problem: &Problem) -> String {
    match problem {
        Problem::Refused(Refusal::BadTable { line, fault }) => crate::i18n::td_string!(
            locale,
            imports.refused,
            n = format::number(language(locale), *line),
            fault = words::table_fault(locale, fault)
        ),
        other => refusals::problem(locale, other),
    }
}
