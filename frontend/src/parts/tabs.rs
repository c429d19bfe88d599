//! Tabs over one content.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::browser::focus;

/// One tab.
#[derive(Clone)]
pub struct Tab {
    /// Its key, as it may stand in the address.
    pub key: &'static str,
    /// Its name.
    pub label: TextProp,
    /// How many things are in it; nothing when that is of no interest.
    pub count: Signal<Option<String>>,
}

impl Tab {
    /// A tab without a count.
    pub fn new(key: &'static str, label: impl Into<TextProp>) -> Self {
        Self { key, label: label.into(), count: Signal::stored(None) }
    }

    /// The same tab with a count.
    pub fn counting(self, count: impl Into<Signal<Option<String>>>) -> Self {
        Self { count: count.into(), ..self }
    }
}

/// The row of tabs; the arrows move between them (WAI-ARIA: tabs with automatic activation).
#[component]
pub fn Tabs(
    /// What they part.
    #[prop(into)]
    label: TextProp,
    /// The tabs.
    tabs: Vec<Tab>,
    /// The key of the open one.
    #[prop(into)]
    current: Signal<String>,
    /// Called with the key of the chosen one.
    #[prop(into)]
    on_choose: Callback<(&'static str,)>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let press_key = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            _ => return,
        };
        event.prevent_default();
        if let Some(list) = list.get_untracked() {
            focus::step_within(&list, "[role=tab]", by);
            focus::click_active();
        }
    };
    let buttons = tabs
        .into_iter()
        .map(|Tab { key, label, count }| {
            let open = move || current.with(|it| it == key);
            view! {
                <button
                    type="button"
                    class="tab"
                    role="tab"
                    id=format!("tab-{key}")
                    aria-selected=move || open().to_string()
                    aria-controls=move || open().then(|| format!("panel-{key}"))
                    tabindex=move || if open() { "0" } else { "-1" }
                    on:click=move |_| on_choose.run((key,))
                >
                    <span>{move || label.get()}</span>
                    {move || count.get().map(|it| view! { <span class="count">{it}</span> })}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() node_ref=list on:keydown=press_key>
            {buttons}
        </div>
    }
}

/// What lies under the tab of that key, while it is open.
#[component]
pub fn TabPanel(
    /// The tab's key.
    key: &'static str,
    /// The key of the open one.
    #[prop(into)]
    current: Signal<String>,
    /// What it shows.
    children: ChildrenFn,
) -> impl IntoView {
    let open = Memo::new(move |_| current.with(|it| it == key));
    let children = StoredValue::new(children);
    view! {
        <Show when=move || open.get()>
            <div class="tab-panel" role="tabpanel" id=format!("panel-{key}") aria-labelledby=format!("tab-{key}") tabindex="0">
                {children.with_value(|it| it())}
            </div>
        </Show>
    }
}
