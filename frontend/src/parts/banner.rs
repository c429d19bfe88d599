//! A line that says something about everything below it.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// How something is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// All is well.
    Good,
    /// Take care.
    Warning,
    /// Something is wrong.
    Bad,
}

impl Tone {
    /// The name by which the style sheet colours it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::INFO,
            Self::Good => Glyph::CIRCLE_CHECK,
            Self::Warning => Glyph::TRIANGLE_ALERT,
            Self::Bad => Glyph::CIRCLE_ALERT,
        }
    }
}

/// A tinted line with an icon; buttons in `children` stand at its end.
#[component]
pub fn Banner(
    /// How it is meant.
    #[prop(optional)]
    tone: Tone,
    /// What it says.
    #[prop(into)]
    text: TextProp,
    /// Another icon than the one of the tone.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Buttons and links.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if matches!(tone, Tone::Bad) { "alert" } else { "note" };
    view! {
        <div class="banner" data-tone=tone.name() role=role>
            <Icon glyph=glyph.unwrap_or(tone.glyph()) />
            <p>{move || text.get()}</p>
            {children.map(|it| view! { <div class="banner-actions">{it()}</div> })}
        </div>
    }
}
