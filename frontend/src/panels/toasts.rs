//! The notices at the edge of the screen.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::parts::{CopyButton, Glyph, Icon, IconButton};
use crate::toast::{Toasts, Tone};

/// Shows all notices; readers hear new ones.
#[component]
pub fn ToastShelf() -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    view! {
        <section class="toasts" role="status" aria-label=move || t_string!(i18n, parts.notifications)>
            <For each=move || toasts.list() key=|it| it.number let:toast>
                <div class="toast" class:problem=toast.tone == Tone::Problem>
                    <Icon glyph=if toast.tone == Tone::Problem { Glyph::CIRCLE_ALERT } else { Glyph::CHECK } />
                    <p>{toast.text.clone()}</p>
                    {(!toast.incident.is_empty())
                        .then(|| {
                            let incident = toast.incident.clone();
                            view! {
                                <code>{incident.clone()}</code>
                                <CopyButton text=Signal::stored(incident) label=move || t_string!(i18n, parts.error_copy) />
                            }
                        })}
                    <IconButton
                        label=move || t_string!(i18n, parts.dismiss)
                        icon=Glyph::X
                        on_press=move || toasts.dismiss(toast.number)
                    />
                </div>
            </For>
        </section>
    }
}
