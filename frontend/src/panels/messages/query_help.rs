//! How messages are searched: what may be typed, by examples that a click puts into the field; and what of the words is amiss.

use leptos::html;
use leptos::prelude::*;
use model::{MessageSurvey, QueryFault};

use crate::browser::{focus, popover, timer};
use crate::calls::Answer;
use crate::i18n::{I18n, query as words, t_string, use_i18n};
use crate::parts::{Glyph, Icon, SearchField, fresh_id};

/// An example and what it finds.
type Row = (fn(I18n) -> &'static str, fn(I18n) -> &'static str);

const ROWS: [Row; 13] = [
    (|it| t_string!(it, query.words), |it| t_string!(it, query.words_told)),
    (|it| t_string!(it, query.phrase), |it| t_string!(it, query.phrase_told)),
    (|it| t_string!(it, query.without), |it| t_string!(it, query.without_told)),
    (|it| t_string!(it, query.either), |it| t_string!(it, query.either_told)),
    (|it| t_string!(it, query.begins), |it| t_string!(it, query.begins_told)),
    (|it| t_string!(it, query.to), |it| t_string!(it, query.to_told)),
    (|it| t_string!(it, query.from), |it| t_string!(it, query.from_told)),
    (|it| t_string!(it, query.subject), |it| t_string!(it, query.subject_told)),
    (|it| t_string!(it, query.attachment), |it| t_string!(it, query.attachment_told)),
    (|it| t_string!(it, query.campaign), |it| t_string!(it, query.campaign_told)),
    (|it| t_string!(it, query.state), |it| t_string!(it, query.state_told)),
    (|it| t_string!(it, query.days), |it| t_string!(it, query.days_told)),
    (|it| t_string!(it, query.number), |it| t_string!(it, query.number_told)),
];

/// The search field of messages with its help.
#[component]
pub fn SearchLine(
    /// The words that the list shows now.
    #[prop(into)]
    words: Signal<String>,
    /// Called with new words.
    #[prop(into)]
    on_search: Callback<(String,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    // An example comes behind what is typed already.
    let pick = move |example: String| {
        let words = words.with_untracked(|it| format!("{} {example}", it.trim()).trim().to_owned());
        on_search.run((words,));
    };
    view! {
        <div class="search-line">
            <SearchField
                label=move || t_string!(i18n, messages.search)
                hint=move || t_string!(i18n, messages.search_hint)
                words=words
                on_search=on_search
            />
            <QueryHelp on_pick=pick />
        </div>
    }
}

/// A button beside the search field that explains what may be typed into it.
#[component]
fn QueryHelp(
    /// Called with the example that was chosen.
    #[prop(into)]
    on_pick: Callback<(String,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = fresh_id("query-help");
    let button = NodeRef::<html::Button>::new();
    let sheet = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let toggled = move |_| {
        let (Some(button), Some(sheet)) = (button.get_untracked(), sheet.get_untracked()) else { return };
        let is_open = popover::is_open(&sheet);
        open.set(is_open);
        if is_open {
            // What is inside comes with the next turn, and with it the size.
            timer::after(0, move || {
                popover::place(&button, &sheet);
                focus::set_within(&sheet, "button");
            });
        }
    };
    let pick = move |example: &str| {
        if let Some(sheet) = sheet.get_untracked() {
            popover::close(&sheet);
        }
        on_pick.run((example.to_owned(),));
    };
    let label = move || t_string!(i18n, query.help);
    view! {
        <button
            type="button"
            class="button icon-button"
            data-kind="quiet"
            node_ref=button
            popovertarget=id.clone()
            aria-haspopup="dialog"
            aria-expanded=move || open.get().to_string()
            aria-label=label
            title=label
        >
            <Icon glyph=Glyph::CIRCLE_HELP />
        </button>
        <div class="query-help" role="dialog" popover="auto" id=id node_ref=sheet aria-label=label on:toggle=toggled>
            <Show when=move || open.get()>
                <p>{move || t_string!(i18n, query.intro)}</p>
                <ul>
                    {ROWS
                        .map(|(example, told)| {
                            view! {
                                <li>
                                    <button type="button" on:click=move |_| pick(example(i18n))>
                                        {move || example(i18n)}
                                    </button>
                                    <span>{move || told(i18n)}</span>
                                </li>
                            }
                        })
                        .into_iter()
                        .collect_view()}
                </ul>
                <p class="faint">{move || t_string!(i18n, query.similar)}</p>
            </Show>
        </div>
    }
}

/// What of the words may not do what was meant, each with its place.
#[component]
pub fn QueryFaults(
    /// What was found.
    survey: Answer<MessageSurvey>,
) -> impl IntoView {
    let i18n = use_i18n();
    let faults = Memo::new(move |_| survey.with(|it| it.map(|it| it.faults.clone())).unwrap_or_default());
    let row = move |it: QueryFault| view! { <li>{move || words::fault(i18n.get_locale(), &it)}</li> };
    view! {
        <div role="status">
            <Show when=move || faults.with(|it| !it.is_empty())>
                <ul class="query-faults" aria-label=move || t_string!(i18n, query.faults)>
                    <For each=move || faults.get() key=Clone::clone children=row />
                </ul>
            </Show>
        </div>
    }
}
