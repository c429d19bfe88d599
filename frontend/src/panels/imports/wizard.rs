//! The steps that decide about a file, one after the other; one may always go back.

use app::Problem;
use leptos::prelude::*;
use model::{Change, FieldDefinition, ImportId, ImportLook, ImportReading, ListDraft, ListOrigin};

use super::columns::ColumnsStep;
use super::plan::PlanStep;
use super::preview::PreviewStep;
use super::reading::ReadingStep;
use crate::calls::{self, Answer};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::live::Live;
use crate::panels::one_file::worded;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, Skeleton, StepMark, Steps, Tone};
use crate::state::import_draft::{ImportDraft, Step};

/// What the steps share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// Which import.
    pub id: ImportId,
    /// What was decided so far.
    pub draft: RwSignal<ImportDraft>,
    /// Name of a list that is to be made; empty makes none.
    pub new_list: RwSignal<String>,
    /// What the file looks like.
    pub look: Answer<ImportLook>,
    /// The own fields there are.
    pub own: Answer<Vec<FieldDefinition>>,
    /// How a person wants the file to be read.
    pub wanted: RwSignal<Option<ImportReading>>,
}

impl Desk {
    /// The own fields, subscribing to changes.
    pub fn fields(self) -> Vec<FieldDefinition> {
        self.own.get().unwrap_or_default()
    }
}

/// The steps.
#[component]
pub(super) fn Wizard(
    /// Which import.
    id: ImportId,
    /// Called when the file was discarded.
    on_forgotten: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let wanted = RwSignal::new(None::<ImportReading>);
    let look = calls::ask(move || wanted.get(), move |reading| app::imports::look_at_import(id, reading));
    let own = calls::ask(|| (), |()| app::fields::list_fields());
    let desk =
        Desk { id, draft: RwSignal::new(ImportDraft::default()), new_list: RwSignal::new(String::new()), look, own, wanted };
    let step = RwSignal::new(Step::default());
    Effect::new(move |_| {
        if let Some(look) = look.get() {
            desk.draft.update(|it| it.follow(&look));
        }
    });
    let here = Memo::new(move |_| look.with(|it| it.is_some()));
    let problem = Memo::new(move |_| look.problem());
    view! {
        <div class="import-wizard">
            <Steps
                label=move || t_string!(i18n, imports.steps)
                steps=marks(i18n, step)
                current=Signal::derive(move || step.get() as usize)
                on_choose=move |n: usize| step.set(Step::ALL[n])
            />
            {move || problem.get().map(|it| view! { <Banner tone=Tone::Bad text=worded(i18n.get_locale(), &it) /> })}
            <Show when=move || here.get() fallback=move || problem.with(Option::is_none).then(|| view! { <Skeleton lines=8 /> })>
                <StepForm desk=desk step=step on_forgotten=on_forgotten />
            </Show>
        </div>
    }
}

/// The steps by their names; those behind one can be gone back to.
fn marks(i18n: I18n, step: RwSignal<Step>) -> Vec<StepMark> {
    let name = move |it: Step| match it {
        Step::Reading => t_string!(i18n, imports.step_reading),
        Step::Columns => t_string!(i18n, imports.step_columns),
        Step::Plan => t_string!(i18n, imports.step_plan),
        Step::Preview => t_string!(i18n, imports.step_preview),
    };
    let mark = move |it: Step| StepMark::new(move || name(it), Signal::derive(move || (it as usize) < step.get() as usize));
    Step::ALL.map(mark).to_vec()
}

#[component]
fn StepForm(desk: Desk, step: RwSignal<Step>, on_forgotten: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let form = FormState::new();
    let go = move || {
        form.clear_all();
        if let Err(refusal) = desk.draft.with_untracked(|it| it.check(step.get_untracked(), &desk.own.now().unwrap_or_default()))
        {
            return form.refuse(Problem::Refused(refusal));
        }
        if step.get_untracked() != Step::Preview {
            return step.update(|it| *it = it.next());
        }
        form.submit(start(desk), move |()| live.note(Change::Imports));
    };
    let forgetting = RwSignal::new(false);
    let forget = move || calls::act(forgetting, app::imports::forget_import(desk.id), move |()| on_forgotten.run(()));
    let content = move || match step.get() {
        Step::Reading => view! { <ReadingStep desk=desk /> }.into_any(),
        Step::Columns => view! { <ColumnsStep desk=desk /> }.into_any(),
        Step::Plan => view! { <PlanStep desk=desk /> }.into_any(),
        Step::Preview => view! { <PreviewStep desk=desk /> }.into_any(),
    };
    let act = move || {
        if step.get() == Step::Preview { t_string!(i18n, imports.start) } else { t_string!(i18n, imports.next) }
    };
    view! {
        <Form state=form on_submit=go>
            {content}
            <footer class="form-end">
                <Button label=act kind=ButtonKind::Primary submit=true busy=form.busy() />
                <Show when=move || step.get() != Step::Reading>
                    <Button label=move || t_string!(i18n, imports.back) on_press=move || step.update(|it| *it = it.back()) />
                </Show>
                <Button
                    label=move || t_string!(i18n, imports.forget)
                    kind=ButtonKind::Quiet
                    busy=forgetting
                    on_press=forget
                />
            </footer>
        </Form>
    }
}

/// Makes the new list, if one is wanted, and lets the import begin.
async fn start(desk: Desk) -> Result<(), Problem> {
    let mut plan = desk.draft.with_untracked(ImportDraft::plan);
    let name = desk.new_list.get_untracked().trim().to_owned();
    if !name.is_empty() {
        let draft = ListDraft { name, origin: ListOrigin::Import, ..ListDraft::default() };
        plan.lists.push(app::recipient_lists::save_list(None, draft).await?);
    }
    app::imports::start_import(desk.id, plan).await
}
