//! When campaigns need somebody else's approval.

use leptos::prelude::*;
use model::{ApprovalRule, Change};

use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, Form, FormState, Part, RadioGroup, TextField, TextKind};
use crate::state::approval_form::{ApprovalForm, WAYS};
use crate::toast::Toasts;

/// The rule, to look at and to change.
#[component]
pub fn ApprovalRulePanel() -> impl IntoView {
    let live = Live::find();
    let rule = calls::ask(move || live.version(Change::Settings), |_| app::campaigns::get_approval_rule());
    view! {
        <Loaded answer=rule let:rule>
            <RuleForm rule=rule.get_untracked() />
        </Loaded>
    }
}

#[component]
fn RuleForm(rule: ApprovalRule) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let ApprovalForm { way, above } = ApprovalForm::of(rule);
    let (way, above) = (RwSignal::new(way), RwSignal::new(above));
    let save = move || {
        let typed = ApprovalForm { way: way.get_untracked(), above: above.get_untracked() };
        let rule = match typed.rule() {
            Ok(rule) => rule,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.submit(app::campaigns::set_approval_rule(rule), move |()| {
            live.note(Change::Settings);
            toasts.done(tu_string!(i18n, campaigns.rule_saved));
        });
    };
    let options = vec![
        (WAYS[0], TextProp::from(move || t_string!(i18n, campaigns.rule_never))),
        (WAYS[1], TextProp::from(move || t_string!(i18n, campaigns.rule_above))),
        (WAYS[2], TextProp::from(move || t_string!(i18n, campaigns.rule_always))),
    ];
    view! {
        <Form state=form on_submit=save>
            <Part title=move || t_string!(i18n, campaigns.rule) hint=move || t_string!(i18n, campaigns.rule_hint)>
                <RadioGroup label=move || t_string!(i18n, campaigns.rule_when) options=options value=way name="rule" />
                <Show when=move || way.with(|it| it == WAYS[1])>
                    <TextField
                        label=move || t_string!(i18n, campaigns.rule_above_n)
                        value=above
                        name="above"
                        kind=TextKind::Number
                        short=true
                    />
                </Show>
            </Part>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
