//! What is typed into a campaign, and its way to the server: at each step, in the pauses of typing, and when the page is left.

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Campaign, CampaignDraft, CampaignId, Change, Refusal};

use crate::browser::timer::Pause;
use crate::live::Live;
use crate::parts::FormState;
use crate::session::Session;
use crate::state::files::Files;

/// How long typing must rest before it is saved, in milliseconds.
const REST_MS: u32 = 1_500;

/// What goes on once everything typed is on the server.
type After = Box<dyn FnOnce(CampaignId)>;

/// One campaign on the screen.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// What is typed.
    pub draft: RwSignal<CampaignDraft>,
    /// Its files, with those on their way.
    pub files: RwSignal<Files>,
    /// What was found wrong.
    pub form: FormState,
    /// Has the editor of the texts, where it stands, tell what was typed last.
    pub settle: StoredValue<Option<Callback<()>>>,
    key: RwSignal<Option<(CampaignId, i64)>>,
    known: RwSignal<CampaignDraft>,
    saving: RwSignal<bool>,
    /// What goes on once the save on its way has ended.
    after: StoredValue<Option<After>, LocalStorage>,
    live: Live,
    session: Session,
    /// Under which goes on what follows a save.
    owner: StoredValue<Option<Owner>>,
}

impl Desk {
    /// A desk with a stored campaign, or with what a new one begins with.
    pub fn new(campaign: Option<&Campaign>, begin: CampaignDraft) -> Self {
        let draft = campaign.map_or(begin, |it| it.draft.clone());
        let files = campaign.map(|it| Files::read(&it.files)).unwrap_or_default();
        let desk = Self {
            draft: RwSignal::new(draft.clone()),
            files: RwSignal::new(files),
            form: FormState::new(),
            settle: StoredValue::new(None),
            key: RwSignal::new(campaign.map(|it| (it.id, it.revision))),
            known: RwSignal::new(draft),
            saving: RwSignal::new(false),
            after: StoredValue::new_local(None),
            live: Live::find(),
            session: Session::find(),
            owner: StoredValue::new(Owner::current()),
        };
        desk.follow_files();
        let pause = Pause::new(REST_MS);
        Effect::new(move |_| {
            desk.draft.track();
            pause.then(move || desk.save_quietly());
        });
        on_cleanup(move || desk.save_quietly());
        desk
    }

    /// The campaign on the server, subscribing to changes.
    pub fn id(self) -> Option<CampaignId> {
        self.key.get().map(|it| it.0)
    }

    /// Whether everything typed is on the server, subscribing to changes.
    pub fn is_saved(self) -> bool {
        self.key.with(Option::is_some) && self.draft.with(|draft| self.known.with(|known| draft == known))
    }

    /// Changes one thing.
    pub fn change(self, name: &str, change: impl FnOnce(&mut CampaignDraft)) {
        self.form.clear(name);
        self.draft.update(change);
    }

    /// A field of text in step with the draft.
    pub fn text(
        self,
        name: &'static str,
        read: fn(&CampaignDraft) -> &String,
        write: fn(&mut CampaignDraft) -> &mut String,
    ) -> RwSignal<String> {
        let field = RwSignal::new(self.draft.with_untracked(|it| read(it).clone()));
        Effect::new(move |_| {
            let typed = field.get();
            if self.draft.with_untracked(|it| *read(it) != typed) {
                self.change(name, |it| *write(it) = typed);
            }
        });
        field
    }

    /// Saves, and goes on once it is on the server; what is wrong stands at its field.
    pub fn save(self, then: impl FnOnce(CampaignId) + 'static) {
        if let Some(settle) = self.settle.get_value() {
            settle.run(());
        }
        // Two saves at once would both change the same version, and the later one would be refused.
        if self.saving.get_untracked() {
            return self.after.set_value(Some(Box::new(then)));
        }
        let (key, draft) = (self.key.get_untracked(), self.draft.get_untracked());
        if let Some((id, _)) = key.filter(|_| self.known.with_untracked(|it| *it == draft)) {
            return then(id);
        }
        let saved = draft.clone();
        self.form.submit(app::campaigns::save_campaign(key, draft), move |(id, revision)| {
            self.end(id, revision, saved);
            match self.owner.try_get_value().flatten() {
                Some(owner) => owner.with(|| then(id)),
                None => then(id),
            }
        });
    }

    /// Saves what can be saved without a word; a campaign that is not there yet waits for its first step.
    fn save_quietly(self) {
        let Some(Some(key)) = self.key.try_get_untracked() else { return };
        let Some(draft) = self.draft.try_get_untracked() else { return };
        let is_known = self.known.try_with_untracked(|it| *it == draft) != Some(false);
        if is_known || self.saving.get_untracked() || self.form.busy().get_untracked() || draft.check().is_err() {
            return;
        }
        self.saving.set(true);
        spawn_local(async move {
            let came = app::campaigns::save_campaign(Some(key), draft.clone()).await;
            let _ = self.saving.try_set(false);
            match came {
                Ok((id, revision)) => {
                    self.end(id, revision, draft);
                    self.go_on();
                }
                Err(Problem::Refused(Refusal::SignedOut)) => self.session.end(),
                // What was refused is refused again: it waits until something is changed, or asked for.
                Err(problem) => {
                    let _ = self.after.try_update_value(Option::take);
                    if self.draft.try_get_untracked().is_some() {
                        self.form.refuse(problem);
                    }
                }
            }
        });
    }

    /// Goes on with what was asked for during a save, or saves what was typed meanwhile.
    fn go_on(self) {
        match (self.after.try_update_value(Option::take).flatten(), self.owner.try_get_value().flatten()) {
            (Some(then), Some(owner)) => owner.with(|| self.save(then)),
            _ => self.save_quietly(),
        }
    }

    fn end(self, id: CampaignId, revision: i64, draft: CampaignDraft) {
        let _ = self.key.try_set(Some((id, revision)));
        let _ = self.known.try_set(draft);
        self.live.note(Change::Campaigns);
    }

    /// Keeps the ids of the files in the draft.
    fn follow_files(self) {
        Effect::new(move |_| {
            let ids = self.files.with(Files::ids);
            if self.draft.with_untracked(|it| it.attachments != ids) {
                self.draft.update(|it| it.attachments = ids);
            }
        });
    }
}
