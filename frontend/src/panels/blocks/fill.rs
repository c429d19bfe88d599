//! The fields of an open block.

use content::blocks::{Button, Columns, Footer, Header, Kind, Picture, Spacer, Text};
use leptos::prelude::*;

use super::bench::Bench;
use super::items::ItemsFields;
use super::payment::PaymentFields;
use crate::browser::editor::PictureAnswer;
use crate::browser::files;
use crate::editor::{MailEditor, MergeLine};
use crate::i18n::{t_string, use_i18n};
use crate::parts::{RadioGroup, TextField, TextKind, fresh_id};
use crate::state::blocks::{align, align_key, split, split_key};
use crate::state::shown::Shown;
use crate::toast::Toasts;

/// The fields of whatever the block is.
#[component]
pub(super) fn Fill(
    /// The blocks.
    bench: Bench,
    /// Which one.
    id: u32,
) -> AnyView {
    let i18n = use_i18n();
    let Some(block) = untrack(|| bench.block(id)) else { return ().into_any() };
    match block.is {
        Kind::Header(it) => view! { <HeaderFields bench=bench id=id it=it /> }.into_any(),
        Kind::Text(it) => {
            view! { <HtmlField bench=bench html=it.html on_change=move |html| bench.set(id, Kind::Text(Text { html })) /> }
                .into_any()
        }
        Kind::Footer(it) => {
            view! { <HtmlField bench=bench html=it.html on_change=move |html| bench.set(id, Kind::Footer(Footer { html })) /> }
                .into_any()
        }
        Kind::Picture(it) => view! { <PictureFields bench=bench id=id it=it /> }.into_any(),
        Kind::Button(it) => view! { <ButtonFields bench=bench id=id it=it /> }.into_any(),
        Kind::Columns(it) => view! { <ColumnsFields bench=bench id=id it=it /> }.into_any(),
        Kind::Spacer(it) => {
            let height = RwSignal::new(it.height.to_string());
            Effect::new(move |_| bench.set(id, Kind::Spacer(Spacer { height: number(height) })));
            view! { <NumberField label=move || t_string!(i18n, blocks.height) value=height bench=bench /> }.into_any()
        }
        Kind::Items(it) => view! { <ItemsFields bench=bench id=id it=it /> }.into_any(),
        Kind::Payment(it) => view! { <PaymentFields bench=bench id=id it=it /> }.into_any(),
        Kind::Divider => view! { <p class="hint">{move || t_string!(i18n, blocks.divider_hint)}</p> }.into_any(),
    }
}

/// A number that was typed; none is 0.
pub(super) fn number(value: RwSignal<String>) -> u32 {
    value.with(|it| it.parse().unwrap_or(0))
}

/// A field for a number.
#[component]
pub(super) fn NumberField(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// What is typed.
    value: RwSignal<String>,
    /// The blocks.
    bench: Bench,
) -> impl IntoView {
    view! { <TextField label=label value=value kind=TextKind::Number short=true disabled=bench.tools.readonly /> }
}

/// A line that may hold merge code.
#[component]
pub(super) fn WordsField(
    /// What is filled in.
    #[prop(into)]
    label: TextProp,
    /// What is typed.
    value: RwSignal<String>,
    /// The blocks.
    bench: Bench,
    /// Marks that it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<TextProp>,
) -> impl IntoView {
    let tools = bench.tools;
    let (name, wrong) = (fresh_id("block-words"), Signal::stored(Vec::new()));
    match hint {
        Some(hint) => view! {
            <MergeLine
                label=label
                value=value
                name=name
                wrong=wrong
                hand=tools.hand
                language=tools.language
                hint=hint
                optional=optional
                readonly=tools.readonly
            />
        }
        .into_any(),
        None => view! {
            <MergeLine
                label=label
                value=value
                name=name
                wrong=wrong
                hand=tools.hand
                language=tools.language
                optional=optional
                readonly=tools.readonly
            />
        }
        .into_any(),
    }
}

/// Where something stands in its line.
#[component]
pub(super) fn AlignField(
    /// The name of the place.
    value: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <RadioGroup
            label=move || t_string!(i18n, blocks.align)
            options=vec![
                ("left", (move || t_string!(i18n, blocks.align_left)).into()),
                ("center", (move || t_string!(i18n, blocks.align_center)).into()),
                ("right", (move || t_string!(i18n, blocks.align_right)).into()),
            ]
            value=value
            segmented=true
        />
    }
}

/// Words as in a word processor.
#[component]
fn HtmlField(bench: Bench, html: String, #[prop(into)] on_change: Callback<String>) -> impl IntoView {
    let value = RwSignal::new(html);
    Effect::new(move |before: Option<()>| {
        let html = value.get();
        if before.is_some() {
            on_change.run(html);
        }
    });
    let tools = bench.tools;
    view! {
        <MailEditor
            value=value
            hand=tools.hand
            language=tools.language
            fields=tools.editor_fields
            shown=RwSignal::new(Shown::Text)
            readonly=tools.readonly
            pictures=tools.pictures
        />
    }
}

/// The address of a picture, typed or of a file that is chosen here.
#[component]
fn SourceField(
    #[prop(into)] label: TextProp,
    value: RwSignal<String>,
    bench: Bench,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let id = fresh_id("picture");
    let came = Callback::new(move |(came,): (Result<String, String>,)| match came {
        Ok(source) => drop(value.try_set(source)),
        Err(why) => toasts.warn(why),
    });
    let shown = move || value.with(|it| bench.tools.pictures.resolve.run((it.clone(),)).filter(|_| it.starts_with("cid:")));
    view! {
        <div class="block-source">
            <WordsField label=label value=value bench=bench optional=optional hint=move || t_string!(i18n, blocks.source_hint) />
            <span class="block-pick">
                <input
                    type="file"
                    class="visually-hidden"
                    id=id.clone()
                    accept="image/png,image/jpeg,image/gif,image/webp"
                    prop:disabled=move || bench.tools.readonly.get()
                    on:change=move |event| {
                        for file in files::chosen(&event).into_iter().take(1) {
                            bench.tools.pictures.put_up.run((file, PictureAnswer::to(came)));
                        }
                    }
                />
                <label class="button" data-kind="plain" for=id>{move || t_string!(i18n, blocks.pick)}</label>
                <button
                    type="button"
                    class="button"
                    data-kind="plain"
                    prop:disabled=move || bench.tools.readonly.get()
                    on:click=move |_| bench.tools.pictures.choose.run((PictureAnswer::to(came),))
                >
                    {move || t_string!(i18n, library.attach)}
                </button>
            </span>
            {move || shown().map(|it| view! { <img class="block-picture" src=it alt="" /> })}
        </div>
    }
}

#[component]
fn HeaderFields(bench: Bench, id: u32, it: Header) -> impl IntoView {
    let i18n = use_i18n();
    let (logo, name) = (RwSignal::new(it.logo), RwSignal::new(it.name));
    let place = RwSignal::new(align_key(it.align).to_owned());
    Effect::new(move |_| {
        bench.set(id, Kind::Header(Header { logo: logo.get(), name: name.get(), align: place.with(|it| align(it)) }));
    });
    view! {
        <WordsField label=move || t_string!(i18n, blocks.company_name) value=name bench=bench />
        <SourceField label=move || t_string!(i18n, blocks.logo) value=logo bench=bench optional=true />
        <AlignField value=place />
    }
}

#[component]
fn PictureFields(bench: Bench, id: u32, it: Picture) -> impl IntoView {
    let i18n = use_i18n();
    let (source, alternative, link) = (RwSignal::new(it.source), RwSignal::new(it.alternative), RwSignal::new(it.link));
    let width = RwSignal::new(it.width.map(|it| it.to_string()).unwrap_or_default());
    let place = RwSignal::new(align_key(it.align).to_owned());
    Effect::new(move |_| {
        bench.set(
            id,
            Kind::Picture(Picture {
                source: source.get(),
                alternative: alternative.get(),
                link: link.get(),
                width: width.with(|it| it.parse().ok()),
                align: place.with(|it| align(it)),
            }),
        );
    });
    view! {
        <SourceField label=move || t_string!(i18n, blocks.field_source) value=source bench=bench />
        <WordsField
            label=move || t_string!(i18n, blocks.field_alternative)
            value=alternative
            bench=bench
            optional=true
            hint=move || t_string!(i18n, blocks.alternative_hint)
        />
        <WordsField label=move || t_string!(i18n, blocks.field_link) value=link bench=bench optional=true />
        <NumberField label=move || t_string!(i18n, blocks.width_or_all) value=width bench=bench />
        <AlignField value=place />
    }
}

#[component]
fn ButtonFields(bench: Bench, id: u32, it: Button) -> impl IntoView {
    let i18n = use_i18n();
    let (label, link) = (RwSignal::new(it.label), RwSignal::new(it.link));
    let place = RwSignal::new(align_key(it.align).to_owned());
    Effect::new(move |_| {
        bench.set(id, Kind::Button(Button { label: label.get(), link: link.get(), align: place.with(|it| align(it)) }));
    });
    view! {
        <WordsField label=move || t_string!(i18n, blocks.button_label) value=label bench=bench />
        <WordsField label=move || t_string!(i18n, blocks.field_link) value=link bench=bench hint=move || t_string!(i18n, blocks.link_hint) />
        <AlignField value=place />
    }
}

#[component]
fn ColumnsFields(bench: Bench, id: u32, it: Columns) -> impl IntoView {
    let i18n = use_i18n();
    let count = RwSignal::new(it.columns.len().to_string());
    let share = RwSignal::new(split_key(it.split).to_owned());
    Effect::new(move |before: Option<()>| {
        let (count, split) = (number(count) as usize, share.with(|it| split(it)));
        if before.is_some() {
            bench.edit.update(|edit| {
                edit.set_columns(id, count);
                if let Some(Kind::Columns(now)) = edit.get(id).map(|it| it.is.clone()) {
                    edit.set(id, Kind::Columns(Columns { split, ..now }));
                }
            });
        }
    });
    view! {
        <RadioGroup
            label=move || t_string!(i18n, blocks.columns_count)
            options=vec![("2", "2".into()), ("3", "3".into())]
            value=count
            segmented=true
        />
        <Show when=move || count.with(|it| it == "2")>
            <RadioGroup
                label=move || t_string!(i18n, blocks.split)
                options=vec![
                    ("even", (move || t_string!(i18n, blocks.split_even)).into()),
                    ("narrow", (move || t_string!(i18n, blocks.split_narrow)).into()),
                    ("wide", (move || t_string!(i18n, blocks.split_wide)).into()),
                ]
                value=share
                segmented=true
            />
        </Show>
    }
}
