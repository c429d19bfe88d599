//! Segments: what the database says of a rule is what the model says of it.

use model::segment::ResolvedRule;
use model::{
    AddedHow, Channel, Condition, ConsentState, ContactDraft, ContactFilter, ContactId, ContactKind, ContactQuery, Day, DayTest,
    Decimal, FieldCondition, FieldDraft, FieldId, FieldKind, FieldTest, FieldValue, HomeCountry, Language, ListDraft, Moment,
    Nature, Noun, Obtained, ObtainedWay, OwnValue, PostalAddress, RecipientListId, Refusal, SegmentDraft, SegmentRule, TagId,
    TextTest, UserId, time::days,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::{Error, Tx, contacts, fields, recipient_lists, segments};

use crate::scratch::{NOW, Scratch, writer};

const TOWNS: [&str; 5] = ["Žilina", "zilina ", "Ústí nad Labem", "Brno", ""];

/// What the random contacts and rules can be made of.
#[derive(Clone)]
struct World {
    author: UserId,
    list: RecipientListId,
    number: FieldId,
    text: FieldId,
    contacts: Vec<ContactId>,
}

async fn world(tx: &mut Tx, runner: &mut TestRunner) -> World {
    let author = writer(tx, "jana@firma.sk").await;
    let draft = ListDraft { name: "Veľtrh".into(), ..ListDraft::default() };
    let list = recipient_lists::create(tx, &draft, author, NOW).await.unwrap();
    let number = FieldDraft { name: "Obrat".into(), kind: FieldKind::Number, ..FieldDraft::default() };
    let number = fields::create(tx, &number, "obrat").await.unwrap();
    let text = FieldDraft { name: "Cenník".into(), kind: FieldKind::Text, ..FieldDraft::default() };
    let text = fields::create(tx, &text, "cennik").await.unwrap();
    let mut world = World { author, list, number, text, contacts: Vec::new() };
    for n in 0..60_u32 {
        let seed: [u32; 8] = any::<[u32; 8]>().new_tree(runner).unwrap().current();
        let id = contact(tx, &world, n, seed).await;
        if seed[7].is_multiple_of(3) {
            recipient_lists::members::add(tx, list, &[id], AddedHow::Hand, author, NOW).await.unwrap();
        }
        world.contacts.push(id);
    }
    world
}

async fn contact(tx: &mut Tx, world: &World, n: u32, seed: [u32; 8]) -> ContactId {
    let pick = |at: usize, n: usize| seed[at] as usize % n;
    let mut values = Vec::new();
    if pick(4, 2) == 0 {
        values.push(OwnValue { field: world.number, value: FieldValue::Number(Decimal(i64::from(seed[4] % 9) * 10_000)) });
    }
    if pick(5, 2) == 0 {
        values.push(OwnValue { field: world.text, value: FieldValue::Text(["Veľkoobchod", "malo"][pick(5, 4) / 2].into()) });
    }
    let draft = ContactDraft {
        nature: if pick(0, 2) == 0 { Nature::Person } else { Nature::Company },
        kind: ContactKind::ALL[pick(1, 4)],
        last_name: format!("Nová{n}"),
        company_name: format!("Drevo{n}"),
        language: [None, Some(Language::Sk), Some(Language::Cs)][pick(2, 3)],
        billing: PostalAddress {
            city: TOWNS[pick(3, TOWNS.len())].into(),
            postcode: ["010 01", "60200", ""][pick(6, 3)].into(),
            ..PostalAddress::default()
        },
        emails: if pick(2, 5) < 3 { vec![format!("o{n}@example.sk").into()] } else { Vec::new() },
        phones: if pick(6, 5) < 2 { vec!["0903 622 237".into()] } else { Vec::new() },
        owner: (pick(7, 2) == 0).then_some(world.author),
        tags: ["VIP", "Stolár"].into_iter().filter(|it| pick(it.len(), 2) == 0).map(str::to_owned).collect(),
        values,
        no_bulk: pick(0, 4) == 3,
        obtained: Obtained {
            way: [None, Some(ObtainedWay::Event), Some(ObtainedWay::Import)][pick(1, 3)],
            on: (pick(3, 2) == 0).then(|| Day(Day::of(NOW).0 - i64::from(seed[3] % 20))),
            note: String::new(),
        },
        ..ContactDraft::default()
    };
    let own = fields::all(tx).await.unwrap();
    let addresses = draft.check(HomeCountry::Slovakia, &own).unwrap();
    contacts::create(tx, &draft, &addresses, NOW.plus(-days(i64::from(n)))).await.unwrap()
}

fn day_test() -> impl Strategy<Value = DayTest> + Clone {
    let today = Day::of(NOW).0;
    prop_oneof![
        (1..80_u32).prop_map(DayTest::LastDays),
        (1..80_u32).prop_map(DayTest::LongerAgo),
        (0..80_i64).prop_map(move |it| DayTest::From(Day(today - it))),
        (0..80_i64).prop_map(move |it| DayTest::Until(Day(today - it))),
    ]
}

fn text_test(words: &'static [&'static str]) -> impl Strategy<Value = TextTest> {
    let word = proptest::sample::select(words).prop_map(str::to_owned);
    prop_oneof![
        word.clone().prop_map(TextTest::Is),
        word.clone().prop_map(TextTest::Begins),
        word.prop_map(TextTest::Contains),
        Just(TextTest::Empty),
    ]
}

fn plain_condition(world: &World) -> impl Strategy<Value = Condition> + use<> {
    let (author, list) = (world.author, world.list);
    prop_oneof![
        proptest::sample::subsequence(ContactKind::ALL.to_vec(), 1..4).prop_map(Condition::Kind),
        proptest::sample::select(vec![Nature::Person, Nature::Company]).prop_map(Condition::Nature),
        proptest::collection::vec((1..4_i64).prop_map(TagId), 1..3).prop_map(Condition::Tag),
        Just(Condition::Owner(vec![author, UserId(99)])),
        Just(Condition::NoOwner),
        proptest::sample::subsequence(vec![Language::Sk, Language::Cs, Language::En], 1..3).prop_map(Condition::Language),
        text_test(&["zilina", "Ústí", "N", "Praha"]).prop_map(Condition::Town),
        text_test(&["01001", "01", "0 2", "6"]).prop_map(Condition::Postcode),
        Just(Condition::List(vec![list, RecipientListId(7)])),
    ]
}

fn dated_condition(world: &World) -> impl Strategy<Value = Condition> + use<> {
    let (number, text) = (world.number, world.text);
    let of = move |field, test| Condition::Field(FieldCondition { field, test });
    let amount = (0..9_i64).prop_map(|it| FieldValue::Number(Decimal(it * 10_000)));
    prop_oneof![
        amount.clone().prop_map(move |it| of(number, FieldTest::AtLeast(it))),
        amount.clone().prop_map(move |it| of(number, FieldTest::AtMost(it))),
        amount.prop_map(move |it| of(number, FieldTest::Is(it))),
        Just(of(text, FieldTest::Contains("OBCH".into()))),
        Just(of(text, FieldTest::Is(FieldValue::Text("velkoobchod ".into())))),
        Just(of(text, FieldTest::Empty)),
        Just(of(text, FieldTest::Filled)),
        Just(Condition::Obtained(vec![ObtainedWay::Event, ObtainedWay::Other])),
        day_test().prop_map(Condition::ObtainedOn),
        day_test().prop_map(Condition::Created),
        day_test().prop_map(Condition::Changed),
        proptest::sample::select(vec![Channel::Email, Channel::Sms]).prop_map(Condition::Reachable),
        Just(Condition::Consent { channel: Channel::Email, state: ConsentState::Unknown }),
        Just(Condition::NoBulk),
        Just(Condition::Suppressed(Channel::Email)),
        day_test().prop_map(Condition::Messaged),
        Just(Condition::NeverMessaged),
    ]
}

fn rule(world: &World) -> impl Strategy<Value = SegmentRule> + use<> {
    let condition = prop_oneof![plain_condition(world), dated_condition(world)].prop_map(SegmentRule::Is);
    condition.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(SegmentRule::All),
            proptest::collection::vec(inner.clone(), 0..4).prop_map(SegmentRule::Any),
            inner.prop_map(|it| SegmentRule::Not(Box::new(it))),
        ]
    })
}

/// The contacts that a rule takes in, in the form that is asked for.
async fn members(tx: &mut Tx, rule: &SegmentRule, is_dense: bool) -> Vec<ContactId> {
    let resolved = ResolvedRule { is_dense, ..segments::resolved(tx, rule, NOW).await.unwrap() };
    let count = segments::count(tx, &resolved).await.unwrap();
    let rows = segments::some(tx, &resolved, 1_000).await.unwrap();
    assert_eq!(count, rows.len() as u64, "{rule:?}");
    let mut ids: Vec<_> = rows.iter().map(|it| it.id).collect();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn the_database_takes_in_whom_the_model_takes_in() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let mut runner = TestRunner::deterministic();
    let world = world(&mut tx, &mut runner).await;
    let mut known = Vec::new();
    for id in &world.contacts {
        known.push((*id, segments::facts(&mut tx, *id).await.unwrap()));
    }
    let (mut some, rules) = (0, rule(&world));
    for _ in 0..400 {
        let rule = rules.new_tree(&mut runner).unwrap().current();
        let expected: Vec<_> = known.iter().filter(|it| rule.holds(&it.1, NOW)).map(|it| it.0).collect();
        for is_dense in [true, false] {
            assert_eq!(members(&mut tx, &rule, is_dense).await, expected, "{rule:?}");
        }
        some += u32::from(!expected.is_empty() && expected.len() < known.len());
    }
    assert!(100 < some, "only {some} of the rules part the contacts");
}

#[tokio::test]
async fn a_segment_narrows_a_list_of_contacts_and_an_unknown_one_refuses() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let world = world(&mut tx, &mut TestRunner::deterministic()).await;
    let rule = SegmentRule::Is(Condition::Created(DayTest::LastDays(10)));
    let draft = SegmentDraft { name: "Noví".into(), rule, ..SegmentDraft::default() };
    let id = segments::create(&mut tx, &draft, world.author, NOW).await.unwrap();
    let mut filter = ContactFilter { segment: Some(id), ..ContactFilter::default() };
    let unresolved = contacts::count(&mut tx, &filter).await.unwrap();
    segments::filter(&mut tx, &mut filter, NOW).await.unwrap();
    assert_eq!((unresolved.n, contacts::count(&mut tx, &filter).await.unwrap().n), (0, 11));
    let later = Moment(NOW.0 + days(5));
    segments::filter(&mut tx, &mut filter, later).await.unwrap();
    let page = contacts::page(&mut tx, &ContactQuery { filter: filter.clone(), ..ContactQuery::default() }).await.unwrap();
    assert_eq!(page.rows.len(), 6);
    segments::delete(&mut tx, id).await.unwrap();
    let gone = segments::filter(&mut tx, &mut filter, NOW).await;
    assert!(matches!(gone, Err(Error::Refused(Refusal::NotFound(Noun::Segment)))));
}

#[tokio::test]
async fn a_list_that_a_segment_asks_about_is_not_deleted_under_it() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let world = world(&mut tx, &mut TestRunner::deterministic()).await;
    let rule = SegmentRule::Not(Box::new(SegmentRule::Is(Condition::List(vec![world.list]))));
    let draft = SegmentDraft { name: "Mimo veľtrhu".into(), rule, ..SegmentDraft::default() };
    let id = segments::create(&mut tx, &draft, world.author, NOW).await.unwrap();
    let refused = recipient_lists::delete(&mut tx, world.list).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::InUse(Noun::RecipientList)))));
    assert_eq!(segments::by_id(&mut tx, id).await.unwrap().fields, draft);
    segments::delete(&mut tx, id).await.unwrap();
    recipient_lists::delete(&mut tx, world.list).await.unwrap();
}
