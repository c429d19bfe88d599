//! Buttons, and links that look like them.

use leptos::ev;
use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one act of the screen.
    Primary,
    /// Any other act.
    #[default]
    Plain,
    /// An act among many, without a frame.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Plain => "plain",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A button that says what it does. While it is busy it turns, keeps its width and cannot be pressed again.
#[component]
pub fn Button(
    /// What it does, in words.
    #[prop(into)]
    label: TextProp,
    /// Called when it is pressed; a button that sends a form needs none.
    #[prop(into, optional)]
    on_press: Option<Callback<()>>,
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// Whether what it began still runs.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// Whether it cannot be pressed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// A key that presses it anywhere on the page, such as `n`.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// Why it cannot be pressed, or what it does in more words.
    #[prop(into, optional)]
    hint: Option<TextProp>,
) -> impl IntoView {
    let press = move |_: ev::MouseEvent| {
        if let Some(on_press) = on_press
            && !busy.get_untracked()
        {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class="button"
            data-kind=kind.name()
            aria-busy=move || busy.get().then_some("true")
            aria-keyshortcuts=shortcut
            title=hint.map(|it| move || it.get())
            prop:disabled=move || disabled.get()
            on:click=press
        >
            {icon.map(|it| view! { <Icon glyph=it /> })}
            <span class="label">{move || label.get()}</span>
            <Show when=move || busy.get()>
                <Icon glyph=Glyph::LOADER_CIRCLE />
            </Show>
        </button>
    }
}

/// A button that shows only an icon; its name is read out and shown as a tip.
#[component]
pub fn IconButton(
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Its icon.
    #[prop(into)]
    icon: Signal<Glyph>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// Whether it cannot be pressed now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Whether it is switched on, for a button that switches.
    #[prop(into, optional)]
    pressed: Option<Signal<bool>>,
    /// A key that presses it anywhere on the page.
    #[prop(optional)]
    shortcut: Option<&'static str>,
) -> impl IntoView {
    let (name, tip) = (label.clone(), label);
    view! {
        <button
            type="button"
            class="button icon-button"
            data-kind="quiet"
            aria-label=move || name.get()
            title=move || tip.get()
            aria-pressed=pressed.map(|it| move || it.get().to_string())
            aria-keyshortcuts=shortcut
            prop:disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {move || view! { <Icon glyph=icon.get() /> }}
        </button>
    }
}

/// A link that looks like a button, because it leads to where something is done.
#[component]
pub fn ButtonLink(
    /// What it leads to, in words.
    #[prop(into)]
    label: TextProp,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<Glyph>,
    /// A key that follows it anywhere on the page, such as `n`.
    #[prop(optional)]
    shortcut: Option<&'static str>,
) -> impl IntoView {
    view! {
        <a href=move || href.get() class="button" data-kind=kind.name() aria-keyshortcuts=shortcut>
            {icon.map(|it| view! { <Icon glyph=it /> })}
            <span class="label">{move || label.get()}</span>
        </a>
    }
}
