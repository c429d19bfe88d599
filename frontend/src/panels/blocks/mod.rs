//! The view *Blocks* of a mail: blocks are added, arranged by mouse, finger or keyboard, and filled where they stand.

mod bench;
mod canvas;
mod card;
mod fill;
mod items;
mod looks;
mod palette;
mod payment;
mod source;

use content::blocks::FaultKind;
use leptos::prelude::*;
use model::{Language, MergeField, TemplateFault};

use bench::Bench;
use canvas::Canvas;
use looks::Looks;
use palette::{History, Palette};
pub use source::MjmlSource;

use crate::editor::{EditorField, Hand, PictureDesk};
use crate::i18n::{blocks, t_string, use_i18n};
use crate::parts::{Banner, Button, Tone};
use crate::state::blocks::BlocksEdit;

/// What the view needs from the page it stands in.
#[derive(Clone, Copy)]
pub struct BlocksTools {
    /// What the page writes into texts with.
    pub hand: Hand,
    /// The language of the mail.
    pub language: Signal<Language>,
    /// The fields that may be put in.
    pub fields: Signal<Vec<MergeField>>,
    /// The same fields as the editor of texts lists them.
    pub editor_fields: Signal<Vec<EditorField>>,
    /// What is wrong in the body.
    pub faults: Signal<Vec<TemplateFault>>,
    /// How pictures come into it and are shown.
    pub pictures: PictureDesk,
    /// Whether the mail can only be looked at.
    pub readonly: Signal<bool>,
}

/// A document of blocks; `value` holds it as it is stored, and is followed when others change it.
#[component]
pub fn BlocksPanel(
    /// The stored document.
    value: RwSignal<String>,
    /// What comes from the page.
    tools: BlocksTools,
) -> impl IntoView {
    let i18n = use_i18n();
    let begun = untrack(|| value.with(|it| BlocksEdit::read(it)));
    match begun {
        Ok(edit) => {
            let bench = Bench::lay(edit, value, tools);
            view! {
                <section class="blocks" aria-label=move || t_string!(i18n, blocks.blocks)>
                    <div class="blocks-bar">
                        <Palette bench=bench />
                        <History bench=bench />
                    </div>
                    <p class="hint">{move || t_string!(i18n, blocks.keys)}</p>
                    <Looks bench=bench />
                    <Canvas bench=bench />
                    <p class="visually-hidden" role="status">{move || bench.said.get()}</p>
                </section>
            }
            .into_any()
        }
        Err(fault) => {
            // A newer document is left as it is; what cannot be read can only be begun anew.
            let is_newer = matches!(fault.kind, FaultKind::Version(_));
            view! {
                <section class="blocks">
                    <Banner tone=Tone::Warning text=move || blocks::block_fault(i18n.get_locale(), &fault.kind) />
                    {(!is_newer).then(|| {
                        view! { <Button label=move || t_string!(i18n, blocks.begin_anew) on_press=move || value.set(String::new()) /> }
                    })}
                </section>
            }
            .into_any()
        }
    }
}
