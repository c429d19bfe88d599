//! Making and changing a segment.

use leptos::prelude::*;
use model::{Change, Chosen, ContactFilter, Permission, Segment, SegmentDraft, SegmentId};

use super::builder::Builder;
use super::explain::ExplainContact;
use super::members::{MembersPreview, mark};
use super::node::GroupView;
use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::export::ExportMenu;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Confirm, Form, FormState, Glyph, Menu, MenuItem, MenuLink, TextArea, TextField, Title};
use crate::session::Session;
use crate::toast::Toasts;

/// A stored segment, as it was when it was opened: what is typed is not taken away by a change elsewhere.
#[component]
pub fn SegmentPanel(
    /// The segment.
    id: SegmentId,
    /// Called when it was saved.
    #[prop(into)]
    on_saved: Callback<(SegmentId,)>,
    /// Called when it was deleted.
    #[prop(into)]
    on_deleted: Callback<()>,
) -> impl IntoView {
    let answer = calls::ask(|| (), move |()| app::segments::open_segment(id));
    view! {
        <Loaded answer=answer let:segment>
            <Known segment=segment.get_untracked() on_saved=on_saved on_deleted=on_deleted />
        </Loaded>
    }
}

#[component]
fn Known(segment: Segment, on_saved: Callback<(SegmentId,)>, on_deleted: Callback<()>) -> impl IntoView {
    let name = segment.fields.name.clone();
    let acts = {
        let (id, name) = (segment.id, name.clone());
        ViewFn::from(move || view! { <Acts id=id name=name.clone() on_deleted=on_deleted /> })
    };
    view! {
        <Title text=name />
        <SegmentEditor segment=Some(segment) on_saved=on_saved acts=acts />
    }
}

/// Name, description and rule, with what comes of it beside.
#[component]
pub fn SegmentEditor(
    /// The segment to change; nothing makes a new one.
    segment: Option<Segment>,
    /// Called with the segment that was saved.
    #[prop(into)]
    on_saved: Callback<(SegmentId,)>,
    /// Further acts beside the title.
    #[prop(into, optional)]
    acts: Option<ViewFn>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let form = FormState::new();
    let (live, toasts) = (Live::find(), Toasts::find());
    let key = RwSignal::new(segment.as_ref().map(|it| (it.id, it.revision)));
    let fields = segment.map(|it| it.fields).unwrap_or_default();
    let builder = Builder::new(&fields.rule);
    let heading = fields.name.clone();
    let (name, description) = (RwSignal::new(fields.name), RwSignal::new(fields.description));
    let draft = move || SegmentDraft {
        name: name.get_untracked(),
        description: description.get_untracked(),
        rule: untrack(|| builder.rule()),
    };
    let submit = move || {
        let draft = draft();
        if let Err(refusal) = draft.check() {
            let problem = app::Problem::Refused(refusal);
            mark(builder, &problem);
            return form.refuse(problem);
        }
        let named = draft.name.trim().to_owned();
        form.submit(app::segments::save_segment(key.get_untracked(), draft), move |id| {
            key.update(|it| *it = it.map(|(id, revision)| (id, revision + 1)));
            live.note(Change::Lists);
            toasts.done(tu_string!(i18n, segments.saved, name = named));
            on_saved.run((id,));
        });
    };
    let may = move || session.can(Permission::ListsManage);
    let title = move || if heading.is_empty() { t_string!(i18n, segments.new_title).to_owned() } else { heading.clone() };
    view! {
        <header class="page-head">
            <div class="page-words"><h1>{title}</h1></div>
            {acts.map(|it| view! { <div class="page-actions">{it.run()}</div> })}
        </header>
        <div class="segment">
            <Form state=form on_submit=submit>
                <fieldset class="segment-fields" prop:disabled=move || !may()>
                    <div class="segment-names">
                        <TextField label=move || t_string!(i18n, segments.name) value=name name="name" />
                        <TextArea
                            label=move || t_string!(i18n, segments.description)
                            value=description
                            name="description"
                            optional=true
                            lines=1
                        />
                    </div>
                    <h2>{move || t_string!(i18n, segments.rule)}</h2>
                    <GroupView builder=builder id=builder.root() />
                </fieldset>
                <Show when=may>
                    <footer class="form-end">
                        <Button
                            label=move || t_string!(i18n, segments.save)
                            kind=ButtonKind::Primary
                            busy=form.busy()
                            submit=true
                        />
                    </footer>
                </Show>
            </Form>
            <aside class="segment-side">
                <MembersPreview builder=builder />
                <ExplainContact builder=builder />
            </aside>
        </div>
    }
}

#[component]
fn Acts(id: SegmentId, name: String, on_deleted: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (deleting, busy) = (RwSignal::new(false), RwSignal::new(false));
    let name = StoredValue::new(name);
    let chosen =
        move || Chosen::Matching { filter: ContactFilter { segment: Some(id), ..ContactFilter::default() }, except: Vec::new() };
    let delete = move || {
        calls::act(busy, app::segments::delete_segment(id), move |()| {
            deleting.set(false);
            toasts.done(tu_string!(i18n, segments.deleted, name = name.get_value()));
            on_deleted.run(());
            live.note(Change::Lists);
        });
    };
    view! {
        <ExportMenu chosen=chosen name=Signal::stored(name.get_value()) />
        <Menu label=move || t_string!(i18n, segments.more) glyph=Glyph::ELLIPSIS icon_only=true>
            <Show when=move || session.can(Permission::CampaignWrite)>
                <MenuLink
                    label=move || t_string!(i18n, bulk.campaign)
                    href=format!("/campaigns/new?segment={id}")
                    glyph=Glyph::MEGAPHONE
                />
            </Show>
            <MenuLink
                label=move || t_string!(i18n, segments.in_contacts)
                href=format!("/contacts?segment={id}")
                glyph=Glyph::USERS
            />
            <Show when=move || session.can(Permission::ListsManage)>
                <MenuItem
                    label=move || t_string!(i18n, segments.delete)
                    glyph=Glyph::TRASH_2
                    danger=true
                    on_press=move || deleting.set(true)
                />
            </Show>
        </Menu>
        <Confirm
            open=deleting
            question=move || t_string!(i18n, segments.delete_title, name = name.get_value())
            text=move || t_string!(i18n, segments.delete_text)
            act=move || t_string!(i18n, segments.delete)
            busy=busy
            on_confirm=delete
        />
    }
}
