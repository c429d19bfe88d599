//! Segments: all of them, and making and changing one.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use model::{Permission, SegmentId};

use crate::i18n::{t_string, use_i18n};
use crate::pages::lists::{SetsHead, place_of};
use crate::pages::not_found::NotFoundPage;
use crate::panels::segments::{SegmentEditor, SegmentPanel, SegmentTable};
use crate::parts::{ButtonKind, ButtonLink, Glyph, Page, Title};
use crate::routes::{id_param, replacing};
use crate::session::Session;

/// All segments.
#[component]
pub fn SegmentsPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (place, change, open) = place_of("/segments");
    let new = move || {
        view! {
            <Show when=move || session.can(Permission::ListsManage)>
                <ButtonLink
                    label=move || t_string!(i18n, segments.new)
                    href="/segments/new".to_owned()
                    kind=ButtonKind::Primary
                    icon=Glyph::PLUS
                    shortcut="n"
                />
            </Show>
        }
    };
    view! {
        <Page title=move || t_string!(i18n, segments.title) lead=move || t_string!(i18n, segments.lead) actions=new>
            <SetsHead
                here="/segments"
                search=move || t_string!(i18n, segments.search)
                hint=move || t_string!(i18n, segments.search_hint)
                place=place
                on_change=change
            />
            <div class="lists-table"><SegmentTable place=place on_change=change on_open=open begin=new /></div>
        </Page>
    }
}

/// Makes a segment.
#[component]
pub fn SegmentNewPage() -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let open = move |id: SegmentId| navigate(&format!("/segments/{id}"), replacing());
    view! {
        <Title text=move || t_string!(i18n, segments.new_title) />
        <div class="page"><SegmentEditor segment=None on_saved=open /></div>
    }
}

/// One segment.
#[component]
pub fn SegmentPage() -> impl IntoView {
    let id = id_param::<SegmentId>();
    let navigate = StoredValue::new(use_navigate());
    let back = move || navigate.with_value(|it| it("/segments", replacing()));
    move || match id.get() {
        Some(id) => {
            view! { <div class="page"><SegmentPanel id=id on_saved=move |_: SegmentId| () on_deleted=back /></div> }.into_any()
        }
        None => view! { <NotFoundPage /> }.into_any(),
    }
}
