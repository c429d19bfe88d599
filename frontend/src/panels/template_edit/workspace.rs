//! The whole page of a template, put together.

use leptos::ev;
use leptos::prelude::*;
use model::{Change, Channel, Company, Language, Permission, TemplateEditor, TemplateId};

use super::about::About;
use super::asks;
use super::banners::{KeptCopyBanner, PresenceBanner, StaleBanner};
use super::bar::EditBar;
use super::check::Check;
use super::desk::Desk;
use super::languages::{AbsentText, LanguageTabs, RemoveText};
use super::preview::{PreviewPanel, Sight};
use super::problems::Problems;
use super::quality::QualityTab;
use super::saver::Saver;
use super::start::{Laid, Start, fetch};
use super::test::{TestDialog, TestSend};
use super::words::{Tools, Words};
use crate::browser::timer;
use crate::calls;
use crate::editor::{FieldUse, PictureDesk};
use crate::i18n::{Speech, t_string, use_i18n};
use crate::live::Live;
use crate::panels::compose::Uploads;
use crate::panels::loaded::Loaded;
use crate::panels::writing::pictures::stand_in;
use crate::panels::writing::{FieldDialog, FieldPalette, LibraryPictures, picture_desk};
use crate::parts::{Form, Tab, TabPanel, Tabs, Title};
use crate::session::Session;
use crate::state::preview_people::People;
use crate::state::shown::Shown;

/// How often one says that one is still there, in milliseconds.
const HOLD_MS: u32 = 20_000;

/// Writes a template.
#[component]
pub fn TemplateEditPanel(
    /// What it begins with.
    start: Start,
    /// Called when a new template is there.
    #[prop(into)]
    on_made: Callback<(TemplateId,)>,
) -> impl IntoView {
    let language = Speech::find().language_now();
    // Asked once: what is on the screen is newer than anything that would come later.
    let answer = calls::ask(|| (), move |()| fetch(start.clone(), language));
    view! {
        <Loaded answer=answer lines=12 let:laid>
            <Workspace laid=laid.get_untracked() on_made=on_made />
        </Loaded>
    }
}

#[component]
fn Workspace(laid: Laid, on_made: Callback<(TemplateId,)>) -> impl IntoView {
    let session = Session::find();
    let Laid { template, draft, records } = laid;
    let files = template.as_ref().map(|it| it.files.clone()).unwrap_or_default();
    let desk = Desk::new(&draft, &files);
    let fields = catalogue(desk);
    let check = Check::new(desk, fields);
    let saver = Saver::new(desk, check, template.as_ref(), on_made);
    let max = Signal::derive(move || session.me().map_or(model::settings::ATTACHMENTS_MAX, |me| me.attachments_max));
    let uploads = Uploads::new(desk.files, max);
    stand_in(desk.files, move || {
        check.draft.with(|it| it.texts.iter().map(|it| it.body.source()).collect::<Vec<_>>().join("\n"))
    });
    let opened = RwSignal::new(None::<FieldUse>);
    let sight = sight(desk, fields);
    let (pictures, asked) = picture_desk(desk.files, uploads);
    let tools = tools(desk, check, pictures, opened, sight);
    let test = TestSend::new(desk, saver, sight);
    let others = presence(saver);
    let company = company();
    let press_key = move |event: ev::KeyboardEvent| {
        if event.key().eq_ignore_ascii_case("s") && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            saver.save();
        }
    };
    view! {
        <TemplateTitle desk=desk saver=saver />
        <div class="compose template-edit" on:keydown=press_key>
            <div class="template-banners">
                <PresenceBanner others=others />
                <KeptCopyBanner saver=saver />
                <StaleBanner saver=saver />
            </div>
            <Form state=desk.form on_submit=|| ()>
                <About desk=desk saver=saver uploads=uploads records=records />
                <div class="compose-page">
                    <Main desk=desk tools=tools company=company />
                    <Side desk=desk tools=tools sight=sight company=company />
                </div>
            </Form>
            <EditBar saver=saver tools=tools test=test />
        </div>
        <FieldDialog opened=opened fields=fields language=desk.language.into() hand=tools.hand />
        <LibraryPictures asked=asked files=desk.files />
        <TestDialog test=test />
    }
}

#[component]
fn TemplateTitle(desk: Desk, saver: Saver) -> impl IntoView {
    let i18n = use_i18n();
    let words = Memo::new(move |_| match desk.name.get() {
        name if saver.is_new() || name.trim().is_empty() => t_string!(i18n, template_edit.title_new).to_owned(),
        name => t_string!(i18n, template_edit.title_edit, name = name),
    });
    view! {
        <Title text=move || words.get() />
        <h1 class="write-title">{words}</h1>
    }
}

/// The text of the open language, with what is wrong below it.
#[component]
pub(super) fn Main(desk: Desk, tools: Tools, company: Signal<Option<Company>>) -> impl IntoView {
    // Whoever may not see the company's data takes the language that a company has at first.
    let company = Signal::derive(move || company.with(|it| it.as_ref().map(|it| it.language).unwrap_or_default()));
    let text = Memo::new(move |_| (desk.laid.get(), desk.open_text().map(|it| it.language)));
    let draw = move |language: Option<Language>| match language.and_then(|_| untrack(|| desk.open_text())) {
        Some(text) => view! {
            <Words desk=desk text=text tools=tools />
            <RemoveText desk=desk language=text.language />
        }
        .into_any(),
        None => view! { <AbsentText desk=desk company=company readonly=tools.readonly /> }.into_any(),
    };
    view! {
        <div class="compose-main">
            <LanguageTabs desk=desk check=tools.check company=company />
            <div
                class="template-language"
                role="tabpanel"
                id=move || format!("panel-{}", desk.language.get().code())
                aria-labelledby=move || format!("tab-{}", desk.language.get().code())
            >
                // Built anew for each text: a view that is only brought up to date would not put its editor up.
                <For each=move || [text.get()] key=|it| *it let:it>
                    {draw(it.1)}
                </For>
            </div>
            <Problems desk=desk tools=tools />
        </div>
    }
}

/// Preview, palette and check.
#[component]
pub(super) fn Side(desk: Desk, tools: Tools, sight: Sight, company: Signal<Option<Company>>) -> impl IntoView {
    let i18n = use_i18n();
    let current = RwSignal::new("preview".to_owned());
    let is_mail = desk.channel.get_untracked() == Channel::Email;
    let mut tabs = vec![
        Tab::new("preview", move || t_string!(i18n, template_edit.preview)),
        Tab::new("fields", move || t_string!(i18n, template_edit.fields)),
    ];
    if is_mail {
        tabs.push(Tab::new("quality", move || t_string!(i18n, quality.title)));
    }
    view! {
        <aside class="compose-side">
            <Tabs
                label=move || t_string!(i18n, template_edit.preview)
                tabs=tabs
                current=current
                on_choose=move |key: &'static str| current.set(key.to_owned())
            />
            <TabPanel key="preview" current=current>
                <PreviewPanel desk=desk tools=tools sight=sight />
            </TabPanel>
            <TabPanel key="fields" current=current>
                <FieldPalette fields=tools.check.fields hand=tools.hand readonly=tools.readonly />
            </TabPanel>
            <TabPanel key="quality" current=current>
                <QualityTab desk=desk tools=tools company=company />
            </TabPanel>
        </aside>
    }
}

/// What may be named, again whenever the template is about something else.
pub(super) fn catalogue(desk: Desk) -> Signal<Vec<model::MergeField>> {
    let speech = Speech::find();
    let answer = calls::ask(move || (desk.record.get(), speech.language()), |(record, language)| asks::fields(record, language));
    Signal::derive(move || answer.get().unwrap_or_default())
}

pub(super) fn tools(desk: Desk, check: Check, pictures: PictureDesk, opened: RwSignal<Option<FieldUse>>, sight: Sight) -> Tools {
    let session = Session::find();
    Tools {
        hand: desk.hand,
        shown: RwSignal::new(Shown::Text),
        check,
        pictures,
        sight,
        on_field: Callback::new(move |(field,)| opened.set(Some(field))),
        people: None,
        readonly: Signal::derive(move || !session.can(Permission::TemplatesManage)),
    }
}

/// Whose data the preview shows.
pub(super) fn sight(desk: Desk, fields: Signal<Vec<model::MergeField>>) -> Sight {
    let people = RwSignal::new(People::default());
    let shown = move || people.with(|it| it.shown().map(|it| it.id));
    let answer = calls::ask(
        move || (shown(), desk.language.get(), fields.get()),
        |(contact, language, fields)| asks::values(contact, language, fields),
    );
    Sight { people, values: Signal::derive(move || answer.get().unwrap_or_default()) }
}

/// Says that one is here and asks who else is, and whether somebody else has saved meanwhile.
fn presence(saver: Saver) -> Signal<Vec<TemplateEditor>> {
    let live = Live::find();
    let turn = RwSignal::new(0_u32);
    timer::every(HOLD_MS, move || turn.update(|it| *it += 1));
    let id = Memo::new(move |_| saver.id());
    let others = calls::ask(
        move || (id.get(), turn.get(), live.version(Change::Templates)),
        |(id, _, _)| async move {
            match id {
                Some(id) => asks::hold(id).await,
                None => Ok(Vec::new()),
            }
        },
    );
    let newest = calls::ask(
        move || (id.get(), live.version(Change::Templates)),
        |(id, _)| async move {
            match id {
                Some(id) => asks::open(id).await.map(|it| Some((it.id, it.revision))),
                None => Ok(None),
            }
        },
    );
    Effect::new(move |_| {
        if let Some(Some((_, revision))) = newest.get() {
            saver.overtaken(revision);
        }
    });
    on_cleanup(move || {
        if let Some(Some(id)) = id.try_get_untracked() {
            leptos::task::spawn_local(async move {
                // Whoever has gone is forgotten after a minute in any case.
                let _ = asks::leave(id).await;
            });
        }
    });
    Signal::derive(move || others.get().unwrap_or_default())
}

/// The company, for whoever may know its data.
pub(super) fn company() -> Signal<Option<Company>> {
    let session = Session::find();
    let answer = calls::ask(
        move || session.can(Permission::SettingsManage),
        |may| async move { if may { app::settings::open_company().await.map(Some) } else { Ok(None) } },
    );
    Signal::derive(move || answer.get().flatten())
}
