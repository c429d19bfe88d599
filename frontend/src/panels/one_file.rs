//! A place where one file is chosen or dropped, and goes up at once.

use app::Problem;
use leptos::html;
use leptos::prelude::*;
use model::Refusal;

use crate::browser::files::{self, PickedFile};
use crate::browser::upload::Upload;
use crate::format;
use crate::i18n::{imports as words, language, refusals, t_string, use_i18n};
use crate::parts::{Banner, Button, ButtonKind, Glyph, Progress, Tone};
use crate::session::Session;

/// Begins to put a file up: gets what is called with the share that is through, and with what came back.
pub type Start<T> = fn(&PickedFile, Box<dyn Fn(f64)>, Box<dyn FnOnce(Result<T, Problem>)>) -> Option<Upload>;

/// The place. What is wrong with the file is told below, with its line.
#[component]
pub fn OneFile<T: Send + Sync + 'static>(
    /// The words on the button.
    #[prop(into)]
    label: TextProp,
    /// What may be in the file.
    #[prop(into)]
    hint: TextProp,
    /// The endings that are offered.
    accept: &'static str,
    /// Puts the file up.
    start: Start<T>,
    /// Called with what it became.
    on_ready: Callback<(T,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (label, hint) = (StoredValue::new(label), StoredValue::new(hint));
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
        let end = move |came: Result<T, Problem>| {
            let _ = rising.try_set(None);
            match came {
                Ok(it) => on_ready.run((it,)),
                Err(Problem::Refused(Refusal::SignedOut)) => session.end(),
                Err(it) => {
                    let _ = problem.try_set(Some(it));
                }
            }
        };
        if start(&file, Box::new(progress), Box::new(end)).is_none() {
            rising.set(None);
            problem.set(Some(Problem::Unreachable));
        }
    };
    let choose = move || {
        if let Some(input) = node.get_untracked() {
            input.click();
        }
    };
    let going = move || {
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
                label=move || label.with_value(TextProp::get)
                kind=ButtonKind::Primary
                icon=Glyph::FILE
                busy=Signal::derive(move || rising.with(Option::is_some))
                on_press=choose
            />
            <p class="hint">{move || hint.with_value(TextProp::get)}</p>
            <input
                type="file"
                hidden
                tabindex="-1"
                accept=accept
                node_ref=node
                aria-label=move || label.with_value(TextProp::get)
                on:change=move |event| take(files::chosen(&event))
            />
            <div role="status">
                <Show when=move || rising.with(Option::is_some)>
                    <p class="meta">{going}</p>
                    <Progress label=going share=Signal::derive(move || rising.with(|it| it.as_ref().map_or(0.0, |it| it.1))) />
                </Show>
            </div>
            {move || problem.get().map(|it| view! { <Banner tone=Tone::Bad text=worded(i18n.get_locale(), &it) /> })}
        </div>
    }
}

/// A problem in words; of a file with its place.
pub fn worded(locale: crate::i18n::Locale, problem: &Problem) -> String {
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
