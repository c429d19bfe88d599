//! MJML written by hand.

use leptos::prelude::*;

use super::BlocksTools;
use crate::editor::MailEditor;
use crate::i18n::{t_string, use_i18n};
use crate::state::finding::Finding;
use crate::state::shown::Shown;

/// The source of a mail written as MJML, with what is wrong underlined.
#[component]
pub fn MjmlSource(
    /// The stored source.
    value: RwSignal<String>,
    /// What comes from the page.
    tools: BlocksTools,
    /// What is wrong in it.
    #[prop(into)]
    findings: Signal<Vec<Finding>>,
) -> impl IntoView {
    let i18n = use_i18n();
    // Only its source is ever shown: the text would know nothing of MJML.
    let shown = RwSignal::new(Shown::Source);
    view! {
        <section class="blocks-source" aria-label=move || t_string!(i18n, blocks.mjml)>
            <p class="hint">{move || t_string!(i18n, blocks.mjml_hint)}</p>
            <MailEditor
                value=value
                hand=tools.hand
                language=tools.language
                fields=tools.editor_fields
                findings=findings
                shown=shown
                readonly=tools.readonly
                pictures=tools.pictures
            />
        </section>
    }
}
