//! The looks of all blocks, folded away until they are wanted.

use content::blocks::{Dark, FONTS, Theme};
use leptos::prelude::*;

use super::bench::Bench;
use super::fill::{NumberField, number};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Field, Select, Switch};
use crate::state::blocks::{font, font_key};

/// Letters, width, colours, dark screens.
#[component]
pub(super) fn Looks(
    /// The blocks.
    bench: Bench,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <details class="blocks-looks">
            <summary>{move || t_string!(i18n, blocks.looks)}</summary>
            {move || {
                bench.laid.track();
                view! { <Fields bench=bench /> }
            }}
        </details>
    }
}

#[component]
fn Fields(bench: Bench) -> impl IntoView {
    let i18n = use_i18n();
    let theme = bench.edit.with_untracked(|it| it.document().theme.clone());
    let letters = RwSignal::new(font_key(theme.font).to_owned());
    let (size, width) = (RwSignal::new(theme.font_size.to_string()), RwSignal::new(theme.width.to_string()));
    let (ink, page) = (RwSignal::new(theme.ink), RwSignal::new(theme.page));
    let (surface, accent) = (RwSignal::new(theme.surface), RwSignal::new(theme.accent));
    let adapts = RwSignal::new(theme.dark == Dark::Adapts);
    Effect::new(move |_| {
        bench.set_theme(Theme {
            font: letters.with(|it| font(it)),
            font_size: number(size),
            width: number(width),
            ink: ink.get(),
            page: page.get(),
            surface: surface.get(),
            accent: accent.get(),
            dark: if adapts.get() { Dark::Adapts } else { Dark::StaysLight },
        });
    });
    let options = Signal::stored(FONTS.map(|(_, name)| (name.to_owned(), name.to_owned())).to_vec());
    view! {
        <div class="blocks-looks-fields">
            <Select label=move || t_string!(i18n, blocks.font) options=options value=letters disabled=bench.tools.readonly />
            <NumberField label=move || t_string!(i18n, blocks.font_size) value=size bench=bench />
            <NumberField label=move || t_string!(i18n, blocks.mail_width) value=width bench=bench />
            <ColorField label=move || t_string!(i18n, blocks.field_ink) value=ink bench=bench />
            <ColorField label=move || t_string!(i18n, blocks.field_surface) value=surface bench=bench />
            <ColorField label=move || t_string!(i18n, blocks.field_page) value=page bench=bench />
            <ColorField label=move || t_string!(i18n, blocks.field_accent) value=accent bench=bench />
            <Switch
                label=move || t_string!(i18n, blocks.dark)
                hint=move || t_string!(i18n, blocks.dark_hint)
                checked=adapts
                disabled=bench.tools.readonly
            />
        </div>
    }
}

/// A colour: picked, or typed as `#1d4e54`.
#[component]
fn ColorField(#[prop(into)] label: TextProp, value: RwSignal<String>, bench: Bench) -> impl IntoView {
    view! {
        <Field label=label let:ids let:_faulty>
            <span class="color-field">
                <input
                    type="color"
                    class="color-sample"
                    id=ids.field
                    aria-describedby=ids.notes
                    prop:disabled=move || bench.tools.readonly.get()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <code>{move || value.get()}</code>
            </span>
        </Field>
    }
}
