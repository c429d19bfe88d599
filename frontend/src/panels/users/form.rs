//! Inviting a user and changing one.

use leptos::prelude::*;
use model::{Change, Language, OneTimeLink, Role, RoleId, UserDraft, UserRow};

use super::role_choice::RoleChoice;
use crate::i18n::{Speech, t_string, tu_string, use_i18n, words};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Form, FormState, RadioGroup, TextField, TextKind};
use crate::toast::Toasts;

/// What is typed.
#[derive(Clone, Copy)]
struct Fields {
    name: RwSignal<String>,
    email: RwSignal<String>,
    roles: RwSignal<Vec<RoleId>>,
    language: RwSignal<String>,
}

impl Fields {
    fn of(draft: UserDraft) -> Self {
        Self {
            name: RwSignal::new(draft.name),
            email: RwSignal::new(draft.email),
            roles: RwSignal::new(draft.roles),
            language: RwSignal::new(draft.language.code().to_owned()),
        }
    }

    fn draft(self) -> UserDraft {
        UserDraft {
            name: self.name.get_untracked(),
            email: self.email.get_untracked(),
            roles: self.roles.get_untracked(),
            language: Language::from_code(&self.language.get_untracked()).unwrap_or_default(),
        }
    }
}

/// Asks who is invited and makes the link.
#[component]
pub fn InviteForm(
    /// All roles.
    roles: Vec<Role>,
    /// Called with the name of the invited and the link.
    #[prop(into)]
    on_invited: Callback<(String, OneTimeLink)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let language = Speech::find().language_now();
    let fields = Fields::of(UserDraft { language, ..UserDraft::default() });
    let form = FormState::new();
    let invite = move || {
        let draft = fields.draft();
        if let Err(refusal) = draft.check() {
            return form.refuse(refusal.into());
        }
        let name = draft.name.clone();
        form.submit(app::users::invite_user(draft), move |(_, link)| {
            live.note(Change::Settings);
            on_invited.run((name, link));
        });
    };
    view! {
        <Form state=form on_submit=invite>
            <section class="form-part">
                <PersonHead />
                <div class="form-fields">
                    <Identity fields=fields disabled=Signal::stored(false) autofocus=true />
                    <div class="explained-choice">
                        <RadioGroup
                            label=move || t_string!(i18n, users.language)
                            value=fields.language
                            segmented=true
                            options=Language::ALL.map(|it| (it.code(), words::language(it).into())).to_vec()
                        />
                        <p class="hint">{move || t_string!(i18n, users.language_hint)}</p>
                    </div>
                </div>
            </section>
            <RoleChoice roles=roles chosen=fields.roles disabled=Signal::stored(false) />
            <footer class="form-end">
                <Button
                    label=move || t_string!(i18n, users.send_invite)
                    kind=ButtonKind::Primary
                    busy=form.busy()
                    submit=true
                />
            </footer>
        </Form>
    }
}

/// Changes a user's name, address and roles.
#[component]
pub fn UserForm(
    /// The user.
    user: UserRow,
    /// All roles.
    roles: Vec<Role>,
    /// Whether one may change the user.
    #[prop(into)]
    may_change: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let UserRow { id, name, email, roles: held, .. } = user;
    let fields = Fields::of(UserDraft { name, email, roles: held, ..UserDraft::default() });
    let form = FormState::new();
    let fixed = Signal::derive(move || !may_change.get());
    let save = move || {
        let draft = fields.draft();
        if let Err(refusal) = draft.check() {
            return form.refuse(refusal.into());
        }
        let name = draft.name.clone();
        form.submit(app::users::save_user(id, draft), move |()| {
            live.note(Change::Settings);
            toasts.done(tu_string!(i18n, users.saved, name = name));
        });
    };
    view! {
        <Form state=form on_submit=save>
            <section class="form-part">
                <PersonHead />
                <div class="form-fields">
                    <Identity fields=fields disabled=fixed />
                </div>
            </section>
            <RoleChoice roles=roles chosen=fields.roles disabled=fixed />
            <Show when=move || may_change.get()>
                <footer class="form-end">
                    <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
                </footer>
            </Show>
        </Form>
    }
}

#[component]
fn PersonHead() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <header><h2>{move || t_string!(i18n, users.person)}</h2></header>
    }
}

#[component]
fn Identity(fields: Fields, disabled: Signal<bool>, #[prop(optional)] autofocus: bool) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TextField
            label=move || t_string!(i18n, users.name)
            value=fields.name
            name="name"
            disabled=disabled
            autofocus=autofocus
        />
        <TextField
            label=move || t_string!(i18n, users.email)
            value=fields.email
            name="email"
            kind=TextKind::Email
            disabled=disabled
        />
    }
}
