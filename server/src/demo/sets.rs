//! The lists and segments that the company writes to.

use engine::{recipient_lists, segments};
use model::{
    Channel, Chosen, Condition, ContactDraft, ContactId, ContactKind, DayTest, Language, ListDraft, ListOrigin, Nature,
    Reachable, SegmentDraft, SegmentRule, Takeover, TextTest,
};

use super::Error;
use super::chance::Chance;
use super::staff::Staff;

/// Puts contacts into lists and saves a few segments.
pub(super) async fn arrange(staff: &Staff, known: &[(ContactId, ContactDraft)], chance: &mut Chance) -> Result<(), Error> {
    let ctx = &staff.manager;
    let named = |name: &str, description: &str, origin| ListDraft {
        name: name.into(),
        description: description.into(),
        origin,
        ..ListDraft::default()
    };
    let fair = named("Jarný veľtrh Nitra", "Koho pozývame do stánku a komu posielame fotky.", ListOrigin::Ticked);
    let fair = recipient_lists::save(ctx, None, fair).await?;
    let guests = known.iter().filter(|_| chance.between(0, 4) == 0).map(|it| it.0).collect();
    recipient_lists::add(ctx, fair, Chosen::Ticked(guests), None).await?;
    let partners = named("Partneri a dodávatelia", "S pobočkami a kontaktnými osobami, iba kto má e-mail.", ListOrigin::Partners);
    let partners = recipient_lists::save(ctx, None, partners).await?;
    let all = Takeover { kinds: vec![ContactKind::Partner], branches: true, persons: true, reachable: Reachable::Email };
    recipient_lists::take_over(ctx, partners, all, None).await?;
    let oil = named("Olej na terasy", "Komu sme predali terasu a raz za rok pripomíname olej.", ListOrigin::Hand);
    let oil = ListDraft { public_name: "Pripomienky starostlivosti o terasu".into(), ..oil };
    let oil = recipient_lists::save(ctx, None, oil).await?;
    let owners = known.iter().filter(|_| chance.between(0, 9) == 0).map(|it| it.0).collect();
    recipient_lists::add(ctx, oil, Chosen::Ticked(owners), None).await?;
    for draft in [silent(), czech(), companies_at_the_fair(fair)] {
        segments::save(ctx, None, draft).await?;
    }
    Ok(())
}

fn is(condition: Condition) -> SegmentRule {
    SegmentRule::Is(condition)
}

fn silent() -> SegmentDraft {
    let lately = is(Condition::Messaged(DayTest::LastDays(90)));
    SegmentDraft {
        name: "Klienti, ktorým sme dlho nepísali".into(),
        description: "Na štvrťročný prehľad: komu by sme sa mali ozvať.".into(),
        rule: SegmentRule::All(vec![
            is(Condition::Kind(vec![ContactKind::Client])),
            is(Condition::Reachable(Channel::Email)),
            SegmentRule::Not(Box::new(lately)),
        ]),
    }
}

fn czech() -> SegmentDraft {
    SegmentDraft {
        name: "Česko".into(),
        description: "Komu píšeme po česky alebo sídli v Prahe či v Brne.".into(),
        rule: SegmentRule::Any(vec![
            is(Condition::Language(vec![Language::Cs])),
            is(Condition::Town(TextTest::Begins("Praha".into()))),
            is(Condition::Town(TextTest::Is("Brno".into()))),
        ]),
    }
}

fn companies_at_the_fair(fair: model::RecipientListId) -> SegmentDraft {
    SegmentDraft {
        name: "Firmy z veľtrhu bez odhlásených".into(),
        description: String::new(),
        rule: SegmentRule::All(vec![
            is(Condition::Nature(Nature::Company)),
            is(Condition::List(vec![fair])),
            SegmentRule::Not(Box::new(SegmentRule::Any(vec![is(Condition::NoBulk), is(Condition::Suppressed(Channel::Email))]))),
        ]),
    }
}
