//! How long the text is for all whom it may go to, and what that would cost.

use app::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Chosen, LongestText, Refusal, SmsSettings, SurveyOrder, TemplateDraft, TextSurvey};

use super::counter::{parts_words, units_words};
use crate::format;
use crate::i18n::messages::small;
use crate::i18n::{campaigns as numbers, language, t_string, use_i18n};
use crate::panels::lists::{set_of, sets_finding};
use crate::parts::{Banner, Button, FindField, Found, Glyph, Tone};
use crate::session::Session;
use crate::toast::Toasts;

/// What was measured, and with what.
#[derive(Clone, PartialEq)]
struct Came {
    survey: TextSurvey,
    draft: TemplateDraft,
    sets: Vec<Chosen>,
}

/// A measuring on its way, and what came of the last one.
#[derive(Clone, Copy)]
struct Survey {
    going: RwSignal<Option<TextSurvey>>,
    came: RwSignal<Option<Came>>,
    /// Counts the measurings; one that is not the newest any more falls silent.
    turn: StoredValue<u32>,
    session: Session,
    toasts: Toasts,
}

impl Survey {
    fn new() -> Self {
        let (going, came) = (RwSignal::new(None), RwSignal::new(None));
        Self { going, came, turn: StoredValue::new(0), session: Session::find(), toasts: Toasts::find() }
    }

    fn stop(self) {
        self.turn.update_value(|it| *it += 1);
        self.going.set(None);
    }

    /// Measures call by call, until all were looked at or somebody stops it.
    fn start(self, draft: TemplateDraft, sets: Vec<Chosen>) {
        self.stop();
        let own = self.turn.get_value();
        self.going.set(Some(TextSurvey::default()));
        spawn_local(async move {
            let mut all = TextSurvey::default();
            for chosen in &sets {
                loop {
                    let order = SurveyOrder { draft: draft.clone(), chosen: chosen.clone(), after: all.next };
                    let step = app::templates::survey_text(order).await;
                    if self.turn.try_get_value() != Some(own) {
                        return;
                    }
                    match step {
                        Ok(step) => all = all.and(step),
                        Err(Problem::Refused(Refusal::SignedOut)) => return self.session.end(),
                        Err(problem) => {
                            self.toasts.problem(&problem);
                            return self.going.set(None);
                        }
                    }
                    self.going.set(Some(all.clone()));
                    if all.next.is_none() {
                        break;
                    }
                }
            }
            self.came.set(Some(Came { survey: all, draft, sets }));
            self.going.set(None);
        });
    }
}

/// Chooses a list or a segment, unless it is known to whom the text goes, and measures the text for everybody in it.
#[component]
pub(super) fn SurveyPart(
    /// The text as it is on the screen.
    draft: Signal<TemplateDraft>,
    /// To whom it goes, when that is known.
    people: Option<Signal<Vec<Chosen>>>,
    /// The account that it would leave by.
    settings: Memo<Option<SmsSettings>>,
    /// Whether it can be measured at all.
    is_sound: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let survey = Survey::new();
    let taken = RwSignal::new(None::<(Chosen, String)>);
    let sets = Memo::new(move |_| match people {
        Some(people) => people.get(),
        None => taken.with(|it| it.as_ref().map(|it| it.0.clone()).into_iter().collect()),
    });
    let is_stale = move || survey.came.with(|it| it.as_ref().is_some_and(|it| sets.get() == it.sets && draft.get() != it.draft));
    let shown = move || survey.came.with(|it| it.as_ref().filter(|it| sets.get() == it.sets).map(|it| it.survey.clone()));
    let start = move || survey.start(draft.get_untracked(), sets.get_untracked());
    let take = move |found: Option<Found>| {
        survey.stop();
        taken.set(found.and_then(|it| Some((set_of(&it.code)?.chosen()?, it.name))));
    };
    let has_sets = Memo::new(move |_| sets.with(|it| !it.is_empty()));
    view! {
        <section class="sms-survey" aria-label=move || t_string!(i18n, sms_text.survey)>
            {people
                .is_none()
                .then(|| {
                    view! {
                        <FindField
                            label=move || t_string!(i18n, sms_text.survey)
                            hint=move || t_string!(i18n, sms_text.survey_hint)
                            offers=move || t_string!(i18n, sms_text.survey_offers)
                            clear=move || t_string!(i18n, sms_text.survey_clear)
                            optional=true
                            taken=Signal::derive(move || taken.with(|it| it.as_ref().map(|it| it.1.clone())))
                            finding=sets_finding(Signal::derive(move || i18n.get_locale()))
                            on_take=take
                        />
                    }
                })}
            <Show when=move || has_sets.get()>
                {move || match survey.going.get() {
                    Some(going) => {
                        let n = going.seen();
                        view! {
                            <p class="sms-survey-going" role="status">
                                <span>{t_string!(i18n, sms_text.survey_going, n = numbers::number(i18n.get_locale(), n))}</span>
                                <Button label=move || t_string!(i18n, sms_text.survey_stop) on_press=move || survey.stop() />
                            </p>
                        }
                        .into_any()
                    }
                    None => {
                        view! {
                            <div>
                                <Button
                                    label=move || {
                                        if shown().is_some() {
                                            t_string!(i18n, sms_text.survey_again)
                                        } else if people.is_some() {
                                            t_string!(i18n, sms_text.survey_given)
                                        } else {
                                            t_string!(i18n, sms_text.survey_start)
                                        }
                                    }
                                    icon=Glyph::USERS
                                    disabled=Signal::derive(move || !is_sound.get())
                                    on_press=start
                                />
                            </div>
                        }
                        .into_any()
                    }
                }}
                <Show when=is_stale>
                    <Banner tone=Tone::Info text=move || t_string!(i18n, sms_text.survey_stale) />
                </Show>
                {move || shown().map(|it| view! { <Outcome survey=it settings=settings /> })}
            </Show>
        </section>
    }
}

/// What was found.
#[component]
fn Outcome(survey: TextSurvey, settings: Memo<Option<SmsSettings>>) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |n: u64| numbers::number(i18n.get_locale(), n);
    let (people, parts, without, missing) = (survey.people, survey.parts, survey.without, survey.missing);
    let longest = survey.longest.clone();
    let most = move || match &longest {
        Some(LongestText { name, parts, units }) => t_string!(
            i18n,
            sms_text.survey_most,
            parts = parts_words(i18n, *parts),
            name = name.clone(),
            units = units_words(i18n, *units)
        ),
        None => t_string!(i18n, sms_text.survey_nobody).to_owned(),
    };
    let sum = move || {
        let together = parts_words(i18n, small(parts));
        (0 < people).then(|| t_string!(i18n, sms_text.survey_sum, count = small(people), n = number(people), parts = together))
    };
    let cost = move || {
        let cost = settings.with(|it| it.as_ref()?.cost(parts)).filter(|_| 0 < people)?;
        Some(t_string!(i18n, sms_text.cost, amount = format::decimal(language(i18n.get_locale()), cost)))
    };
    let most_allowed = move || {
        let max = settings.with(|it| it.as_ref().map(|it| u32::from(it.parts_max)))?;
        let is_over = survey.longest.as_ref().is_some_and(|it| max < it.parts);
        is_over.then(|| t_string!(i18n, sms_write.too_long, max = max))
    };
    view! {
        <div class="sms-survey-outcome" role="status">
            <p><strong>{most}</strong></p>
            {move || most_allowed().map(|it| view! { <p class="fault">{it}</p> })}
            <p>{sum} " " {cost}</p>
            {(0 < without)
                .then(|| view! { <p>{move || t_string!(i18n, sms_text.survey_without, count = small(without), n = number(without))}</p> })}
            {(0 < missing)
                .then(|| view! { <p>{move || t_string!(i18n, sms_text.survey_missing, count = small(missing), n = number(missing))}</p> })}
        </div>
    }
}
